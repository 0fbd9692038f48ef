import type { IRule } from '../rule';
import { Severity } from '../severity';

export const KAFKA_ROUTE: IRule = {
  id: 'MS-STORE-003',
  severity: Severity.WARNING,
  why: 'A Kafka listener has the type route, and Strimzi refuses the whole cluster where there are no Routes, which only OpenShift has.',
  fix: "Set kafka.externalListener to 'loadbalancer', 'nodeport' or 'none' on other clusters.",
  check: (manifests) => manifests.of('Kafka', 'kafka.strimzi.io').flatMap((manifest) => (manifest.spec.kafka?.listeners ?? [])
    .flatMap(({ type }: any, index: number) => type === 'route' ? [{ manifest, field: `/spec/kafka/listeners/${index}/type` }] : [])),
};

import type { IRule } from '../rule';
import { Severity } from '../severity';

export const EVENTS_IN_MEMORY: IRule = {
  id: 'MS-EVENT-002',
  severity: Severity.WARNING,
  why: 'A broker of the class MTChannelBasedBroker keeps events in memory, unless its ConfigMap names another channel.',
  fix: 'Use a channel or a class that stores events, such as Kafka, and set functions.eventing and network.knativeBrokerIngress of the platform profile.',
  check: (manifests) => manifests.of('Broker', 'eventing.knative.dev')
    .filter(({ annotations }) => annotations['eventing.knative.dev/broker.class'] === 'MTChannelBasedBroker')
    .map((manifest) => ({ manifest, field: '/spec/config', problem: `takes its channel from the ConfigMap '${manifest.spec.config?.namespace}/${manifest.spec.config?.name}'` })),
};

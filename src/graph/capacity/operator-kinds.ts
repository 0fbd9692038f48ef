import { load } from 'js-yaml';
import type { PodSet } from './pod-set';
import type { Manifest } from '../../manifests/manifest';
import type { ManifestSet } from '../../manifests/manifest-set';

/** What an operator makes of a resource, in the words of its API. */
interface OperatorKind {
  readonly pods: (resource: Manifest, manifests: ManifestSet) => Omit<PodSet, 'manifest'>[];
  /** The volumes of each pod by their fields, with the sizes as the manifest has them. */
  readonly volumes?: (spec: any) => readonly (readonly [volume: string, size: unknown])[];
}

/** The number of pods of a resource that sets none. */
const ONE = 1;

/**
 * The kinds of operators whose pods and volumes count in a quota. A kind that is not in this table counts for nothing.
 */
export const OPERATOR_KINDS: ReadonlyMap<string, OperatorKind> = new Map<string, OperatorKind>([
  ['Cluster.postgresql.cnpg.io', {
    pods: ({ name, namespace, spec }, manifests) => {
      const archives = (spec.plugins ?? []).map(({ parameters }: any) => manifests.named('ObjectStore', parameters?.barmanObjectName, namespace, 'barmancloud.cnpg.io'));
      const sidecars = archives.flatMap((archive?: Manifest) => archive?.spec.instanceSidecarConfiguration?.resources ?? []);
      return [{ name, replicas: spec.instances ?? ONE, surge: 0, template: podOf([spec.resources, ...sidecars]) }];
    },
    volumes: ({ storage, walStorage }) => [['storage', storage?.size], ['walStorage', walStorage?.size]],
  }],
  ['Pooler.postgresql.cnpg.io', {
    pods: ({ name, spec }) => {
      const { maxSurge = ONE } = spec.deploymentStrategy?.rollingUpdate ?? {};
      return [{ name, replicas: spec.instances ?? ONE, surge: maxSurge, template: spec.template ?? {} }];
    },
  }],
  ['RedisCluster.redis.redis.opstreelabs.in', {
    pods: ({ name, spec }) => {
      const members = (role: any) => role?.replicas ?? spec.clusterSize ?? 0;
      const replicas = members(spec.redisLeader) + members(spec.redisFollower);
      return [{ name, replicas, surge: 0, template: podOf([spec.kubernetesConfig?.resources]) }];
    },
    volumes: ({ storage }) => [['storage', requested(storage?.volumeClaimTemplate)], ['nodeConf', requested(storage?.nodeConfVolumeClaimTemplate)]],
  }],
  ['KafkaNodePool.kafka.strimzi.io', {
    pods: ({ name, spec }) => [{ name, replicas: spec.replicas, surge: 0, template: podOf([spec.resources]) }],
    volumes: ({ storage }) => [['storage', storage?.size], ...(storage?.volumes ?? []).map(({ id, size }: any) => [`storage ${id}`, size])],
  }],
  ['Kafka.kafka.strimzi.io', {
    pods: ({ name, spec: { entityOperator } }) => {
      const operators = [entityOperator?.topicOperator, entityOperator?.userOperator].filter((operator) => operator !== undefined);
      return operators.length === 0 ? [] : [{ name: `${name}-entity-operator`, replicas: ONE, surge: ONE, template: podOf(operators.map(({ resources }) => resources)) }];
    },
  }],
  ['EtcdCluster.operator.etcd.io', {
    pods: ({ name, spec }) => [{ name, replicas: spec.size, surge: 0, template: podOf([undefined]) }],
    volumes: ({ storageSpec }) => [['storageSpec', storageSpec?.volumeSizeRequest]],
  }],
  // Istio makes a Deployment of a Gateway, and lays the text of a ConfigMap over it
  ['Gateway.gateway.networking.k8s.io', {
    pods: ({ name, namespace, spec }, manifests) => {
      const overlay = manifests.named('ConfigMap', spec.infrastructure?.parametersRef?.name, namespace)?.json.data?.deployment;
      const deployment: any = spec.gatewayClassName === 'istio' && typeof overlay === 'string' ? load(overlay) : undefined;
      const { replicas = ONE, strategy, template } = deployment?.spec ?? {};
      return template ? [{ name: `${name}-istio`, replicas, surge: strategy?.rollingUpdate?.maxSurge ?? ONE, template }] : [];
    },
  }],
]);

/** The size that a claim requests. */
export function requested(claim: any): unknown {
  return claim?.spec?.resources?.requests?.storage;
}

function podOf(resources: readonly unknown[]): object {
  return { spec: { containers: resources.map((each) => ({ resources: each })) } };
}

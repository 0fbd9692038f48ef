import type { Construct } from 'constructs';
import { additionalConf, busPort } from './redis-configuration';
import type { RedisDefinition, RedisOperator } from './redis-definition';
import { gracePeriod } from './redis-pods';
import type * as k8s from '../../../imports/k8s';
import type * as operator from '../../../imports/redis-operator';
import { defineObject, defineWorkload } from '../../core/kubernetes-object';
import { podSecurity, pullSecrets } from '../../core/pod-parts';
import { priorityClassOf } from '../../core/priority-class';
import type { IReplicated } from '../../core/workload';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { dnsRules, podsOf } from '../../network/platform-peers';
import { ServiceNetworkPolicy } from '../../network/service-network-policy';
import { NetworkPeer } from '../../values/network-peer';
import { ROLLOUT_SETTINGS } from '../../workloads/rollout-settings';
import { placement } from '../hosted/hosted-pods';
import { READ_BY_GROUP, volumeClaim } from '../hosted/volumes';

/** The user and group of the operator's images, whose start script writes to folders of theirs. */
const IMAGE_USER = 1000;
/** The generation of Redis by which that script writes its configuration. */
const REDIS_GENERATION = 'v7';
/** More than a list of members takes; some StorageClasses have nothing smaller. */
const NODE_CONF_SIZE = '1Gi';

/** Defines a Redis cluster as the custom resource of its operator, and what the operator does not make. */
export function defineByOperator(construct: Construct & IReplicated, redis: RedisDefinition, { pods }: RedisOperator): void {
  const { name, group, selectorLabels, settings: { port } } = redis;
  defineObject(construct, 'ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { 'redis-additional.conf': additionalConf(redis.settings) } });
  // the operator's own Services select leaders or followers, and each member may become the other
  defineObject<k8s.ServiceSpec>(construct, 'Service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { type: 'ClusterIP', selector: { ...selectorLabels }, ports: [{ name: 'tls-redis', port, targetPort: port, protocol: 'TCP' }] },
  });
  // its labels are those of all pods: 'app' too, which the operator would else set to a value for leaders and one for followers
  defineWorkload<operator.RedisClusterSpec>(construct, 'RedisCluster', {
    apiVersion: 'redis.redis.opstreelabs.in/v1beta2', kind: 'RedisCluster', metadata: { name }, spec: clusterSpec(redis),
  });

  const network = NETWORK_SETTINGS.of(group.profile);
  const members = NetworkPeer.workload(group.namespace, name);
  const ports = [port, busPort(port)];
  new ServiceNetworkPolicy(construct, 'MembersPolicy', {
    workload: construct,
    reason: 'members',
    ingress: [{ peers: [members], ports }, { peers: [podsOf(pods)], ports: [port] }],
    egress: [{ peers: [members], ports }, ...dnsRules(network)],
  });
}

function clusterSpec(redis: RedisDefinition): operator.RedisClusterSpec {
  const { name, settings, group, memberResources } = redis;
  const { profile } = group;
  const resources = memberResources._toKube();
  const member = {
    redisConfig: { additionalRedisConfig: name },
    securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    terminationGracePeriodSeconds: gracePeriod(redis),
    ...placement(redis),
    resources,
    // one budget for leaders and followers together is beside this resource
    pdb: { enabled: false },
  };
  return {
    clusterSize: settings.primaries,
    clusterVersion: REDIS_GENERATION,
    port: settings.port,
    persistenceEnabled: true,
    serviceAccountName: name,
    priorityClassName: priorityClassOf(group, settings.tier),
    podSecurityContext: { ...podSecurity(profile), runAsUser: IMAGE_USER, runAsGroup: IMAGE_USER, fsGroup: IMAGE_USER },
    kubernetesConfig: {
      image: settings.image.toString(),
      imagePullPolicy: 'Always',
      imagePullSecrets: pullSecrets(profile),
      minReadySeconds: ROLLOUT_SETTINGS.of(profile).minReady.toSeconds(),
      redisSecret: { name, key: 'password' },
      resources,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    },
    TLS: { ca: 'ca.crt', cert: 'tls.crt', key: 'tls.key', secret: { secretName: `${name}-tls`, defaultMode: READ_BY_GROUP } },
    redisLeader: { ...member, replicas: settings.primaries },
    redisFollower: { ...member, replicas: settings.primaries * redis.replicasPerPrimary },
    storage: {
      keepAfterDelete: true,
      // the ids of members, beside their data: a member that is started anew stays who it was
      nodeConfVolume: true,
      nodeConfVolumeClaimTemplate: { spec: volumeClaim(settings.storageClass, NODE_CONF_SIZE) },
      volumeClaimTemplate: { spec: volumeClaim(settings.storageClass, settings.storage) },
    },
  };
}

import type { Construct } from 'constructs';
import { scriptingRule } from './redis-access-rules';
import { busPort } from './redis-configuration';
import type { RedisDefinition } from './redis-definition';
import { FOLDERS, gracePeriod, memberAddresses, memberKeys, membersService, podSpec } from './redis-pods';
import type * as k8s from '../../../imports/k8s';
import { defineObject, late } from '../../core/kubernetes-object';
import type { StoreEndpoint } from '../../core/store-endpoint';
import { POD_SECURITY_SETTINGS } from '../../security/pod-security-settings';
import { probeTimes, startupTimes, variables } from '../hosted/hosted-pods';
import { DATA_VOLUME, defineMembersSet } from '../hosted/stateful-set';
import { memoryVolume } from '../hosted/volumes';

/** So many node timeouts, and so many seconds for the vote, after which a replica has taken the place of a lost primary. */
const MISSED_AFTER = { timeouts: 2, vote: 3 };

/** Defines what the members of a Redis cluster are made of: their configuration, their Services and the StatefulSet. */
export function defineMembers(scope: Construct, redis: RedisDefinition, store: StoreEndpoint): void {
  const { name, group } = redis;
  const pod = podSpec(redis, name, member(scope, redis, store), memberKeys(redis));
  defineObject(scope, 'ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: redis.files });
  defineServices(scope, redis);
  defineMembersSet(scope, redis, {
    count: redis.members,
    serviceName: membersService(redis),
    files: redis.files,
    pod: {
      ...pod,
      terminationGracePeriodSeconds: gracePeriod(redis),
      volumes: [
        ...pod.volumes!,
        // in memory, because credentials are written there
        memoryVolume('run', POD_SECURITY_SETTINGS.of(group.profile).scratchSize),
      ],
    },
  });
}

/** One Service that clients connect to, and one that gives each member a name, also before it is ready. */
function defineServices(scope: Construct, redis: RedisDefinition): void {
  const { name, selectorLabels, settings: { port } } = redis;
  const client = { name: 'tls-redis', port, targetPort: 'tls-redis', protocol: 'TCP' as const };
  defineObject<k8s.ServiceSpec>(scope, 'Service', {
    apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { type: 'ClusterIP', selector: { ...selectorLabels }, ports: [client] },
  });
  defineObject(scope, 'MembersService', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: membersService(redis) },
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { ...selectorLabels },
      ports: [client, { name: 'tls-bus', port: busPort(port), targetPort: 'tls-bus', protocol: 'TCP' }],
    },
  });
}

function member(scope: Construct, redis: RedisDefinition, store: StoreEndpoint): Partial<k8s.Container> {
  const { settings } = redis;
  const { port } = settings;
  const run = (script: string) => ({ command: ['/bin/sh', `${FOLDERS.CONFIG_DIR}/${script}`] });
  return {
    ...run('start.sh'),
    ports: [
      { name: 'tls-redis', containerPort: port, protocol: 'TCP' },
      { name: 'tls-bus', containerPort: busPort(port), protocol: 'TCP' },
    ],
    env: [
      ...variables({
        ...FOLDERS,
        BIND: '* -::*',
        HANDOVER: settings.handover.toSeconds(),
        MEET_INTERVAL: settings.meetInterval.toSeconds(),
        MEMBERS: memberAddresses(redis).join(' '),
        MISSED_AFTER: settings.nodeTimeout.toSeconds() * MISSED_AFTER.timeouts + MISSED_AFTER.vote,
        PORT: port,
      }),
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'SCRIPTING', value: late(() => scriptingRule(scope, store, settings.scripting)) },
      // written to the pod by Kubernetes 1.35 and newer, and empty before
      { name: 'ZONE', valueFrom: { fieldRef: { fieldPath: "metadata.labels['topology.kubernetes.io/zone']" } } },
    ],
    resources: redis.memberResources._toKube(),
    livenessProbe: { exec: run('live.sh'), ...probeTimes(settings) },
    readinessProbe: { exec: run('ready.sh'), ...probeTimes(settings) },
    startupProbe: { exec: run('started.sh'), ...startupTimes(settings, settings.loadingTimeout) },
    lifecycle: { preStop: { exec: run('leave.sh') } },
    volumeMounts: [{ name: DATA_VOLUME, mountPath: FOLDERS.DATA_DIR }, { name: 'run', mountPath: FOLDERS.RUN_DIR }],
  };
}

import type { Construct } from 'constructs';
import { FOLDERS, MEMBER_KEYS, membersDomain, membersService, PATRONI_PORT, type PatroniDefinition } from './patroni-definition';
import type * as k8s from '../../../../imports/k8s';
import { defineObject } from '../../../core/kubernetes-object';
import { POD_SECURITY_SETTINGS } from '../../../security/pod-security-settings';
import { ROLLOUT_SETTINGS } from '../../../workloads/rollout-settings';
import { type PodSpec, probeTimes, startupTimes, storeContainer, storePod, variables } from '../../hosted/hosted-pods';
import { DATA_VOLUME, defineMembersSet } from '../../hosted/stateful-set';
import { apiTokenVolume, memoryVolume, secretVolume, SERVICE_ACCOUNT_DIR } from '../../hosted/volumes';
import { replicasService } from '../postgres-definition';

/** Ports by the names that Services know them by. */
const PORT = { clients: 'tls-postgresql', members: 'https-patroni' };

/** Defines what the members are made of: their configuration, their Services and the StatefulSet. */
export function defineMembers(scope: Construct, postgres: PatroniDefinition): void {
  const { name, settings, files } = postgres;
  defineObject(scope, 'ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: files });
  defineServices(scope, postgres);
  defineMembersSet(scope, postgres, {
    count: settings.instances,
    serviceName: membersService(postgres),
    files,
    pod: memberPod(postgres),
  });
}

/** One Service that leads to the primary, one to those that follow it, and one that gives each member a name, also before it is ready. */
function defineServices(scope: Construct, postgres: PatroniDefinition): void {
  const { name, selectorLabels, settings: { port } } = postgres;
  const client = { name: PORT.clients, port, targetPort: PORT.clients, protocol: 'TCP' as const };
  const service = (id: string, serviceName: string, spec: object) =>
    defineObject(scope, id, { apiVersion: 'v1', kind: 'Service', metadata: { name: serviceName }, spec: { type: 'ClusterIP', ...spec } });
  // Patroni writes the role to the pods
  service('Service', name, { selector: { ...selectorLabels, role: 'primary' }, ports: [client] });
  service('ReplicasService', replicasService(name), { selector: { ...selectorLabels, role: 'replica' }, ports: [client] });
  service('MembersService', membersService(postgres), {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector: { ...selectorLabels },
    ports: [client, { name: PORT.members, port: PATRONI_PORT, targetPort: PORT.members, protocol: 'TCP' }],
  });
}

function memberPod(postgres: PatroniDefinition): PodSpec {
  const { name, settings, group, extension } = postgres;
  const rollout = ROLLOUT_SETTINGS.of(group.profile);
  const security = POD_SECURITY_SETTINGS.of(group.profile);
  return {
    ...storePod(postgres, name),
    terminationGracePeriodSeconds: settings.shutdown.toSeconds() + rollout.graceMargin.toSeconds(),
    containers: [storeContainer(postgres, 'postgresql', member(postgres)), ...extension.containers],
    volumes: [
      { name: 'config', configMap: { name } },
      secretVolume('credentials', name, MEMBER_KEYS.credentials),
      secretVolume('certificate', `${name}-tls`, MEMBER_KEYS.certificate),
      apiTokenVolume('api-token'),
      memoryVolume('run', security.scratchSize),
      memoryVolume('scratch', security.scratchSize),
      memoryVolume('shared-memory', settings.sharedMemory),
      ...extension.volumes,
    ],
  };
}

function member(postgres: PatroniDefinition): Partial<k8s.Container> {
  const { settings, extension } = postgres;
  const { port } = settings;
  const httpGet = (path: string) => ({ path, port: PORT.members, scheme: 'HTTPS' });
  return {
    command: ['/bin/sh', `${FOLDERS.CONFIG_DIR}/start.sh`],
    // Patroni waits for ever where its folder is not there
    workingDir: FOLDERS.DATA_DIR,
    ports: [
      { name: PORT.clients, containerPort: port, protocol: 'TCP' },
      { name: PORT.members, containerPort: PATRONI_PORT, protocol: 'TCP' },
    ],
    env: [
      // before those that are made of them
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'PATRONI_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      ...variables({
        ...FOLDERS,
        CERTIFICATE_INTERVAL: settings.certificateInterval.toSeconds(),
        HOME: FOLDERS.RUN_DIR,
        PATRONI_KUBERNETES_POD_IP: '$(POD_IP)',
        PATRONI_POSTGRESQL_CONNECT_ADDRESS: `$(POD_IP):${port}`,
        PATRONI_POSTGRESQL_LISTEN: `$(POD_IP):${port}`,
        // by its name, which the certificate holds
        PATRONI_RESTAPI_CONNECT_ADDRESS: `$(PATRONI_NAME).${membersDomain(postgres)}:${PATRONI_PORT}`,
        PATRONI_RESTAPI_LISTEN: `$(POD_IP):${PATRONI_PORT}`,
      }),
      ...extension.env,
    ],
    resources: postgres.memberResources._toKube(),
    livenessProbe: { httpGet: httpGet('/liveness'), ...probeTimes(settings) },
    readinessProbe: { httpGet: httpGet('/readiness'), ...probeTimes(settings) },
    startupProbe: { httpGet: httpGet('/liveness'), ...startupTimes(settings, settings.startTimeout) },
    volumeMounts: [
      { name: 'config', mountPath: FOLDERS.CONFIG_DIR, readOnly: true },
      { name: 'config', mountPath: '/etc/passwd', subPath: 'passwd', readOnly: true },
      { name: 'credentials', mountPath: FOLDERS.SECRETS_DIR, readOnly: true },
      { name: 'certificate', mountPath: FOLDERS.TLS_DIR, readOnly: true },
      { name: 'api-token', mountPath: SERVICE_ACCOUNT_DIR, readOnly: true },
      { name: DATA_VOLUME, mountPath: FOLDERS.DATA_DIR },
      { name: 'run', mountPath: FOLDERS.RUN_DIR },
      { name: 'scratch', mountPath: '/tmp' },
      { name: 'shared-memory', mountPath: '/dev/shm' },
      ...extension.volumeMounts,
    ],
  };
}

import type { ProfileValues } from './profile-values';
import { checkContainers } from '../containers/container-settings';
import { checkArgoCd } from '../delivery/argo-cd-settings';
import { checkGateway } from '../gateway/gateway-checks';
import { checkCircuitBreaker } from '../mesh/mesh-settings';
import { checkPipeline } from '../pipeline/pipeline-checks';
import { checkScaledJob } from '../scaling/scaled-job-settings';
import { Scaling } from '../scaling/scaling';
import { checkVerticalBounds } from '../scaling/vertical-scaling';
import { checkQueueNumbers } from '../scaling/worker-settings';
import { checkAdmission } from '../security/admission-settings';
import { checkImages } from '../security/image-settings';
import { checkSecrets } from '../security/secret-settings';
import { checkBackups } from '../stores/backup/backup-plan';
import { checkBroker } from '../stores/broker/broker-settings';
import { checkConfigurationBackup } from '../stores/configuration/configuration-backup-settings';
import { checkEtcd } from '../stores/etcd/etcd-settings';
import { checkKafka, checkKafkaPort } from '../stores/kafka/kafka-settings';
import { checkPostgres } from '../stores/postgres/postgres-checks';
import { checkRedis } from '../stores/redis/redis-settings';
import { fail } from '../values/errors';
import { checkLabels } from '../values/labels';
import { NetworkPeer } from '../values/network-peer';
import { NetworkPolicyEngine } from '../values/network-policy-engine';
import { APP_PROTOCOLS, LOG_LEVELS, oneOf, POD_SECURITY_LEVELS } from '../values/one-of';
import type { Capacity } from '../values/profile-settings';
import { Quantity } from '../values/quantity';
import { Resources } from '../values/resources';
import { plainText, wholeNumber, wholeSeconds } from '../values/value-checks';
import { checkBatch } from '../workloads/batch/batch-settings';
import { checkFunctions } from '../workloads/function/function-checks';
import { checkProgressiveDelivery } from '../workloads/progressive/progressive-delivery-checks';

/** A user or group id below this may belong to somebody on the node. */
const FIRST_FREE_ID = 10_000;
const HIGHEST_PRIORITY = 1_000_000_000;

/**
 * Checks a profile as a whole, so that a wrong default is an error where it was said and not in every service.
 */
export function checkProfile(values: ProfileValues, where: string): void {
  const { security, sidecar, network, calls, events, rollout, spread, storage } = values;
  const whole = (what: string, value: number, min: number, max?: number) => wholeNumber(where, value, min, max, what);

  plainText(where, 'imageRegistry', values.imageRegistry);
  oneOf(where, 'logLevel', values.logLevel, LOG_LEVELS);
  oneOf(where, 'sidecar.logLevel', sidecar.logLevel, LOG_LEVELS);
  oneOf(where, 'sidecar.appProtocol', sidecar.appProtocol, APP_PROTOCOLS);
  oneOf(where, 'security.podSecurityLevel', security.podSecurityLevel, POD_SECURITY_LEVELS);
  whole('security.userId', security.userId, FIRST_FREE_ID);
  whole('security.groupId', security.groupId, FIRST_FREE_ID);
  whole('sidecar.memoryTargetPercent', sidecar.memoryTargetPercent, 1, 100);
  whole('calls.retries', calls.retries, 0);
  whole('events.retries', events.retries, 0);
  whole('events.maxLength', events.maxLength, 1);
  whole('rollout.revisionHistory', rollout.revisionHistory, 0);
  whole('spread.maxSkew', spread.maxSkew, 1);
  whole('spread.antiAffinityWeight', spread.antiAffinityWeight, 1, 100);
  whole('storage.redisPort', storage.redisPort, 1, 65535);
  whole('storage.postgresqlPort', storage.postgresqlPort, 1, 65535);
  checkKafkaPort(where, 'storage.kafkaPort', storage.kafkaPort);
  if (!(network.traceSamplingRate >= 0 && network.traceSamplingRate <= 1)) {
    fail(where, `expected network.traceSamplingRate from 0 to 1, got ${network.traceSamplingRate}`, 'Use a share such as 0.1');
  }
  Object.entries(values.tiers).forEach(([tier, { priority }]) => whole(`tiers.${tier}.priority`, priority, 1, HIGHEST_PRIORITY));
  network.apiServerCidrs.forEach((cidr) => NetworkPeer.cidr(cidr));
  checkLabels(where, { ...values.labels, 'app.kubernetes.io/managed-by': values.managedBy, 'type': values.serviceType });
  checkLabels(where, { type: values.batch.serviceType });
  Scaling.utilization()._resolve(values.scaling, where);
  checkWorkers(values, where);
  checkDurations(values, where);
  checkArgoCd(where, values.argoCd);
  checkProgressiveDelivery(where, values.progressiveDelivery);
  checkPipeline(where, values.pipeline);
  checkBatch(where, values.batch);
  checkPostgres(where, values.postgresql);
  checkRedis(where, values.redis);
  checkKafka(where, values.kafka);
  checkEtcd(where, values.etcd);
  checkBackups(where, values.backups);
  checkConfigurationBackup(where, values.configurationBackup);
  checkBroker(where, values.broker);
  checkContainers(where, values.containers);
  checkCircuitBreaker(where, values.circuitBreaker);
  checkPolicyEngine(where, values);
  checkGateway(where, values.gateway);
  checkFunctions(where, values.functions);
  checkImages(where, values.images);
  checkAdmission(where, values.admission);
  checkSecrets(where, values.secrets);
  Resources._partial(where, values.resources);
  Resources._partial(where, sidecar.resources);
  Resources._partial(where, values.meshProxy);
  Object.entries(values.quotas).forEach(([namespace, quota]) => checkCapacity(where, `quotas.${namespace}`, quota));
  Object.entries(values.storageQuotas).forEach(([namespace, quota]) => Quantity._of('storage', where, `storageQuotas.${namespace}`, quota));
  Object.entries(values.bestEffortPods).forEach(([namespace, pods]) => whole(`bestEffortPods.${namespace}`, pods, 1));
  Object.entries(values.capacity).forEach(([pool, capacity]) => checkCapacity(where, `capacity.${pool}`, capacity));
  checkCapacity(where, 'defaultQuota', values.defaultQuota);
  checkContainerLimits(values, where);
  checkVerticalBounds(where, values.verticalScaling);
}

function checkWorkers({ workers, scaledJobs }: ProfileValues, where: string): void {
  const { type, ...numbers } = workers;
  checkLabels(where, { type });
  checkQueueNumbers(where, numbers, 'workers.');
  checkScaledJob(where, scaledJobs, 'scaledJobs.');
}

function checkPolicyEngine(where: string, { mesh, network }: ProfileValues): void {
  oneOf(where, 'network.policyEngine', network.policyEngine, Object.values(NetworkPolicyEngine));
  if (mesh._kind === 'cilium' && network.policyEngine === NetworkPolicyEngine.CALICO) {
    fail(where, 'the mesh is cilium and network.policyEngine is calico, and a cluster has one of them', 'Set network.policyEngine to NetworkPolicyEngine.CILIUM');
  }
}

function checkDurations({ rollout, sidecar }: ProfileValues, where: string): void {
  const { minReady, progressDeadline, preStopDelay, drain, sidecarDrain, graceMargin } = rollout;
  Object.entries({ minReady, preStopDelay, drain, sidecarDrain, graceMargin })
    .forEach(([what, duration]) => wholeSeconds(where, `rollout.${what}`, duration, 0));
  // the API server wants more than minReady
  wholeSeconds(where, 'rollout.progressDeadline', progressDeadline, minReady.toSeconds() + 1);
  wholeSeconds(where, 'sidecar.readinessDelay', sidecar.readinessDelay, 0);
}

/** As the API server checks a LimitRange. */
function checkContainerLimits({ containerLimits }: ProfileValues, where: string): void {
  const names = ['min', 'defaultRequest', 'defaultLimit', 'max'] as const;
  names.forEach((name) => checkCapacity(where, `containerLimits.${name}`, containerLimits[name]));
  for (const kind of ['cpu', 'memory'] as const) {
    const amounts = names.map((name) => Quantity[kind](containerLimits[name][kind]));
    const wrong = amounts.slice(1).findIndex((amount, index) => amounts[index]._exceeds(amount));
    if (wrong >= 0) {
      fail(where, `containerLimits.${names[wrong]}.${kind} ${amounts[wrong]} is more than containerLimits.${names[wrong + 1]}.${kind} ${amounts[wrong + 1]}`,
        'Lower the one or raise the other');
    }
  }
}

function checkCapacity(where: string, what: string, capacity: Capacity): void {
  Quantity._of('cpu', where, `${what}.cpu`, capacity.cpu);
  Quantity._of('memory', where, `${what}.memory`, capacity.memory);
}

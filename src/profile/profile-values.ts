import type { ProfileChanges } from './profile-changes';
import type { ContainerValues } from '../containers/container-settings';
import type { ArgoCdSettings } from '../delivery/argo-cd-settings';
import type { GatewaySettings } from '../gateway/gateway-settings';
import type { CircuitBreakerSettings } from '../mesh/mesh-settings';
import type { NetworkSettings } from '../network/network-settings';
import type { PipelineValues } from '../pipeline/pipeline-settings';
import type { ScaledJobSettings } from '../scaling/scaled-job-settings';
import type { UtilizationOptions } from '../scaling/scaling';
import type { VerticalBounds } from '../scaling/vertical-scaling';
import type { WorkerSettings } from '../scaling/worker-settings';
import type { AdmissionSettings } from '../security/admission-settings';
import type { ImageSettings } from '../security/image-settings';
import type { SecretValues } from '../security/secret-settings';
import type { BackupValues } from '../stores/backup/backup-plan';
import type { BrokerSettings } from '../stores/broker/broker-settings';
import type { ConfigurationBackupValues } from '../stores/configuration/configuration-backup-settings';
import type { EtcdSettings } from '../stores/etcd/etcd-settings';
import type { KafkaSettings } from '../stores/kafka/kafka-settings';
import type { PostgresValues } from '../stores/postgres/postgres-checks';
import type { RedisSettings } from '../stores/redis/redis-settings';
import { fail, nearest } from '../values/errors';
import { Probe } from '../values/probe';
import type {
  CallSettings, ContainerLimits, EventSettings, ProbeSettings, RolloutSettings, SecuritySettings, SidecarSettings, SpreadSettings, StorageSettings,
} from '../values/profile-settings';
import type { ResourceAmounts } from '../values/resources';
import { show } from '../values/value-checks';
import type { BatchSettings } from '../workloads/batch/batch-settings';
import type { FunctionValues } from '../workloads/function/function-checks';
import { DeliveryStrategy } from '../workloads/progressive/delivery-strategy';
import type { ProgressiveDeliveryValues } from '../workloads/progressive/progressive-delivery-checks';

/**
 * A profile with every setting in place: what constructs read.
 */
export interface ProfileValues extends Required<Omit<ProfileChanges, 'functions' | 'postgresql'>> {
  readonly resources: Required<ResourceAmounts>;
  readonly probes: Required<ProbeSettings>;
  readonly scaling: Required<UtilizationOptions>;
  readonly verticalScaling: Required<VerticalBounds>;
  readonly workers: Required<WorkerSettings>;
  readonly scaledJobs: Required<ScaledJobSettings>;
  readonly progressiveDelivery: ProgressiveDeliveryValues;
  readonly argoCd: Required<ArgoCdSettings>;
  readonly pipeline: PipelineValues;
  readonly rollout: Required<RolloutSettings>;
  readonly security: Required<SecuritySettings>;
  readonly images: Required<ImageSettings>;
  readonly admission: Required<AdmissionSettings>;
  readonly secrets: SecretValues;
  readonly sidecar: Required<SidecarSettings>;
  readonly containers: ContainerValues;
  readonly calls: Required<CallSettings>;
  readonly circuitBreaker: Required<CircuitBreakerSettings>;
  readonly batch: Required<BatchSettings>;
  readonly events: Required<EventSettings>;
  readonly storage: Required<StorageSettings>;
  readonly postgresql: PostgresValues;
  readonly redis: Required<RedisSettings>;
  readonly kafka: Required<KafkaSettings>;
  readonly etcd: Required<EtcdSettings>;
  readonly backups: BackupValues;
  readonly configurationBackup: ConfigurationBackupValues;
  readonly broker: Required<BrokerSettings>;
  readonly gateway: Required<GatewaySettings>;
  readonly functions: FunctionValues;
  readonly spread: Required<SpreadSettings>;
  readonly network: Required<NetworkSettings>;
  readonly containerLimits: Required<ContainerLimits>;
}

/** Where each setting comes from, by its dotted name. */
export type Origins = ReadonlyMap<string, string>;

type Plain = { readonly [key: string]: unknown };

/**
 * Lays changes over values: plain structs are merged field by field, everything else is replaced.
 * Each replaced field is noted with the origin of the change.
 */
export function mergeValues<T extends object>(base: T, changes: object, origin: string, origins: Map<string, string>, prefix = ''): T {
  const merged = { ...base } as Record<string, unknown>;
  for (const [key, change] of Object.entries(changes)) {
    const path = prefix + key;
    if (change === undefined) {
      continue;
    }
    checkKey(merged, key, prefix, origin);
    const current = Object.hasOwn(merged, key) ? merged[key] : undefined;
    if (change === null || (current !== undefined && kindOf(change) !== kindOf(current))) {
      fail(origin, `expected ${path} to be ${kindOf(current)}, got ${show(change)}`, 'Leave it out, or give a value of its kind');
    }
    if (isPlain(current) && isPlain(change)) {
      merged[key] = mergeValues(current, change, origin, origins, `${path}.`);
    } else {
      merged[key] = completed(change, current);
      origins.set(path, origin);
    }
  }
  return merged as T;
}

/** A probe or a strategy that says only a part says no less than it did before. */
function completed(change: unknown, current: unknown): unknown {
  if (change instanceof Probe && current instanceof Probe) {
    return change._merge(current._timing);
  }
  return change instanceof DeliveryStrategy && current instanceof DeliveryStrategy ? change._merge(current._options) : change;
}

/** Structs whose keys are names of the user's choice. */
const OPEN = [
  'labels.', 'tiers.', 'quotas.', 'storageQuotas.', 'bestEffortPods.', 'capacity.', 'postgresql.parameters.', 'gateway.ingressAnnotations.',
  'admission.injectedContainers.',
];
/** The manifest of somebody else, at any depth. */
const FOREIGN = 'postgresql.cloudNativePg.cluster.';
/** Structs of the user's choice of names, whose fields may be missing in what was there before. */
const NAMED = 'pipeline.steps.';

function checkKey(base: object, key: string, prefix: string, origin: string): void {
  if (['__proto__', 'constructor', 'prototype'].includes(key)) {
    fail(origin, `'${prefix}${key}' can be no name`, 'Remove it');
  }
  if (!OPEN.includes(prefix) && !prefix.startsWith(FOREIGN) && !prefix.startsWith(NAMED) && !Object.hasOwn(base, key)) {
    const near = nearest(key, Object.keys(base));
    fail(origin, `unknown setting ${show(prefix + key)}`, near ? `Did you mean '${prefix}${near}'?` : `Known are ${Object.keys(base).sort().join(', ')}`);
  }
}

function kindOf(value: unknown): string {
  if (isPlain(value)) {
    return 'an object';
  }
  switch (typeof value) {
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${value.constructor.name}`;
    case 'string':
      return 'text';
    case 'undefined':
      return 'set';
    default:
      return `a ${typeof value}`;
  }
}

/** Also an object of another realm, as jest and some runners make one. */
function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

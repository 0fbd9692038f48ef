import { Duration } from 'cdk8s';
import type { Section } from './section';
import { section } from './section';
import { Stage } from './stage';
import { Dapr } from '../values/dapr';
import { DaprVersion } from '../values/dapr-version';
import { DeliveryStrategy } from '../values/delivery-strategy';
import { DisruptionLimit } from '../values/disruption-limit';
import { fail } from '../values/errors';
import { KubernetesVersion } from '../values/kubernetes-version';
import { checkAddedLabels, checkLabels } from '../values/labels';
import { LOG_LEVELS, oneOf } from '../values/one-of';
import { Port } from '../values/port';
import { Probe } from '../values/probe';
import type { ProbeSettings } from '../values/probe-settings';
import { QualityOfService } from '../values/quality-of-service';
import { Quantity } from '../values/quantity';
import type { ResourceAmounts } from '../values/resources';
import { Resources } from '../values/resources';
import { Scaling } from '../values/scaling';
import type { Capacity, ContainerLimits, TierSettings } from '../values/size-settings';
import { Tier } from '../values/tier';
import type { UtilizationOptions } from '../values/utilization-options';
import type { Place } from '../values/value-checks';
import { plainText, wholeNumber } from '../values/value-checks';

/**
 * Changes to the settings that every platform has. What is left out stays as it was.
 */
export interface ProfileChanges {
  /** The registry of images that name none, without a trailing slash. Required as soon as there is such an image. */
  readonly imageRegistry?: string;
  /** The Kubernetes version that manifests are rendered for. */
  readonly kubernetesVersion?: KubernetesVersion;
  /** The Dapr version that manifests are rendered for. */
  readonly daprVersion?: DaprVersion;
  /**
   * Whether workloads have a Dapr sidecar that do not set it themselves. With `Dapr.none('...')` the platform has no Dapr: no object, no network
   * policy and no finding of Dapr is rendered, and a workload with a sidecar is an error.
   */
  readonly dapr?: Dapr;
  /** The DNS domain of the cluster. */
  readonly clusterDomain?: string;
  /** The value of the label `app.kubernetes.io/managed-by`. */
  readonly managedBy?: string;
  /** Labels of every object, besides the recommended ones. */
  readonly labels?: { [name: string]: string };
  /** Lowest severity that applications log: `debug`, `info`, `warn`, `error`. */
  readonly logLevel?: string;
  /** The default tier of a service. */
  readonly tier?: Tier;
  /** The default value of a service's label `type`. */
  readonly serviceType?: string;
  /** The ports of a service; probes and Dapr use the first of each protocol. */
  readonly ports?: Port[];
  /** Processors, memory and disk of an application container. */
  readonly resources?: ResourceAmounts;
  /** The probes of an application container. */
  readonly probes?: ProbeSettings;
  /** The default scaling of services. */
  readonly scaling?: UtilizationOptions;
  /** How many replicas a node drain may take. */
  readonly disruptionLimit?: DisruptionLimit;
  /** How a new version replaces the old one. */
  readonly delivery?: DeliveryStrategy;
  /** Quality of service and priority of each tier. */
  readonly tiers?: { [tier: string]: TierSettings };
  /** The quota of a namespace, by its name. */
  readonly quotas?: { [namespace: string]: Capacity };
  /** The quota of a namespace that `quotas` does not name. */
  readonly defaultQuota?: Capacity;
  /** The total size of a namespace's volumes, such as `4Ti`, by its name. A namespace that is not named has no limit. */
  readonly storageQuotas?: { [namespace: string]: string };
  /**
   * How many best-effort pods a namespace may have, 1 or more, by its name. Its quota on processors and memory then counts all other pods, and
   * it has no LimitRange, which would make such pods burstable. A namespace that is not named has none.
   */
  readonly bestEffortPods?: { [namespace: string]: number };
  /** The limits of a single container. */
  readonly containerLimits?: ContainerLimits;
  /** The capacity pool of namespaces that all environments share. */
  readonly sharedCapacityPool?: string;
  /** The total size of the namespaces in a capacity pool (a cluster, or a part of one), by the pool's name. */
  readonly capacity?: { [pool: string]: Capacity };
}

const HIGHEST_PRIORITY = 1_000_000_000;

/** Any key is allowed in the section itself. */
const OPEN = { openKeys: [''] };

/** The sections of `ProfileChanges`. */
export const CORE = {
  imageRegistry: section('imageRegistry', () => '', { check: (where, registry) => plainText(where, 'imageRegistry', registry) }),
  kubernetesVersion: section('kubernetesVersion', () => KubernetesVersion.of('1.36')),
  daprVersion: section('daprVersion', () => DaprVersion.of('1.18')),
  dapr: section('dapr', () => Dapr.sidecar(), { check: checkDapr }),
  clusterDomain: section('clusterDomain', () => 'cluster.local'),
  managedBy: section('managedBy', () => 'cdk8s-microservices', { check: (where, name) => checkLabels(where, { 'app.kubernetes.io/managed-by': name }) }),
  labels: section<{ [name: string]: string }>('labels', () => ({}), { ...OPEN, check: checkAddedLabels }),
  logLevel: section('logLevel', () => 'info', { check: (where, level) => oneOf(where, 'logLevel', level, LOG_LEVELS) }),
  tier: section('tier', () => Tier.STANDARD),
  serviceType: section('serviceType', () => 'api', { check: (where, type) => checkLabels(where, { type }) }),
  ports: section('ports', () => [Port.http(8000), Port.grpc(9000)]),
  resources: section<Required<ResourceAmounts>>('resources', () => ({
    cpuRequest: '200m',
    cpuLimit: '500m',
    memoryRequest: '512Mi',
    memoryLimit: '1Gi',
    ephemeralStorageRequest: '256Mi',
    ephemeralStorageLimit: '512Mi',
  }), { check: (where, amounts) => Resources._partial(where, amounts) }),
  probes: section<Required<ProbeSettings>>('probes', () => ({
    liveness: Probe.httpGet('/health/live', {
      initialDelay: Duration.seconds(10), period: Duration.seconds(10), timeout: Duration.seconds(2), failureThreshold: 3,
    }),
    readiness: Probe.httpGet('/health/ready', {
      initialDelay: Duration.seconds(5), period: Duration.seconds(5), timeout: Duration.seconds(2), failureThreshold: 3,
    }),
    // five minutes for a slow start, which liveness would cut short
    startup: Probe.httpGet('/health/live', { period: Duration.seconds(5), timeout: Duration.seconds(2), failureThreshold: 60 }),
  })),
  scaling: section<Required<UtilizationOptions>>('scaling', () => ({
    min: 1,
    max: 10,
    cpuPercent: 70,
    memoryPercent: 80,
    resources: ['cpu', 'memory'],
    podMetrics: {},
    externalMetrics: {},
    scaleUpPeriod: Duration.seconds(60),
    scaleDownWindow: Duration.seconds(300),
  }), {
    check: (where, scaling) => Scaling.utilization()._resolve(scaling, where),
    stages: { [Stage.DEVELOPMENT]: { max: 3 }, [Stage.STAGING]: { min: 2, max: 5 }, [Stage.PRODUCTION]: { min: 3 } },
  }),
  disruptionLimit: section('disruptionLimit', () => DisruptionLimit.maxUnavailable(1)),
  delivery: section('delivery', () => DeliveryStrategy.rolling({ maxSurgePercent: 100, maxUnavailable: 0 })),
  tiers: section<{ [tier: string]: TierSettings }>('tiers', () => ({
    critical: { qualityOfService: QualityOfService.GUARANTEED, priority: 1_000_000 },
    standard: { qualityOfService: QualityOfService.BURSTABLE, priority: 100_000 },
    // not best effort: a quota on limits, which every namespace has, refuses such pods
    batch: { qualityOfService: QualityOfService.BURSTABLE, priority: 1_000 },
  }), {
    ...OPEN,
    check: (where, tiers) => Object.entries(tiers).forEach(([tier, { priority }]) => wholeNumber(where, priority, 1, HIGHEST_PRIORITY, `tiers.${tier}.priority`)),
  }),
  quotas: section<{ [namespace: string]: Capacity }>('quotas', () => ({}), { ...OPEN, check: (where, quotas) => checkCapacities(where, 'quotas', quotas) }),
  defaultQuota: section<Capacity>('defaultQuota', () => ({ cpu: '50', memory: '100Gi' }), {
    // two services with sidecars at their largest, twice while a new version comes
    check: (where, quota) => checkCapacity(where, 'defaultQuota', quota),
  }),
  storageQuotas: section<{ [namespace: string]: string }>('storageQuotas', () => ({}), {
    ...OPEN, check: (where, quotas) => Object.entries(quotas).forEach(([namespace, quota]) => Quantity._of('storage', where, `storageQuotas.${namespace}`, quota)),
  }),
  bestEffortPods: section<{ [namespace: string]: number }>('bestEffortPods', () => ({}), {
    ...OPEN, check: (where, all) => Object.entries(all).forEach(([namespace, pods]) => wholeNumber(where, pods, 1, undefined, `bestEffortPods.${namespace}`)),
  }),
  containerLimits: section<Required<ContainerLimits>>('containerLimits', () => ({
    max: { cpu: '4', memory: '8Gi' },
    min: { cpu: '10m', memory: '16Mi' },
    defaultLimit: { cpu: '200m', memory: '256Mi' },
    defaultRequest: { cpu: '100m', memory: '128Mi' },
  }), { check: checkContainerLimits }),
  sharedCapacityPool: section('sharedCapacityPool', () => 'production'),
  capacity: section<{ [pool: string]: Capacity }>('capacity', () => ({}), { ...OPEN, check: (where, pools) => checkCapacities(where, 'capacity', pools) }),
} satisfies { readonly [name in keyof Required<ProfileChanges>]: Section<any> };

/** The core settings in force. */
export type CoreValues = { readonly [K in keyof typeof CORE]: (typeof CORE)[K] extends Section<infer T> ? T : never };

/** Options belong to one workload, or to the section `sidecar`. */
function checkDapr(where: Place, { _options: options }: Dapr): void {
  const [option] = Object.keys(options);
  if (option !== undefined) {
    fail(where, `dapr sets '${option}', which belongs to one workload`, 'Set it on the workload, or set the defaults of all sidecars by WorkloadDefaults.of({ sidecar: { ... } })');
  }
}

/** As the API server checks a LimitRange. */
function checkContainerLimits(where: Place, limits: Required<ContainerLimits>): void {
  const names = ['min', 'defaultRequest', 'defaultLimit', 'max'] as const;
  names.forEach((name) => checkCapacity(where, `containerLimits.${name}`, limits[name]));
  for (const kind of ['cpu', 'memory'] as const) {
    const amounts = names.map((name) => Quantity[kind](limits[name][kind]));
    const wrong = amounts.slice(1).findIndex((amount, index) => amounts[index]._exceeds(amount));
    if (wrong >= 0) {
      fail(where, `containerLimits.${names[wrong]}.${kind} ${amounts[wrong]} is more than containerLimits.${names[wrong + 1]}.${kind} ${amounts[wrong + 1]}`,
        'Lower the one or raise the other');
    }
  }
}

function checkCapacities(where: Place, what: string, capacities: { readonly [name: string]: Capacity }): void {
  Object.entries(capacities).forEach(([name, capacity]) => checkCapacity(where, `${what}.${name}`, capacity));
}

function checkCapacity(where: Place, what: string, { cpu, memory }: Capacity): void {
  Quantity._of('cpu', where, `${what}.cpu`, cpu);
  Quantity._of('memory', where, `${what}.memory`, memory);
}

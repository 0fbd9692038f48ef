import { Construct } from 'constructs';
import { bestEffortPodsOf, quotaOf } from './namespace-quota';
import { recordFinding } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import type { CapacityDemand } from '../core/capacity-demand';
import { demandsOf, isBestEffort, peakOf, podLimit } from '../core/capacity-demand';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceGroup } from '../core/service-group';
import { describe } from '../values/errors';
import { Quantity } from '../values/quantity';
import { TreeValue } from '../values/tree-value';

export const SURGE_BEYOND_QUOTA: RuleDescription = {
  id: 'MS-CAP-001',
  severity: Severity.WARNING,
  why: 'A roll-out of all services at their maximum would use more than the quota, so it would wait.',
  fix: 'Raise the quota, or lower maxSurge.',
};

const POOL = new TreeValue<string>('capacity-pool');
const KINDS = ['cpu', 'memory'] as const;
type Kind = typeof KINDS[number];

/**
 * Proves that a namespace's services fit its quota at their full size, and that the namespaces of a capacity pool fit
 * the pool. The message of a failure is the sum itself, so that a reader sees which number to change.
 *
 * @internal
 */
export class CapacityCheck extends Construct {
  private readonly pool: string;

  constructor(scope: Construct, id: string, private readonly group: ServiceGroup, pool?: string) {
    super(scope, id);
    this.pool = pool ?? group.environment?.capacityPool ?? group.profile._values.sharedCapacityPool;
    POOL.set(group.chart, this.pool);
    this.node.addValidation({
      validate: () => [
        ...KINDS.flatMap((kind) => [...this.checkContainers(kind), ...this.checkNamespace(kind), ...this.checkPool(kind)]),
        ...this.checkBestEffort(),
      ],
    });
  }

  /** A container beyond the LimitRange is refused, and so is its pod. */
  private checkContainers(kind: Kind): string[] {
    if (bestEffortPodsOf(this.group) !== undefined) {
      return []; // it has no LimitRange
    }
    const { max, min } = this.group.profile._values.containerLimits;
    const [most, least] = [Quantity[kind](max[kind]), Quantity[kind](min[kind])];
    const range = `the LimitRange of '${this.group.namespace}'`;
    const all = ({ containers, starting }: CapacityDemand) => [...new Set([...containers, ...(starting ?? []).flat()])];
    return demandsOf(this.group).flatMap((demand) => all(demand).flatMap(({ _amounts: amounts }) => [
      ...amounts[`${kind}Limit`]?._exceeds(most) ? [describe(
        `a container of '${demand.name}' may use ${amounts[`${kind}Limit`]} ${kind}, and ${range} allows ${most} at most`,
        `Lower its limit, or raise containerLimits.max.${kind} in the platform profile`,
      )] : [],
      ...amounts[`${kind}Request`] && least._exceeds(amounts[`${kind}Request`]!) ? [describe(
        `a container of '${demand.name}' asks for ${amounts[`${kind}Request`]} ${kind}, and ${range} wants ${least} at least`,
        `Raise its request, or lower containerLimits.min.${kind} in the platform profile`,
      )] : [],
    ]));
  }

  private checkNamespace(kind: Kind): string[] {
    const quota = quotaFor(this.group, kind);
    const demands = demandsOf(this.group);
    const needed = total(kind, demands, (demand) => demand.replicas);
    if (needed._exceeds(quota)) {
      return [describe(
        `the services of '${this.group.namespace}' may use ${needed} ${kind} at their maximum, and its quota is ${quota}: ${sumText(kind, demands, (demand) => demand.replicas)}`,
        'Lower replicas.max or the limits of a service, or raise the quota in the platform profile',
      )];
    }
    const surging = total(kind, demands, (demand) => demand.replicas + demand.surge);
    if (surging._exceeds(quota)) {
      recordFinding(this.group.chart, SURGE_BEYOND_QUOTA, `would use ${surging} ${kind}, and the quota of '${this.group.namespace}' is ${quota}: `
        + sumText(kind, demands, (demand) => demand.replicas + demand.surge));
    }
    return [];
  }

  /** The pods that a quota of their own counts. */
  private checkBestEffort(): string[] {
    const allowed = bestEffortPodsOf(this.group);
    const demands = demandsOf(this.group).filter(isBestEffort);
    const needed = demands.reduce((sum, { replicas }) => sum + replicas, 0);
    return allowed === undefined || needed <= allowed ? [] : [describe(
      `the best-effort services of '${this.group.namespace}' may have ${needed} pods, and its quota is ${allowed}: ${demands.map(({ name, replicas }) => `${name} ${replicas}`).join(' + ')}`,
      `Lower replicas.count of a service, or raise bestEffortPods.${this.group.namespace} in the platform profile`,
    )];
  }

  /** Reported once, by the first namespace of the pool. */
  private checkPool(kind: Kind): string[] {
    const connections = ConnectionIndex.of(this);
    const groups = connections.remember(POOL, this.pool, () => connections.groups.filter((group) => POOL.own(group.chart) === this.pool));
    if (groups[0] !== this.group) {
      return [];
    }
    const { capacity: pools } = this.group.profile._values;
    const capacity = Object.hasOwn(pools, this.pool) ? pools[this.pool] : undefined;
    if (!capacity) {
      return kind !== KINDS[0] ? [] : [describe(`capacity pool '${this.pool}' is not in the platform profile, which has ${Object.keys(pools).sort().join(', ')}`,
        `Add it to capacity by PlatformProfile.customize({ capacity: { '${this.pool}': { cpu: '40', memory: '80Gi' } } })`)];
    }
    const available = Quantity[kind](capacity[kind]);
    const quotas = groups.map((group) => quotaFor(group, kind));
    const needed = Quantity._sum(kind, quotas);
    return needed._exceeds(available) ? [describe(
      `the quotas of capacity pool '${this.pool}' add up to ${needed} ${kind}, and it has ${available}: `
      + groups.map((group, index) => `${group.namespace} ${quotas[index]}`).join(' + '),
      'Lower a quota, or raise the capacity in the platform profile',
    )] : [];
  }
}

function quotaFor(group: ServiceGroup, kind: Kind): Quantity {
  return Quantity[kind](quotaOf(group)[kind]);
}

function total(kind: Kind, demands: readonly CapacityDemand[], pods: (demand: CapacityDemand) => number): Quantity {
  return Quantity._sum(kind, demands.map((demand) => podLimit(demand, kind)._times(pods(demand))));
}

/** `checkout 10 x (500m + 300m) + order ...`: each pod as the sum of its containers. */
function sumText(kind: Kind, demands: readonly CapacityDemand[], pods: (demand: CapacityDemand) => number): string {
  const field = kind === 'cpu' ? 'cpuLimit' : 'memoryLimit';
  return demands.map((demand) => `${demand.name} ${pods(demand)} x (${peakOf(demand, kind).map(({ _amounts }) => `${_amounts[field] ?? 0}`).join(' + ')})`).join(' + ');
}

import { checkAnalysis } from './analysis-settings';
import { smokeTestTemplate } from './analysis-templates';
import { CanaryTraffic } from './canary-traffic';
import type { ProgressiveDefinition } from './progressive-definition';
import { checkBlueGreen, checkCanary } from './progressive-options';
import { exposuresOf } from './routing';
import { recordFinding } from '../../checks/registry';
import type { RuleDescription } from '../../checks/rule';
import { Severity } from '../../checks/severity';
import { ConnectionIndex } from '../../core/connection-index';
import { directCallsTo } from '../../core/direct-calls';
import { throughSidecars } from '../../core/edges';
import { beforeSynthesis } from '../../core/preparation';
import { MESH_SETTING } from '../../mesh/mesh-settings';
import { describe, fail } from '../../values/errors';
import { dnsLabel } from '../../values/value-checks';
import { sidecarRemedy } from '../sidecar-choice';

export const DAPR_AROUND_STRATEGY: RuleDescription = {
  id: 'MS-DAPR-003',
  severity: Severity.WARNING,
  why: 'Dapr knows the pods of both versions of a service by one app id, so its calls and events reach new pods before the strategy does.',
  fix: 'Keep new versions able to work beside old ones, or use a canary by CanaryTraffic.REPLICA_RATIO.',
};

export const NO_SMOKE_TEST: RuleDescription = {
  id: 'MS-ROLL-013',
  severity: Severity.WARNING,
  why: 'A service has no smoke test, so new versions are measured and never tried out.',
  fix: 'Add smokeTest to its DeliveryStrategy.',
};

/** What a strategy must fit. */
export interface StrategyLimits {
  readonly definition: ProgressiveDefinition;
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** Fails where a strategy cannot do what it says. */
export function refuseStrategy({ definition, minReplicas, maxReplicas }: StrategyLimits): void {
  const { service, node, blueGreen, canary, analysis, candidate } = definition;
  checkAnalysis(service, analysis, 'analysis.');
  if (candidate !== undefined) {
    dnsLabel(service, 'the name of the Service of new versions', candidate);
  }
  if (candidate === undefined && definition.smokeTest) {
    fail(service, 'is a worker that nobody calls, so a smoke test would find no address of it', 'Leave smokeTest out');
  }
  if (analysis.source._kind === 'dapr' && !node.dapr) {
    fail(service, 'is measured by the metrics of a Dapr sidecar, and has none', sidecarRemedy(node.group.profile, 'Use MetricSource.openTelemetryHttp()'));
  }
  if (blueGreen) {
    checkBlueGreen(service, blueGreen);
    if (candidate === undefined) {
      fail(service, 'is a worker that nobody calls, and DeliveryStrategy.blueGreen exchanges the pods behind a Service', 'Use DeliveryStrategy.rolling(), or a canary by CanaryTraffic.REPLICA_RATIO');
    }
    if (blueGreen.previewReplicas !== undefined && blueGreen.previewReplicas > maxReplicas) {
      fail(service, `tries new versions out on ${blueGreen.previewReplicas} pods, and has ${maxReplicas} at most`, `Use previewReplicas: ${maxReplicas} or less, or leave it out`);
    }
  }
  if (canary) {
    checkCanary(service, canary);
    refuseTraffic(definition);
    refuseFewReplicas(definition, minReplicas);
  }
}

function refuseTraffic({ service, node, canary, candidate }: ProgressiveDefinition): void {
  const { traffic } = canary!;
  const mesh = MESH_SETTING.of(node.group.profile);
  if (traffic !== CanaryTraffic.REPLICA_RATIO && candidate === undefined) {
    fail(service, `is a worker that nobody calls, so traffic by '${traffic}' has no requests to share out`, 'Use CanaryTraffic.REPLICA_RATIO');
  }
  if (traffic === CanaryTraffic.ISTIO && mesh._kind !== 'istio') {
    fail(service, `is a canary by the weights of Istio, and its mesh is ${mesh}`, 'Set mesh to Mesh.istio() in the platform profile, or use CanaryTraffic.GATEWAY_API or REPLICA_RATIO');
  }
}

/** A share of the pods is a whole number of them. */
function refuseFewReplicas({ service, canary }: ProgressiveDefinition, minReplicas: number): void {
  const { steps, traffic } = canary!;
  const tooFine = traffic === CanaryTraffic.REPLICA_RATIO
    ? steps.find(({ _percent }) => _percent !== undefined && _percent * minReplicas < 100) : undefined;
  if (tooFine) {
    const needed = Math.ceil(100 / tooFine._percent!);
    fail(service, `is a canary of ${tooFine._percent} % by the number of its pods, which needs ${needed} replicas, and it may run with ${minReplicas}: one pod would take ${minReplicas === 0 ? 'all' : `${Math.round(100 / Math.max(minReplicas, 1))} %`} of the requests`,
      `Raise replicas.min to ${needed}, use CanaryTraffic.GATEWAY_API or ISTIO, or begin with a larger weight`);
  }
}

/** What can be seen only when every statement of the program is known. */
export function progressiveProblems(definition: ProgressiveDefinition): string[] {
  const { node, canary } = definition;
  const connections = ConnectionIndex.of(node.construct);
  if (canary?.traffic === CanaryTraffic.GATEWAY_API && exposuresOf(definition).length === 0) {
    return [describe('is a canary by the weights of routes, and no gateway exposes it, so that the new version would get no request', 'Expose it by an ApiGateway, or use CanaryTraffic.REPLICA_RATIO')];
  }
  const direct = directCallsTo(connections, node).some(({ caller }) => caller.name !== smokeTestTemplate(definition));
  if (canary?.traffic === CanaryTraffic.ISTIO && !direct && connections.admissionsOf(node).length === 0) {
    return [describe('is a canary by the weights of Istio, and no call of it passes through the mesh: calls between Dapr sidecars go around it, so that the new version would get no request there',
      'Use CanaryTraffic.REPLICA_RATIO, or call it without a Dapr sidecar')];
  }
  return [];
}

/** What a reviewer should know. */
export function progressiveFindings(definition: ProgressiveDefinition): void {
  const { service, node, blueGreen, canary, smokeTest } = definition;
  if (node.dapr) {
    beforeSynthesis(service, () => recordBypass(definition));
  }
  if (!smokeTest && (blueGreen ?? canary!.steps.some(({ _options }) => _options?.smokeTest))) {
    recordFinding(service, NO_SMOKE_TEST);
  }
}

/** Dapr knows pods, and neither Services nor weights. */
function recordBypass({ service, node, blueGreen, canary }: ProgressiveDefinition): void {
  const connections = ConnectionIndex.of(node.construct);
  const ways = [
    ...connections.callsTo(node).some((edge) => throughSidecars(edge, node)) ? ['calls between Dapr sidecars'] : [],
    ...connections.subscriptionsOf(node).length > 0 ? ['events'] : [],
  ].join(' and ');
  if (ways === '') {
    return;
  }
  if (blueGreen) {
    recordFinding(service, DAPR_AROUND_STRATEGY, `gets ${ways} in its new pods as soon as they are ready, before the exchange`);
  } else if (canary!.traffic !== CanaryTraffic.REPLICA_RATIO) {
    recordFinding(service, DAPR_AROUND_STRATEGY, `gets ${ways} in its new pods by their number, whatever the weights of ${canary!.traffic} are`);
  }
}

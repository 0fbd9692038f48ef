import type { Construct } from 'constructs';
import type { AnalysisSettings } from './analysis-settings';
import { CanaryTraffic } from './canary-traffic';
import { blueGreenOf, canaryOf } from './progressive-delivery';
import { PROGRESSIVE_DELIVERY_SETTINGS } from './progressive-delivery-settings';
import type { ProgressiveDeliveryValues } from './progressive-delivery-settings';
import type { ServiceNode } from '../../core/edges';
import { defined } from '../../values/defined';
import type { DeliveryStrategy } from '../../values/delivery-strategy';
import type { BatchProps } from '../batch/batch-props';

type BlueGreen = ProgressiveDeliveryValues['blueGreen'] & { readonly previewReplicas?: number };
type Canary = ProgressiveDeliveryValues['canary'];

/** How a service changes its version by Argo Rollouts, decided in every detail. */
export interface ProgressiveDefinition {
  readonly service: Construct;
  readonly node: ServiceNode;
  readonly strategy: DeliveryStrategy;
  readonly analysis: Required<AnalysisSettings>;
  readonly smokeTest?: BatchProps;
  /** One of the two. */
  readonly blueGreen?: BlueGreen;
  readonly canary?: Canary;
  /** The Service of the new version, until it has all requests; none of a worker, which nobody calls. */
  readonly candidate?: string;
}

/** What comes behind the name of a service for its new version. */
const CANDIDATES = { blueGreen: '-preview', canary: '-canary' } as const;

/** What is said, over the defaults of the profile; undefined for a rolling update. */
export function decideProgressive(
  service: Construct, node: ServiceNode, strategy: DeliveryStrategy, called: boolean | undefined,
): ProgressiveDefinition | undefined {
  const blueGreen = blueGreenOf(strategy);
  const canary = canaryOf(strategy);
  const defaults = PROGRESSIVE_DELIVERY_SETTINGS.of(node.group.profile);
  const said = blueGreen ?? canary;
  return said && {
    service,
    node,
    strategy,
    analysis: { ...defaults.analysis, ...defined(said.analysis ?? {}) },
    smokeTest: said.smokeTest,
    blueGreen: blueGreen && { ...defaults.blueGreen, ...defined(blueGreen) },
    canary: canary && { ...defaults.canary, ...defined(canary) },
    candidate: called ? `${node.name}${CANDIDATES[blueGreen ? 'blueGreen' : 'canary']}` : undefined,
  };
}

/** How many pods there may be above so many while the version changes: those of a second version, where not the number of pods is its share. */
export function surgeOf({ canary, strategy }: ProgressiveDefinition, replicas: number): number {
  return canary?.traffic === CanaryTraffic.REPLICA_RATIO ? strategy._surge(replicas) : replicas;
}

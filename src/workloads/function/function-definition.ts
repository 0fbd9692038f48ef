import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { FunctionScaling, ResolvedFunctionScaling } from './function-scaling';
import { resolveFunctionScaling } from './function-scaling';
import { checkConcurrency, FUNCTION_SETTINGS } from './function-settings';
import { checkTraffic, FunctionTraffic } from './function-traffic';
import type { FunctionVisibility } from './function-visibility';
import type { KnativeFunctionProps } from './knative-function-props';
import type { PlatformProfile } from '../../profile/platform-profile';
import { defined } from '../../values/defined';
import { QualityOfService } from '../../values/quality-of-service';
import { Resources } from '../../values/resources';
import { dnsLabel, wholeSeconds } from '../../values/value-checks';
import { REPLICA_KEYS } from '../replica-settings';
import type { WorkloadSettings } from '../workload-settings';

/** The settings of a function besides those of all workloads. */
export interface FunctionDefinition {
  readonly scaling: ResolvedFunctionScaling;
  readonly concurrency: number;
  readonly timeout: Duration;
  readonly visibility: FunctionVisibility;
  /** The name of the revision with that of the function, if it is said. */
  readonly revision?: string;
  readonly traffic: readonly FunctionTraffic[];
  readonly queueProxy: Resources;
}

/** What Knative sets itself, and refuses from others. */
const RESERVED_VARIABLES = ['PORT', 'K_SERVICE', 'K_CONFIGURATION', 'K_REVISION'];

/** Decides what only functions have. Fails on what Knative would refuse, or could not do. */
export function decideFunction(
  where: Construct, name: string, profile: PlatformProfile, settings: WorkloadSettings, props: KnativeFunctionProps,
): FunctionDefinition {
  const functions = FUNCTION_SETTINGS.of(profile);
  settings.refuseVariables(RESERVED_VARIABLES, 'which Knative sets itself');
  const concurrency = checkConcurrency(where, props.concurrency ?? functions.concurrency, 'concurrency');
  const scaling = decideScaling(where, name, functions.scaling, settings, props.scaling ?? {}, concurrency);
  const timeout = props.timeout ?? functions.timeout;
  wholeSeconds(where, 'timeout', timeout, 1, functions.longestTimeout.toSeconds());
  const traffic = props.traffic ?? [FunctionTraffic.latest(100)];
  checkTraffic(where, traffic);
  const queueProxy = Resources._partial(where, { ...functions.queueProxy, ...props.queueProxy });
  return {
    scaling,
    concurrency,
    timeout,
    visibility: props.visibility ?? functions.visibility,
    revision: props.revision === undefined ? undefined : dnsLabel(where, 'revision', `${name}-${props.revision}`),
    traffic,
    queueProxy: settings.quality === QualityOfService.GUARANTEED ? queueProxy._guaranteed() : queueProxy,
  };
}

/** How many revisions may run at a time because callers reach them, each up to the most pods. */
export function revisionsReached({ traffic }: FunctionDefinition): number {
  return traffic.filter(({ _percent, _tag }) => _percent > 0 || _tag !== undefined).length;
}

/** In values files, replicas are the pods of each revision. */
function decideScaling(
  where: Construct, name: string, defaults: Required<FunctionScaling>, settings: WorkloadSettings, code: FunctionScaling, concurrency: number,
): ResolvedFunctionScaling {
  const scaling = resolveFunctionScaling(where, defaults, code, concurrency);
  settings.refuseInFiles(REPLICA_KEYS.count, `would fix the number of replicas, but a function is scaled by ${scaling.metric}`, 'Set replicas.min and replicas.max');
  settings.refuseInFiles(REPLICA_KEYS.use, `is for a service, and '${name}' is a function, which is scaled by ${scaling.metric}`, 'Set scaling of the KnativeFunction');
  const { min, max } = settings.files.replicas;
  return resolveFunctionScaling(where, defaults, { ...code, ...defined({ min, max }) }, concurrency);
}

import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ResolvedFunctionScaling } from './function-scaling';
import { resolveFunctionScaling } from './function-scaling';
import { checkConcurrency, FEATURE, FUNCTION_SETTINGS } from './function-settings';
import { checkTraffic, FunctionTraffic } from './function-traffic';
import type { FunctionVisibility } from './function-visibility';
import type { KnativeFunctionProps } from './knative-function-props';
import type { ServiceGroup } from '../../core/service-group';
import { fail } from '../../values/errors';
import type { ProbeSettings } from '../../values/probe-settings';
import { QualityOfService } from '../../values/quality-of-service';
import { Resources } from '../../values/resources';
import { Scaling } from '../../values/scaling';
import { dnsLabel, wholeSeconds } from '../../values/value-checks';
import { ServiceSettings } from '../service-settings';

/** What a function is in the end: profile, environment, code and files laid over each other. */
export interface FunctionDefinition {
  readonly settings: ServiceSettings;
  readonly scaling: ResolvedFunctionScaling;
  readonly concurrency: number;
  readonly timeout: Duration;
  readonly visibility: FunctionVisibility;
  /** The name of the revision with that of the function, if it is said. */
  readonly revision?: string;
  readonly traffic: readonly FunctionTraffic[];
  readonly probes: ProbeSettings;
  readonly queueProxy: Resources;
}

/** What Knative sets itself, and refuses from others. */
const RESERVED_VARIABLES = ['PORT', 'K_SERVICE', 'K_CONFIGURATION', 'K_REVISION'];

/** Decides a function in every detail. Fails on what Knative would refuse, or could not do. */
export function decideFunction(where: Construct, name: string, group: ServiceGroup, props: KnativeFunctionProps): FunctionDefinition {
  const { tiers } = group.profile._values;
  const functions = FUNCTION_SETTINGS.of(group.profile);
  checkPods(where, group, props);
  const concurrency = checkConcurrency(where, props.concurrency ?? functions.concurrency, 'concurrency');
  const { settings, scaling } = decideScaling(where, name, group, props, concurrency);
  checkVariables(where, settings, props);

  const timeout = props.timeout ?? functions.timeout;
  wholeSeconds(where, 'timeout', timeout, 1, functions.longestTimeout.toSeconds());
  const traffic = props.traffic ?? [FunctionTraffic.latest(100)];
  checkTraffic(where, traffic);
  const queueProxy = Resources._partial(where, { ...functions.queueProxy, ...props.queueProxy });
  return {
    settings,
    scaling,
    concurrency,
    timeout,
    visibility: props.visibility ?? functions.visibility,
    revision: props.revision === undefined ? undefined : dnsLabel(where, 'revision', `${name}-${props.revision}`),
    traffic,
    probes: decideProbes(where, functions.probes, props.probes),
    queueProxy: tiers[settings.tier.name].qualityOfService === QualityOfService.GUARANTEED ? queueProxy._guaranteed() : queueProxy,
  };
}

/** How many revisions may run at a time because callers reach them, each up to the most pods. */
export function revisionsReached({ traffic }: FunctionDefinition): number {
  return traffic.filter(({ _percent, _tag }) => _percent > 0 || _tag !== undefined).length;
}

/** Values files know replicas, and say of a function how many pods it has. */
function decideScaling(
  where: Construct, name: string, group: ServiceGroup, props: KnativeFunctionProps, concurrency: number,
): Pick<FunctionDefinition, 'settings' | 'scaling'> {
  const functions = FUNCTION_SETTINGS.of(group.profile);
  const code = resolveFunctionScaling(where, functions.scaling, props.scaling ?? {}, concurrency);
  const settings = new ServiceSettings(where, name, group, { ...props, probes: undefined, scaling: Scaling.utilization({ min: 1, max: code.max }) });
  const wrong = ['autoscaling.cpuPercent', 'autoscaling.memoryPercent'].find((key) => settings.inFile(key));
  if (wrong !== undefined) {
    fail(settings.inFile(wrong)!, `'${wrong}' is for a service, and '${name}' is a function, which is scaled by ${code.metric}`, 'Set scaling of the KnativeFunction');
  }
  const { min, max } = settings.scaling;
  const files = { ...settings.inFile('replicas.min') ? { min } : {}, ...settings.inFile('replicas.max') ? { max } : {} };
  return { settings, scaling: resolveFunctionScaling(where, functions.scaling, { ...props.scaling, ...files }, concurrency) };
}

function decideProbes(where: Construct, defaults: ProbeSettings, own: ProbeSettings = {}): ProbeSettings {
  const probes = {
    liveness: own.liveness ?? defaults.liveness,
    readiness: own.readiness ?? defaults.readiness,
    startup: own.startup ?? defaults.startup,
  };
  const { period, timeout, failureThreshold } = probes.readiness?._timing ?? {};
  if (!period && (timeout ?? failureThreshold) !== undefined) {
    fail(where, 'the readiness probe has no period, so Knative sends it many times a second until it succeeds, and takes neither timeout nor failureThreshold',
      'Give it a period, or leave them out');
  }
  return probes;
}

function checkPods(where: Construct, group: ServiceGroup, props: KnativeFunctionProps): void {
  const { apiAccess, initContainers = [], sidecars = [], storage, tier } = props;
  if (apiAccess) {
    fail(where, 'has apiAccess, and Knative mounts no token of the API server into its pods', 'Use a Microservice');
  }
  if (initContainers.length > 0 || sidecars.length > 0) {
    fail(where, 'has containers beside its own, and Knative refuses init containers, which sidecars are', 'Leave them out, or use a Microservice');
  }
  const { tiers, tier: usual } = group.profile._values;
  const { features } = FUNCTION_SETTINGS.of(group.profile);
  const { name } = tier ?? usual;
  if (Object.hasOwn(tiers, name) && tiers[name].qualityOfService === QualityOfService.BEST_EFFORT) {
    fail(where, `is best effort by its tier '${name}', and the queue-proxy that Knative puts into its pods asks for processors and memory`, 'Choose a tier that is burstable');
  }
  const missing = [FEATURE.claims, FEATURE.claimWrites].filter((feature) => !features.includes(feature));
  if (storage && missing.length > 0) {
    fail(where, `has storage, and Knative refuses pods with a claim unless its ConfigMap config-features allows ${missing.join(' and ')}`,
      'Enable it there and name it in functions.features of the platform profile, or use a Microservice');
  }
  const mounted = [...props.secretFiles ?? [], ...Object.values(props.secretEnv ?? {})].find(({ _mount }) => _mount);
  if (mounted && !features.includes(FEATURE.csi)) {
    fail(where, `has '${mounted}' of a SecretProviderClass, and Knative refuses pods with a volume of a CSI driver unless its ConfigMap config-features allows ${FEATURE.csi}`,
      'Enable it there and name it in functions.features of the platform profile, or use a Microservice');
  }
}

function checkVariables(where: Construct, { env, config }: ServiceSettings, { secretEnv = {} }: KnativeFunctionProps): void {
  const taken = RESERVED_VARIABLES.find((name) => [env, config, secretEnv].some((variables) => Object.hasOwn(variables, name)));
  if (taken !== undefined) {
    fail(where, `the variable '${taken}' is Knative's own`, 'Give it another name');
  }
}

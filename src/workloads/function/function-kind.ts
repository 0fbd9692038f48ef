import type { Construct } from 'constructs';
import { checkFunctionPort, FEATURE, FUNCTION_SETTINGS } from './function-settings';
import type { KnativeFunctionProps } from './knative-function-props';
import type { ServiceGroup } from '../../core/service-group';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { podsOf } from '../../network/platform-peers';
import { Dapr } from '../../values/dapr';
import { fail } from '../../values/errors';
import { HTTP_PORT, QUEUE_PROXY } from '../../values/ports';
import type { ProbeSettings } from '../../values/probe-settings';
import { QualityOfService } from '../../values/quality-of-service';
import { sidecarOf } from '../sidecar-choice';
import type { WorkloadKind } from '../workload-kind';

/** What a function is like as a workload. Fails on what Knative would refuse. */
export function functionKind(where: Construct, group: ServiceGroup, props: KnativeFunctionProps): WorkloadKind {
  checkPods(where, group, props);
  const functions = FUNCTION_SETTINGS.of(group.profile);
  const network = NETWORK_SETTINGS.of(group.profile);
  const port = checkFunctionPort(where, props.port ?? functions.port);
  const dapr = sidecarOf(where, group.profile, props.dapr);
  const injected = dapr._injected;
  return {
    props: 'KnativeFunctionProps',
    type: functions.serviceType,
    called: true,
    servicePort: HTTP_PORT,
    ports: [port],
    probes: decideProbes(where, functions.probes, props.probes),
    // it has one port, which says what is spoken
    dapr: injected ? Dapr.sidecar({ ...dapr._options, appProtocol: dapr._options.appProtocol ?? port.name }) : dapr,
    withoutPriority: !functions.features.includes(FEATURE.priority),
    sidecar: { metricsPort: functions.sidecarMetricsPort, readinessDelay: functions.sidecarReadinessDelay },
    entryPoint: { peers: [podsOf(network.knativeGateway)], ports: functions.gatewayPorts },
    metricsPorts: [QUEUE_PROXY.metrics, ...injected ? [functions.sidecarMetricsPort] : []],
  };
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

/** Fields of pods that Knative refuses without a flag. */
const FLAGGED = [
  ['nodeSelector', FEATURE.nodeSelector],
  ['tolerations', FEATURE.tolerations],
  ['runtimeClassName', FEATURE.runtimeClass],
  ['hostAliases', FEATURE.hostAliases],
  ['dnsSearches', FEATURE.dnsConfig],
  ['dnsOptions', FEATURE.dnsConfig],
] as const;

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
  const flagged = FLAGGED.find(([field, feature]) => props[field] !== undefined && !features.includes(feature));
  if (flagged) {
    fail(where, `has ${flagged[0]}, and Knative refuses it unless its ConfigMap config-features allows ${flagged[1]}`,
      'Enable it there and name it in functions.features of the platform profile, or use a Microservice');
  }
  if (props.terminationGracePeriod) {
    fail(where, 'has terminationGracePeriod, and Knative gives pods the timeout of their calls to leave', 'Set timeout');
  }
  const mounted = [...props.secretFiles ?? [], ...Object.values(props.secretEnv ?? {})].find(({ _mount }) => _mount);
  if (mounted && !features.includes(FEATURE.csi)) {
    fail(where, `has '${mounted}' of a SecretProviderClass, and Knative refuses pods with a volume of a CSI driver unless its ConfigMap config-features allows ${FEATURE.csi}`,
      'Enable it there and name it in functions.features of the platform profile, or use a Microservice');
  }
}

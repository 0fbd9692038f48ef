import { type ChartObject, ownContainer, podTemplateOf } from './service-facts';
import { CONTAINER_SETTINGS } from '../../containers/container-settings';
import { containerSecurity, podSecurity } from '../../core/pod-parts';
import { MESH_SETTING } from '../../mesh/mesh-settings';
import type { PlatformProfile } from '../../profile/platform-profile';
import { POD_SECURITY_SETTINGS } from '../../security/pod-security-settings';
import type { Image } from '../../values/image';

/** What the test of a chart is made of. */
export interface TestDefinition {
  readonly service: string;
  readonly image: Image;
  readonly profile: PlatformProfile;
}

/** How often and how long the test asks before it gives up: new pods may need a moment to be in the addresses of the Service. */
const PATIENCE = ['--retry', '10', '--retry-delay', '3', '--retry-all-errors', '--max-time', '5'];

/** Policies come before the pod that needs them. */
const FIRST = '-1';

const HOOK = 'helm.sh/hook';
const WEIGHT = 'helm.sh/hook-weight';
const DELETION = 'helm.sh/hook-delete-policy';

/**
 * The objects by which `helm test` asks a service whether it is ready: a pod, and the policies that let it. None for a service that nobody
 * can ask by HTTP through a Service, and in a mesh, which lets in nobody without a proxy.
 */
export function testObjects({ service, image, profile }: TestDefinition, objects: readonly ChartObject[]): ChartObject[] {
  const asked = MESH_SETTING.of(profile)._proxies ? undefined : questionOf(service, objects);
  if (!asked) {
    return [];
  }
  const { workload, url, port } = asked;
  const name = `${service}-test`;
  const { namespace } = workload.metadata;
  const labels = { ...workload.metadata.labels, 'app': name, 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'test', 'service': name, 'microservice': name, 'type': 'test' };
  const ports = [{ port, protocol: 'TCP' }];
  const policy = (suffix: string, own: string, direction: object): ChartObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `${name}-${suffix}`, namespace, labels, annotations: { [HOOK]: 'test', [WEIGHT]: FIRST, [DELETION]: 'before-hook-creation,hook-succeeded,hook-failed' } },
    spec: { podSelector: { matchLabels: { app: own } }, ...direction },
  } as ChartObject);
  const others = (app: string) => [{ podSelector: { matchLabels: { app } } }];
  return [
    policy('callee', service, { policyTypes: ['Ingress'], ingress: [{ from: others(name), ports }] }),
    policy('caller', name, { policyTypes: ['Egress'], egress: [{ to: others(service), ports }] }),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels, annotations: { [HOOK]: 'test', [DELETION]: 'before-hook-creation' } },
      spec: testPod(service, url, image, profile),
    } as ChartObject,
  ];
}

function testPod(service: string, url: string, image: Image, profile: PlatformProfile): object {
  const { imagePullSecrets } = POD_SECURITY_SETTINGS.of(profile);
  const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = CONTAINER_SETTINGS.of(profile).resources;
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) },
    securityContext: podSecurity(profile),
    containers: [{
      name: `${service}-test`,
      image: image.toString(),
      imagePullPolicy: 'Always',
      command: ['curl', '--fail', '--silent', '--show-error', ...PATIENCE, url],
      resources: { requests: { cpu: cpuRequest, memory: memoryRequest }, limits: { cpu: cpuLimit, memory: memoryLimit } },
      securityContext: containerSecurity(),
    }],
  };
}

interface Question {
  readonly workload: ChartObject;
  readonly url: string;
  /** Of the pods. */
  readonly port: number;
}

/** What the kubelet asks a pod, as others ask it through its Service. */
function questionOf(service: string, objects: readonly ChartObject[]): Question | undefined {
  const workload = objects.find((object) => ownContainer(service, object) !== undefined);
  const entryPoint: any = objects.find(({ apiVersion, kind, metadata }) => apiVersion === 'v1' && kind === 'Service' && metadata.name === service);
  if (!workload || !entryPoint) {
    return undefined;
  }
  const { readinessProbe: probe, ports = [] } = ownContainer(service, workload);
  const asked = probe?.httpGet;
  const port = ports.find((each: any) => [each.name, each.containerPort].includes(asked?.port));
  const door = entryPoint.spec.ports.find((each: any) => port && [port.name, port.containerPort].includes(each.targetPort));
  const isSelected = Object.entries(entryPoint.spec.selector).every(([label, value]) => podTemplateOf(workload)?.metadata?.labels?.[label] === value);
  return door && isSelected
    ? { workload, url: `${asked.scheme === 'HTTPS' ? 'https' : 'http'}://${service}:${door.port}${asked.path}`, port: port.containerPort } : undefined;
}

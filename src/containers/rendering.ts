import { CONTAINER_SETTINGS } from './container-settings';
import type { PodContainers } from './pod-containers';
import { portsOf } from './pod-containers';
import type * as k8s from '../../imports/k8s';
import type { ContainerProps, InitContainer, SidecarContainer } from '../core/pod-container';
import type { MountedVolume } from '../core/pod-parts';
import { checkMounts, containerSecurity, emptyFolder, scratchVolumes, secretVolumes, variables } from '../core/pod-parts';
import { renderProbes } from '../core/pod-probes';
import { POD_SECURITY_SETTINGS } from '../security/pod-security-settings';
import { absoluteFolder } from '../values/folder';
import type { Resources } from '../values/resources';
import { sorted } from '../values/sorted';
import { ROLLOUT_SETTINGS } from '../workloads/rollout-settings';

type Container = k8s.Container;

/** The resources of a container beside the application, by its own and by the quality of service of the pod. */
export type ResourcesOf = (own: Resources | undefined) => Resources;

/** What the containers beside the application add to a pod template. */
export interface RenderedContainers {
  readonly initContainers: Container[];
  readonly containers: Container[];
  readonly volumes: k8s.Volume[];
  /** What the application's own container mounts of them. */
  readonly sharedMounts: k8s.VolumeMount[];
  /** What their end adds to the time that a pod may take to leave. */
  readonly graceSeconds: number;
}

/** The name of the ConfigMap and of the PodMonitor of a container. */
export function objectName({ main }: PodContainers, container: { readonly name: string }): string {
  return `${main.name}-${container.name}`;
}

/**
 * Renders the containers. Sidecars start in the order in which they were given, after the init containers and before those that need
 * them, so that what runs in front of what is the same on every version that can have it.
 */
export function renderContainers(pod: PodContainers, resourcesOf: ResourcesOf): RenderedContainers {
  const { sidecars, initContainers, native } = pod;
  const shared = sharedVolumes(pod);
  const own = new Map([...initContainers, ...sidecars].map((container) => [container.name, ownVolumes(pod, container)]));
  const render = (container: InitContainer | SidecarContainer): Container => {
    const mine = shared.filter(({ mount }) => container.sharedFolders?.includes(mount.mountPath));
    const volumeMounts = [...own.get(container.name)!, ...mine].map(({ mount }) => mount);
    checkMounts(pod.main.workload, volumeMounts);
    return { ...frame(container, resourcesOf), volumeMounts };
  };
  const beside = sidecars.map((container) => ({ ...render(container), ...portsAndProbes(pod, container) }));
  const initial = (late: boolean) => initContainers.filter(({ needsSidecars }) => (needsSidecars === true) === late).map(render);
  return {
    initContainers: [...initial(false), ...native ? beside.map((container) => ({ ...container, restartPolicy: 'Always' })) : [], ...initial(true)],
    containers: native ? [] : beside,
    volumes: [...[...own.values()].flat(), ...shared].map(({ volume }) => volume),
    sharedMounts: shared.map(({ mount }) => mount),
    graceSeconds: graceSeconds(pod),
  };
}

function frame(container: ContainerProps & { readonly name: string }, resourcesOf: ResourcesOf): Omit<Container, 'volumeMounts'> {
  return {
    name: container.name,
    image: container.image.toString(),
    imagePullPolicy: 'Always',
    command: container.command,
    args: container.args,
    env: some(variables(container.env ?? {}, container.secretEnv ?? {})),
    resources: resourcesOf(container.resources)._toKube(),
    securityContext: containerSecurity(),
  };
}

function portsAndProbes({ main: { workload } }: PodContainers, container: SidecarContainer): Partial<Container> {
  // the kubelet comes from outside of the pod too, so it does not reach those on 127.0.0.1
  const ports = portsOf({ ...container, localPorts: [] });
  return {
    ports: some(ports.map((port) => ({ name: port.name, containerPort: port.number, protocol: 'TCP' }))),
    ...renderProbes(workload, ports, container.probes ?? {}),
  };
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** What a container alone sees: its scratch folders, its secrets and its configuration. */
function ownVolumes(pod: PodContainers, container: InitContainer | SidecarContainer): MountedVolume[] {
  const { name } = container;
  const { configuration = undefined, configurationFolder = undefined } = container as SidecarContainer;
  return [
    ...scratchVolumes(pod.main.group.profile, `${name}-scratch`),
    ...secretVolumes(container, `${name}-secret`),
    ...configuration ? [{
      volume: { name: `${name}-config`, configMap: { name: objectName(pod, container) } },
      mount: { name: `${name}-config`, mountPath: configurationFolder!, readOnly: true },
    }] : [],
  ];
}

function sharedVolumes({ main: { workload, group }, sidecars, initContainers }: PodContainers): MountedVolume[] {
  const { scratchSize } = POD_SECURITY_SETTINGS.of(group.profile);
  const folders = [...new Set([...initContainers, ...sidecars].flatMap(({ sharedFolders }) => sharedFolders ?? []))];
  return sorted(folders, (folder) => folder).map((mountPath) => {
    absoluteFolder(workload, 'each of sharedFolders', mountPath);
    return emptyFolder('shared', mountPath, { sizeLimit: scratchSize });
  });
}

/**
 * Native sidecars get SIGTERM one after the other once the application has ended; others get it together with the application.
 */
function graceSeconds({ main: { group }, sidecars, native }: PodContainers): number {
  const containers = CONTAINER_SETTINGS.of(group.profile);
  const rollout = ROLLOUT_SETTINGS.of(group.profile);
  const drains = sidecars.map(({ drain }) => (drain ?? containers.drain).toSeconds());
  const ofApplication = [rollout.preStopDelay, rollout.drain, rollout.sidecarDrain].reduce((sum, part) => sum + part.toSeconds(), 0);
  return native ? drains.reduce((sum, drain) => sum + drain, 0) : Math.max(0, ...drains.map((drain) => drain - ofApplication));
}

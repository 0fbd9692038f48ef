import { podTemplateIn, podTemplatePath } from './pod-template';

/** What Pod Security refuses in a pod. */
export interface PodSecurityProblem {
  /** A JSON pointer. */
  readonly path: string;
  readonly problem: string;
}

type Fields = any;

const BASELINE_CAPABILITIES = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'];
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes',
];
const SAFE_SELINUX_TYPES = ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const RESTRICTED_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];

/**
 * Finds what the API server refuses in pods of a namespace with a Pod Security level.
 *
 * @param level `privileged`, `baseline` or `restricted`
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityProblems(group: string, manifest: { readonly kind: string }, level: string): PodSecurityProblem[] {
  const spec: Fields = podTemplateIn(group, manifest)?.spec;
  if (level === 'privileged' || typeof spec !== 'object' || spec === null) {
    return [];
  }
  const root = `/${[...podTemplatePath(group, manifest.kind) ?? [], 'spec'].join('/')}`;
  const found = [...baseline(spec), ...level === 'restricted' ? restricted(spec) : []];
  return found.map(({ path, problem }) => ({ path: `${root}${path}`, problem }));
}

function baseline(spec: Fields): PodSecurityProblem[] {
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].flatMap((field) => spec[field] === true ? [refused(`/${field}`, 'shares the host with the pod')] : []),
    ...listed(spec.volumes).flatMap((volume, index) => volume.hostPath ? [refused(`/volumes/${index}/hostPath`, 'mounts a folder of the host')] : []),
    ...listed(spec.securityContext?.sysctls).flatMap(({ name }, index) => SAFE_SYSCTLS.includes(name as string) ? []
      : [refused(`/securityContext/sysctls/${index}/name`, `is '${name}', which changes the host`)]),
    ...contexts(spec).flatMap(({ path, context }) => [
      ...context.privileged === true ? [refused(`${path}/privileged`, 'makes the container privileged')] : [],
      ...context.procMount !== undefined && context.procMount !== 'Default' ? [refused(`${path}/procMount`, 'shows /proc of the host')] : [],
      ...context.windowsOptions?.hostProcess === true ? [refused(`${path}/windowsOptions/hostProcess`, 'runs on the host')] : [],
      ...[context.seccompProfile, context.appArmorProfile].some((profile) => profile?.type === 'Unconfined') ? [refused(path, 'has an unconfined profile')] : [],
      ...context.seLinuxOptions?.user || context.seLinuxOptions?.role || !['', ...SAFE_SELINUX_TYPES].includes(context.seLinuxOptions?.type ?? '')
        ? [refused(`${path}/seLinuxOptions`, 'leaves the confinement of containers')] : [],
    ]),
    ...containers(spec).flatMap(({ path, container }) => [
      ...listed(container.ports).flatMap(({ hostPort }, index) => hostPort ? [refused(`${path}/ports/${index}/hostPort`, 'is a port of the host')] : []),
      ...added(container).flatMap((capability) => BASELINE_CAPABILITIES.includes(capability) ? []
        : [refused(`${path}/securityContext/capabilities/add`, `adds the capability ${capability}`)]),
    ]),
  ];
}

function restricted(spec: Fields): PodSecurityProblem[] {
  const pod = spec.securityContext ?? {};
  return [
    ...listed(spec.volumes).flatMap((volume, index) => Object.keys(volume as object).every((key) => key === 'name' || RESTRICTED_VOLUMES.includes(key)) ? []
      : [refused(`/volumes/${index}`, `is of a type other than ${RESTRICTED_VOLUMES.join(', ')}`)]),
    ...contexts(spec).flatMap(({ path, context }) => [
      ...context.runAsNonRoot === false ? [refused(`${path}/runAsNonRoot`, 'is false')] : [],
      ...context.runAsUser === 0 ? [refused(`${path}/runAsUser`, 'is root')] : [],
    ]),
    ...containers(spec).flatMap(({ path, container }) => {
      const context = container.securityContext ?? {};
      const at = `${path}/securityContext`;
      return [
        ...context.allowPrivilegeEscalation === false ? [] : [refused(`${at}/allowPrivilegeEscalation`, 'is not false')],
        ...(context.runAsNonRoot ?? pod.runAsNonRoot) === undefined ? [refused(`${at}/runAsNonRoot`, 'is not true')] : [],
        ...(context.seccompProfile ?? pod.seccompProfile) === undefined ? [refused(`${at}/seccompProfile`, 'is missing')] : [],
        ...listed(context.capabilities?.drop).includes('ALL') ? [] : [refused(`${at}/capabilities/drop`, "does not have 'ALL'")],
        ...added(container).flatMap((capability) => capability === 'NET_BIND_SERVICE' || !BASELINE_CAPABILITIES.includes(capability) ? []
          : [refused(`${at}/capabilities/add`, `adds the capability ${capability}`)]),
      ];
    }),
  ];
}

function containers(spec: Fields): { path: string; container: Fields }[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) => listed(spec[list]).map((container, index) => ({ path: `/${list}/${index}`, container })));
}

/** The security contexts of the pod and of its containers. */
function contexts(spec: Fields): { path: string; context: Fields }[] {
  return [
    { path: '/securityContext', context: spec.securityContext ?? {} },
    ...containers(spec).map(({ path, container }) => ({ path: `${path}/securityContext`, context: container.securityContext ?? {} })),
  ];
}

function added(container: Fields): string[] {
  return listed(container.securityContext?.capabilities?.add);
}

function listed(value: unknown): Fields[] {
  return Array.isArray(value) ? value : [];
}

function refused(path: string, problem: string): PodSecurityProblem {
  return { path, problem };
}

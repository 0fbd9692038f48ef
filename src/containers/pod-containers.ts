import type { Construct } from 'constructs';
import { recordFinding } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import type { InitContainer, ISidecar, SidecarContainer } from '../core/pod-container';
import { checkSecretVariable, NATIVE_SIDECARS } from '../core/pod-parts';
import type { ServiceGroup } from '../core/service-group';
import { MESH_SETTING } from '../mesh/mesh-settings';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import { DAPRD, DAPRD_CONTAINER } from '../values/ports';
import { dnsLabel, environmentVariableName, secretLooking, show } from '../values/value-checks';

export const UNORDERED_SIDECARS: RuleDescription = {
  id: 'MS-AVAIL-008',
  severity: Severity.WARNING,
  why: 'Sidecars are not native, so they start with the application, and get SIGTERM with it.',
  fix: `Let the application wait for what it needs of them, or use Kubernetes ${NATIVE_SIDECARS}.`,
};

/** What a workload says of the containers beside its own. */
export interface ContainersBeside {
  readonly sidecars?: readonly ISidecar[];
  readonly initContainers?: readonly InitContainer[];
}

/** The workload that containers are put beside. */
export interface MainContainer {
  readonly workload: Construct;
  readonly name: string;
  readonly group: ServiceGroup;
  readonly ports: readonly Port[];
  readonly dapr: boolean;
}

/**
 * The containers of a pod beside the application's own, and what they change of it: all of them known, none of them rendered.
 */
export class PodContainers {
  public readonly sidecars: readonly SidecarContainer[];
  public readonly initContainers: readonly InitContainer[];

  /** Whether sidecars start before the application and end after it by themselves. */
  public readonly native: boolean;

  /** The ports by which others reach the pod: those of the application, or of what stands in front of it. */
  public readonly reachable: readonly Port[];

  /** The ports on which the pod tells metrics: the application's first, and those of adapters and ambassadors. */
  public readonly scraped: readonly Port[];

  constructor(public readonly main: MainContainer, beside: ContainersBeside) {
    const { workload, name, group, ports } = main;
    this.sidecars = (beside.sidecars ?? []).map((sidecar) => sidecar.bind({
      workload, name, namespace: group.namespace, ports: [...ports], profile: group.profile,
    }));
    this.initContainers = beside.initContainers ?? [];
    this.native = group.profile.kubernetesVersion.atLeast(NATIVE_SIDECARS);
    this.checkNames();
    this.checkPorts();
    this.sidecars.forEach((container) => this.checkFolders(container));
    this.reachable = this.inFront();
    this.scraped = [...ports.slice(0, 1), ...this.sidecars.flatMap(({ metricsPort }) => metricsPort ?? [])];
    this.lower();
  }

  private checkNames(): void {
    const { workload, name, group, dapr } = this.main;
    const mesh = MESH_SETTING.of(group.profile);
    const injected = new Map<string, string>([
      ...dapr ? [[DAPRD_CONTAINER, "Dapr's sidecar"] as const] : [],
      ...mesh._proxies ? ['proxy', 'init'].map((kind) => [`${mesh._kind}-${kind}`, `the mesh ${mesh}`] as const) : [],
    ]);
    const injector = injected.get(name);
    if (injector !== undefined) {
      fail(workload, `the name '${name}' is that of ${injector}, and a pod has each container name once`, 'Give the workload another name');
    }
    const taken = new Map([[name, 'the application'], ...injected]);
    for (const container of [...this.initContainers, ...this.sidecars]) {
      dnsLabel(workload, 'the name of a container', container.name);
      const other = taken.get(container.name);
      if (other !== undefined) {
        fail(workload, `the container '${container.name}' has the name of ${other}, and a pod has each name once`, 'Give it a name of its own');
      }
      taken.set(container.name, 'another container');
      this.checkVariables(container);
    }
  }

  private checkVariables({ name, env, secretEnv }: InitContainer): void {
    const { workload } = this.main;
    for (const [variable, value] of Object.entries(env ?? {})) {
      environmentVariableName(workload, variable);
      if (typeof value !== 'string') {
        fail(workload, `the variable '${variable}' of the container '${name}' is ${show(value)}, and an environment variable is text`, 'Write it in quotes');
      }
      const reason = secretLooking(variable, value);
      if (reason) {
        fail(workload, `the variable '${variable}' of the container '${name}' would stand in a manifest, and ${reason}`, 'Use a SecretReference in secretFiles');
      }
    }
    for (const [variable, reference] of Object.entries(secretEnv ?? {})) {
      environmentVariableName(workload, variable);
      checkSecretVariable(workload, variable, reference);
      if (Object.hasOwn(env ?? {}, variable)) {
        fail(workload, `the variable '${variable}' of the container '${name}' is said twice, in env and in secretEnv`, 'Leave one of them out');
      }
    }
  }

  /** The network of a pod is one: each number once, and each name too, because a Service finds ports by it. */
  private checkPorts(): void {
    const { workload, ports, dapr } = this.main;
    const [numbers, names] = [new Map<number, string>(), new Map<string, string>()];
    ports.forEach((port) => {
      numbers.set(port.number, 'the application');
      names.set(port.name, 'the application');
    });
    Object.values<number>(dapr ? DAPRD : {}).forEach((number) => numbers.set(number, "Dapr's sidecar"));
    for (const container of this.sidecars) {
      for (const port of portsOf(container)) {
        port._checkUnprivileged(workload);
        if (!container.ports?.includes(port)) {
          port._checkUnmapped(workload, `and no Service offers it, because only the pod of the container '${container.name}' or the metrics collector uses it`);
        }
        const [number, name] = [numbers.get(port.number), names.get(port.name)];
        if (number !== undefined || name !== undefined) {
          fail(workload, number !== undefined
            ? `the container '${container.name}' has the port ${port.number} of ${number}, and a pod has each port once`
            : `the container '${container.name}' names a port '${port.name}' as ${name} does, and a Service finds ports by their names`,
          number !== undefined ? 'Give one of them another number' : 'Give it another name by Port.of(...)');
        }
        numbers.set(port.number, `the container '${container.name}'`);
        names.set(port.name, `the container '${container.name}'`);
      }
    }
  }

  private checkFolders({ name, configuration, configurationFolder }: SidecarContainer): void {
    if (configuration && configurationFolder === undefined) {
      fail(this.main.workload, `the container '${name}' has a configuration and no folder to find it in`, 'Set configurationFolder');
    }
    Object.keys(configuration ?? {}).filter((file) => !/^[-._a-zA-Z0-9]{1,253}$/.test(file) || file.startsWith('..')).forEach((file) => {
      fail(this.main.workload, `the container '${name}' has a configuration in ${show(file)}, which is not the name of a file of a ConfigMap`, "Use letters, digits, '-', '_' and '.'");
    });
  }

  private inFront(): Port[] {
    const { workload, ports } = this.main;
    const fronting = new Map<string, string>();
    for (const { name, frontedPorts, ports: own } of this.sidecars) {
      for (const fronted of frontedPorts ?? []) {
        const known = ports.map((port) => port.name);
        if (!known.includes(fronted)) {
          fail(workload, `the container '${name}' stands in front of a port '${fronted}', and the application has ${known.length > 0 ? known.join(', ') : 'none'}`, 'Name a port of the application');
        }
        const other = fronting.get(fronted);
        if (other !== undefined || (own ?? []).length === 0) {
          fail(workload, other !== undefined ? `the containers '${other}' and '${name}' stand in front of the same port '${fronted}'` : `the container '${name}' stands in front of the port '${fronted}' and has none of its own`,
            other !== undefined ? 'Leave one of them out' : 'Give it a port');
        }
        ports.find((port) => port.name === fronted)!._checkUnmapped(workload, `and the container '${name}' answers for it, whose own port is that of the Service`);
        fronting.set(fronted, name);
      }
    }
    // in the place of the port that it answers for, so that the main one stays the first
    const own = (container: string | undefined) => this.sidecars.find(({ name }) => name === container)?.ports ?? [];
    const shown = ports.flatMap((port) => fronting.has(port.name) ? own(fronting.get(port.name)) : [port]);
    return this.offered([...new Set([...shown, ...this.sidecars.flatMap((container) => container.ports ?? [])])]);
  }

  /** A Service has each port once. */
  private offered(ports: Port[]): Port[] {
    ports.forEach((port, index) => {
      const other = ports.slice(0, index).find(({ servicePort }) => servicePort === port.servicePort);
      if (other) {
        fail(this.main.workload, `the ports '${other.name}' and '${port.name}' would both be port ${port.servicePort} of the Service`, 'Give one of them another servicePort');
      }
    });
    return ports;
  }

  /** What the target version cannot have. */
  private lower(): void {
    const { workload, group: { profile } } = this.main;
    if (this.native) {
      return;
    }
    const needing = this.initContainers.find(({ needsSidecars }) => needsSidecars);
    if (needing) {
      fail(workload, `the init container '${needing.name}' needs the sidecars, which start after it on Kubernetes ${profile.kubernetesVersion}, so it would wait forever`,
        `Leave needsSidecars out, or use Kubernetes ${NATIVE_SIDECARS}`);
    }
    if (this.sidecars.length > 0) {
      recordFinding(workload, UNORDERED_SIDECARS, `on Kubernetes ${profile.kubernetesVersion}: ${this.sidecars.map(({ name }) => `'${name}'`).join(', ')}`);
    }
  }
}

/** Every port of a sidecar's container, whoever it is for. */
export function portsOf({ ports, localPorts, metricsPort }: SidecarContainer): Port[] {
  return [...ports ?? [], ...localPorts ?? [], ...metricsPort ? [metricsPort] : []];
}

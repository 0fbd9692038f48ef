import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Ended } from './processes';
import { Process } from './processes';

/** A pod as it is rendered: what of it matters to a container runtime. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly securityContext: { readonly runAsUser: number; readonly runAsGroup: number; readonly fsGroup: number };
}

export interface Container {
  readonly name: string;
  readonly command: readonly string[];
  readonly workingDir?: string;
  readonly env?: readonly Variable[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string; readonly readOnly?: boolean }[];
  readonly securityContext: { readonly readOnlyRootFilesystem: boolean; readonly capabilities: { readonly drop: readonly string[] } };
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef: { readonly fieldPath: string } };
}

/** What a kubelet knows of a pod besides its manifest. */
export interface Place {
  /** What fields of the pod are, such as `status.podIP`. */
  readonly fields: { readonly [path: string]: string };
  /** The folder behind each volume, or the size of one in memory. */
  readonly volumes: { readonly [name: string]: { readonly folder: string } | { readonly memory: string } };
  /** What is in every container of a cluster: where its API server is. */
  readonly env: { readonly [name: string]: string };
  /** The file that is `/etc/hosts`. */
  readonly hosts: string;
  /** Programs of the image: folders that are found at the same place in it, and which of them are on its PATH. */
  readonly image: { readonly folders: readonly string[]; readonly path: readonly string[] };
}

const isRoot = process.getuid?.() === 0;

/**
 * The first container of a pod, without a container runtime: in a root file system, a mount and a process namespace of its own, as the
 * user and with the rights that its manifest says. The network is that of this machine.
 */
export class Pod {
  public readonly process: Process;

  constructor(spec: PodSpec, place: Place) {
    const [container] = spec.containers;
    const folder = mkdtempSync(join(dirname(place.hosts), 'root-'));
    const script = join(folder, 'start.sh');
    const root = join(folder, 'root');
    mkdirSync(root);
    writeFileSync(script, mountScript(spec, container, place, root));
    // without root, the user of the tests is the one of the pod
    const { runAsUser, runAsGroup, fsGroup } = spec.securityContext;
    const namespaces = ['--mount', '--propagation', 'private', '--pid', '--fork', ...isRoot ? [] : ['--user', `--map-user=${runAsUser}`, `--map-group=${runAsGroup}`]];
    const user = isRoot ? [`--reuid=${runAsUser}`, `--regid=${runAsGroup}`, `--groups=${fsGroup}`] : [];
    const rights = container.securityContext.capabilities.drop.includes('ALL') ? ['--bounding-set=-all', '--inh-caps=-all'] : [];
    this.process = new Process([
      'unshare', ...namespaces, '--', '/bin/sh', '-eu', script,
      'setpriv', ...user, ...rights, '--no-new-privs', '--pdeathsig', 'KILL', '--', ...container.command,
    ], { ...variables(container, place), PATH: place.image.path.join(':') }, { root: true });
  }

  /** The first process of the container, as this machine counts. */
  public get pid(): number {
    const { pid } = this.process;
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
  }

  /** As when the node is lost: everything in it is gone at once. */
  public kill(): Promise<Ended> {
    return this.process.kill('SIGKILL');
  }

  /** As the kubelet stops a pod: SIGTERM to its first process. */
  public stop(): Promise<Ended> {
    process.kill(this.pid, 'SIGTERM');
    return this.process.ended;
  }

  /** Runs a command in it, as `kubectl exec` does. */
  public exec(spec: PodSpec, ...command: string[]): string {
    const { runAsUser, runAsGroup } = spec.securityContext;
    return execFileSync('nsenter', [
      `--target=${this.pid}`, '--mount', '--pid', ...isRoot ? [] : ['--user', '--preserve-credentials'], '--',
      'setpriv', ...isRoot ? [`--reuid=${runAsUser}`, `--regid=${runAsGroup}`, '--clear-groups'] : [], '--bounding-set=-all', '--inh-caps=-all', '--no-new-privs', '--', ...command,
    ], { encoding: 'utf8', env: this.environment(), timeout: 20_000, stdio: 'pipe' });
  }

  /** The variables of its first process. */
  public environment(): { [name: string]: string } {
    return Object.fromEntries(readFileSync(`/proc/${this.pid}/environ`, 'utf8').split('\0').filter(Boolean).map((line) => {
      const equals = line.indexOf('=');
      return [line.slice(0, equals), line.slice(equals + 1)];
    }));
  }
}

/** The variables of a container, with `$(NAME)` replaced by those that stand before, as the kubelet does. */
export function variables({ env }: Container, place: Place): { [name: string]: string } {
  const known: { [name: string]: string } = { ...place.env };
  for (const { name, value, valueFrom } of env ?? []) {
    known[name] = valueFrom ? place.fields[valueFrom.fieldRef.fieldPath] : value!.replace(/\$\((\w+)\)/g, (whole, other: string) => known[other] ?? whole);
  }
  return known;
}

/** Makes the root file system of a container, moves into it and runs what follows. */
function mountScript({ securityContext }: PodSpec, container: Container, { volumes, hosts, image }: Place, root: string): string {
  const here = (path: string) => quote(join(root, path.replace(/^\/var\/run\//, '/run/')));
  const bind = (from: string, to: string, flags = 'ro') => [`mount --rbind ${quote(from)} ${here(to)}`, ...flags === 'ro' ? [`mount -o remount,bind,ro ${here(to)}`] : []];
  const folder = (path: string) => `mkdir -p ${here(path)}`;
  const file = (path: string) => `mkdir -p ${here(dirname(path))}; touch ${here(path)}`;
  // a group that may write, as fsGroup has it
  const owner = isRoot ? `gid=${securityContext.fsGroup},mode=2770` : 'mode=0700';

  const system = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].filter((path) => existsSync(path)).flatMap((path) =>
    lstatSync(path).isSymbolicLink() ? [`ln -s ${quote(readlinkSync(path))} ${here(path)}`] : [folder(path), ...bind(path, path)]);
  const settings = ['/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/ld.so.conf.d', '/etc/nsswitch.conf', '/etc/group', '/etc/ssl/openssl.cnf'].filter((path) => existsSync(path));
  const mounts = container.volumeMounts.flatMap(({ name, mountPath, subPath, readOnly }) => {
    const volume = volumes[name];
    if (!volume) throw new Error(`nobody says what the volume ${name} is`);
    return 'memory' in volume
      ? [folder(mountPath), `mount -t tmpfs -o ${owner},size=${size(volume.memory)} tmpfs ${here(mountPath)}`]
      : [subPath ? file(mountPath) : folder(mountPath), ...bind(join(volume.folder, subPath ?? ''), mountPath, readOnly ? 'ro' : 'rw')];
  });
  return [
    `mount -t tmpfs -o mode=755 tmpfs ${quote(root)}`,
    ...system,
    ...['/usr', ...image.folders].flatMap((path) => [folder(path), ...bind(path, path)]),
    folder('/etc/ssl'), ...settings.map((path) => `cp -a ${quote(path)} ${here(path)}`),
    file('/etc/hosts'), ...bind(hosts, '/etc/hosts'),
    folder('/proc'), `mount -t proc proc ${here('/proc')}`,
    ...['null', 'zero', 'random', 'urandom'].flatMap((device) => [file(`/dev/${device}`), ...bind(`/dev/${device}`, `/dev/${device}`, 'rw')]),
    `ln -s /proc/self/fd ${here('/dev/fd')}`,
    `mkdir -p ${here('/run')} ${here('/var')}; ln -s /run ${quote(join(root, 'var', 'run'))}`,
    ...mounts,
    `cd ${quote(root)}; mkdir .old; pivot_root . .old; umount -l /.old; rmdir /.old`,
    ...container.securityContext.readOnlyRootFilesystem ? ['mount -o remount,ro /'] : [],
    `cd ${quote(container.workingDir ?? '/')}`,
    'unset OLDPWD; exec "$@"',
    '',
  ].join('\n');
}

/** A size as mount takes it. */
function size(quantity: string): string {
  return quantity.replace(/i$/, '').toLowerCase();
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The folders of a Python environment: its own, and the one of the Python that it was made with. */
export function pythonFolders(bin: string): string[] {
  return [dirname(bin), dirname(dirname(realpathSync(join(bin, 'python3'))))].filter((folder) => !folder.startsWith('/usr/') && folder !== '/usr');
}

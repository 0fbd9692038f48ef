import { fail } from './errors';
import { NetworkPeer } from './network-peer';
import { dnsSubdomain, show } from './value-checks';

/**
 * What is said of any Git repository.
 */
export interface GitRepositoryOptions {
  /**
   * The Secret with the credentials. It must exist in the namespace of the pods that read it.
   */
  readonly secretName: string;

  /**
   * The addresses that the server may have, in CIDR notation: NetworkPolicies know addresses, not names.
   */
  readonly cidrs: string[];

  /**
   * Where everything of this cluster is in the repository, such as `europe`. Two Kubernetes clusters need two.
   *
   * @default - the root of the repository
   */
  readonly path?: string;
}

/**
 * A Git repository that is reached by SSH.
 */
export interface SshRepositoryOptions extends GitRepositoryOptions {
  /**
   * The keys of the server as lines of `known_hosts`, such as `git.example.com ssh-ed25519 AAAA...`: a server with another key is refused.
   */
  readonly knownHosts: string[];
}

/** What a URL does not need to say. */
const SSH_PORT = 22;
const HTTPS_PORT = 443;

const HOST = '([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::([1-9]\\d{0,4}))?';
const FOLDERS = '[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*';

/**
 * A Git repository that pods write to. It holds the way to its credentials, never a credential.
 *
 * @example
 *
 * delivery.GitRepository.ssh('ssh://git@git.example.com/acme/configuration.git', {
 *   secretName: 'configuration-backup',
 *   knownHosts: ['git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ'],
 *   cidrs: ['10.40.0.0/28'],
 * });
 */
export class GitRepository {
  /**
   * A repository that is reached by SSH, by a key of its own: the Secret holds it as `ssh-privatekey`.
   *
   * Fails on a URL of another form, and on a server whose key is not among `knownHosts`.
   */
  public static ssh(url: string, options: SshRepositoryOptions): GitRepository {
    const where = 'GitRepository.ssh';
    const [, host, port] = new RegExp(`^ssh://[a-z_][a-z0-9_.-]*@${HOST}/${FOLDERS}$`).exec(text(url))
      ?? fail(where, `${showUrl(url)} is not an address of a repository by SSH`, "Write one such as 'ssh://git@git.example.com/acme/configuration.git'");
    const scan = `ssh-keyscan ${port === undefined ? '' : `-p ${port} `}${host}`;
    const known = port === undefined || Number(port) === SSH_PORT ? host : `[${host}]:${port}`;
    const wrong = options.knownHosts.find((line) => !/^\S+ [a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2}$/.test(text(line)));
    if (wrong !== undefined) {
      fail(where, `${show(wrong)} is not a line of known_hosts`, `Write host, type and key as '${scan}' prints them`);
    }
    if (!options.knownHosts.some((line) => line.split(' ')[0].split(',').includes(known))) {
      fail(where, `knownHosts have no key of '${known}', so anybody could answer in its place`, `Add the line that '${scan}' prints, once you have compared it`);
    }
    return new GitRepository(where, url, options, Number(port ?? SSH_PORT), SSH_KEYS, options.knownHosts);
  }

  /**
   * A repository that is reached by HTTPS: the Secret holds `username` and `password`, which may be a token.
   *
   * Fails on a URL of another form, and on one that holds credentials.
   */
  public static https(url: string, options: GitRepositoryOptions): GitRepository {
    const where = 'GitRepository.https';
    if (text(url).includes('@')) {
      // not shown, because that is what it would give away
      fail(where, 'the address holds credentials, and manifests are read by everybody', 'Leave them out, and name a Secret in secretName');
    }
    const [, , port] = new RegExp(`^https://${HOST}/${FOLDERS}$`).exec(text(url))
      ?? fail(where, `${show(url)} is not an https address of a repository`, "Write one such as 'https://git.example.com/acme/configuration.git'");
    return new GitRepository(where, url, options, Number(port ?? HTTPS_PORT), HTTPS_KEYS, []);
  }

  /** Its address. */
  public readonly url: string;

  /** The Secret with its credentials. */
  public readonly secretName: string;

  /** The folder of this cluster in it, an empty text for its root. */
  public readonly path: string;

  /** @internal */
  public readonly _cidrs: readonly string[];

  /** @internal */
  public readonly _port: number;

  /**
   * The keys of the Secret that hold credentials.
   *
   * @internal
   */
  public readonly _secretKeys: readonly string[];

  /** @internal */
  public readonly _knownHosts: readonly string[];

  private constructor(
    where: string, url: string, options: GitRepositoryOptions, port: number, secretKeys: readonly string[], knownHosts: readonly string[],
  ) {
    dnsSubdomain(where, 'secretName', options.secretName);
    if (options.cidrs.length === 0) {
      fail(where, `no address range of '${url}' given, so no network policy could let a backup reach it`, "Name its ranges in cidrs, such as ['10.40.0.0/28']");
    }
    options.cidrs.forEach((cidr) => NetworkPeer.cidr(cidr));
    if (options.path !== undefined && !new RegExp(`^${FOLDERS}$`).test(options.path)) {
      fail(where, `path ${show(options.path)} is not folders joined by '/'`, "Use letters, digits, '-', '_' and '.', such as 'europe'");
    }
    this.url = url;
    this.secretName = options.secretName;
    this.path = options.path ?? '';
    this._cidrs = options.cidrs;
    this._port = port;
    this._secretKeys = secretKeys;
    this._knownHosts = knownHosts;
  }

  /**
   * Its address.
   */
  public toString(): string {
    return this.url;
  }
}

/** As Kubernetes names them in Secrets of the types `kubernetes.io/ssh-auth` and `kubernetes.io/basic-auth`. */
const SSH_KEYS = ['ssh-privatekey'];
const HTTPS_KEYS = ['username', 'password'];

function text(value: string): string {
  return typeof value === 'string' ? value : '';
}

/** A password may stand before an `@`. */
function showUrl(url: string): string {
  return /:[^/]*@/.test(text(url)) ? 'the url' : show(url);
}

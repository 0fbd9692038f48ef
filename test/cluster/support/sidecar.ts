import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadAll } from 'js-yaml';
import { binary } from './binary';
import type { ControlPlane } from './control-plane';
import { type Manifest, toYaml } from './manifest';
import { freePort } from './port';
import { run, Server } from './process';

/** What a service of the platform is to Dapr. */
export interface SidecarOptions {
  readonly controlPlane: ControlPlane;
  readonly folder: string;
  readonly service: string;
  /** Tells replicas of one service apart. */
  readonly replica?: number;
  readonly namespace: string;
  /** The manifests of its environment. */
  readonly manifests: readonly Manifest[];
  /** What stands for the cluster around it: objects that are given beside those of its namespace. */
  readonly resources: readonly Manifest[];
  /** Not for an application that listens on none. */
  readonly applicationPort?: number;
}

/** What Dapr answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Dapr's own sidecar, started with the arguments that Dapr's own injector makes of the rendered pod. */
export class Sidecar {
  /** Chooses where it will listen, so that others can be told before they start. */
  static async prepare(options: SidecarOptions): Promise<Sidecar> {
    return new Sidecar(options, [await freePort(), await freePort(), await freePort(), await freePort(), await freePort()]);
  }

  readonly service: string;
  readonly namespace: string;
  /** Where other sidecars find it. */
  readonly internalAddress: string;
  private server: Server | undefined;

  private constructor(private readonly options: SidecarOptions, private readonly ports: readonly number[]) {
    this.service = options.service;
    this.namespace = options.namespace;
    this.internalAddress = `127.0.0.1:${ports[2]}`;
  }

  /** Starts it, and waits until it and its application are ready. The others are those that it may call. */
  async start(others: readonly Sidecar[]): Promise<void> {
    const { controlPlane, folder, service, replica = 0, namespace, manifests, resources, applicationPort } = this.options;
    const { dapr } = controlPlane;
    const [http, grpc, internal, publicPort, metrics] = this.ports.map(String);
    const workload = manifests.find(({ kind, metadata }) => ['Deployment', 'Job'].includes(kind) && metadata.labels?.app === service && metadata.namespace === namespace)!;
    const container = await injectedContainer(dapr, workload);
    const told = flags(container.args.slice(1));

    const home = join(folder, `${service}-${replica}`);
    mkdirSync(join(home, 'resources'), { recursive: true });
    const ofNamespace = manifests.filter(({ kind, metadata }) => metadata.namespace === namespace && ['Component', 'Subscription', 'Resiliency'].includes(kind));
    [...ofNamespace, ...resources].forEach((manifest, i) => writeFileSync(join(home, 'resources', `${i}.yaml`), toYaml([manifest])));
    const configuration = manifests.find(({ kind, metadata }) => kind === 'Configuration' && metadata.namespace === namespace && metadata.name === told.get('config'))!;
    writeFileSync(join(home, 'configuration.yaml'), toYaml([configuration]));
    writeFileSync(join(home, 'addresses.yaml'), toYaml([addresses(others)]));

    // what would point out of this machine; without a value it is left out, and all else is as the injector writes it
    const replacements: Record<string, string | undefined> = {
      'dapr-http-port': http,
      'dapr-grpc-port': grpc,
      'dapr-internal-grpc-port': internal,
      'dapr-listen-addresses': '127.0.0.1',
      'dapr-public-port': publicPort,
      'mode': 'standalone',
      'control-plane-address': undefined,
      'sentry-address': controlPlane.sentryAddress,
      'placement-host-address': controlPlane.placementAddress,
      'scheduler-host-address': controlPlane.schedulerAddress,
      'app-port': String(applicationPort),
      'metrics-port': metrics,
      'config': join(home, 'configuration.yaml'),
    };
    const args = [...told].filter(([name]) => !(name in replacements) || replacements[name] !== undefined)
      .flatMap(([name, value]) => [`--${name}`, ...(value === undefined ? [] : [replacements[name] ?? value])]);
    args.push(
      '--config', join(home, 'addresses.yaml'), '--resources-path', join(home, 'resources'),
      '--dapr-internal-grpc-listen-address', '127.0.0.1', '--dapr-public-listen-address', '127.0.0.1',
      ...(dapr === '1.14' ? [] : ['--metrics-listen-address', '127.0.0.1']),
    );
    const literal = container.env.filter(({ value }: { value?: string }) => value !== undefined);
    const env = Object.fromEntries(literal.map(({ name, value }: { name: string; value: string }) => [name, value]));
    delete env.DAPR_SCHEDULER_HOST_ADDRESS;
    this.server = Server.start(join(home, 'log'), await binary(`daprd-${dapr}`), args, {
      env: { ...env, DAPR_HOST_IP: '127.0.0.1', DAPR_TRUST_ANCHORS: controlPlane.trustAnchors, DAPR_CONTROLPLANE_TRUST_DOMAIN: 'localhost' },
    });
    for (let tries = 0; (await this.ask('GET', '/v1.0/healthz').catch(() => undefined))?.status !== 204; tries++) {
      this.server.checkAlive();
      if (tries === 300) throw new Error(`the sidecar of ${service} is not healthy:\n${this.server.output()}`);
      await sleep(100);
    }
  }

  /** The messages that it logged at these levels. */
  messages(...levels: string[]): string[] {
    return [...(this.server?.output() ?? '').matchAll(/ level=(\w+) msg=("(?:[^"\\]|\\.)*"|\S+)/g)]
      .filter(([, level]) => levels.includes(level))
      .map(([, , message]) => (message.startsWith('"') ? JSON.parse(message) : message));
  }

  /** Waits until it logged something. */
  async logged(message: RegExp): Promise<void> {
    await this.server!.printed(message);
  }

  /** What the application sends to its sidecar. */
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    // a connection of its own: the sidecar waits at its end for those that clients keep
    const sent = request({ host: '127.0.0.1', port: this.ports[0], path, method, agent: false, headers: { 'content-type': 'application/json', ...headers } });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    const [response] = await once(sent, 'response') as [IncomingMessage];
    return { status: response.statusCode!, body: await text(response) };
  }

  /** What Prometheus reads. */
  async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.ports[4]}/metrics`)).text();
  }

  /** Publishes to one of the partitions of a topic, or to what is none. */
  publish(topic: string, message: unknown): Promise<Answer> {
    return this.ask('POST', `/v1.0/publish/broker-pubsub/${topic}`, message);
  }

  invoke(target: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask('POST', `/v1.0/invoke/${target}/method${path}`, {}, headers);
  }

  /** How it ended by itself. */
  ended(seconds: number): Promise<number | null> {
    return this.server!.exitStatus(seconds);
  }

  async stop(): Promise<void> {
    await this.server?.stop('SIGKILL'); // it would serve on for as long as the rendered pod says
  }
}

async function injectedContainer(dapr: string, workload: Manifest): Promise<any> {
  const pods = loadAll(await run(await binary(`inject-${dapr}`), ['-control-plane-namespace', 'infrastructure'], { input: toYaml([workload]) })) as Manifest[];
  const { containers, initContainers = [] } = pods.find((pod) => pod)!.spec;
  return [...containers, ...initContainers].find(({ name }: { name: string }) => name === 'daprd');
}

/** The flags of a command line in their order, those without a value with undefined. */
function flags(args: readonly string[]): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  args.forEach((arg, i) => {
    if (!arg.startsWith('--')) return;
    const next = args[i + 1];
    found.set(arg.slice(2), next === undefined || next.startsWith('--') ? undefined : next);
  });
  return found;
}

/** What stands for the DNS of a cluster: the address of each sidecar by its application and namespace. */
function addresses(sidecars: readonly Sidecar[]): Manifest {
  const cases = sidecars.map(({ service, namespace, internalAddress }) => `{{if and (eq .ID "${service}") (eq .Namespace "${namespace}")}}${internalAddress}{{end}}`);
  return {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Configuration',
    metadata: { name: 'addresses' },
    spec: { nameResolution: { component: 'kubernetes', version: 'v1', configuration: { template: cases.join('') } } },
  };
}

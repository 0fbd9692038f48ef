import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Manifest } from './manifest';
import { attempt, eventually, type Output, run, Server } from './process';

const TOOLS = resolve(__dirname, '..', '..', '..', '.ci', 'tools.sh');

/**
 * Envoy itself, with the configuration and the arguments of a rendered container. Of both nothing is changed but folders, and that it listens
 * on this machine alone.
 */
export class Envoy {
  readonly folder = mkdtempSync(join(tmpdir(), 'envoy-'));
  private readonly program = join(execFileSync(TOOLS, ['--where-envoy'], { encoding: 'utf8' }).trim(), 'envoy');
  private readonly container: any;
  private server: Server | undefined;
  private generation = 0;

  /** The container of a Deployment, and the folder of its configuration. */
  constructor(manifests: readonly Manifest[], name: string) {
    const [deployment] = manifests.filter(({ kind }) => kind === 'Deployment');
    this.container = deployment.spec.template.spec.initContainers.find((container: any) => container.name === name);
    const { data } = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === `${deployment.metadata.name}-${name}`)!;
    for (const path of ['etc/ambassador', 'tmp']) mkdirSync(join(this.folder, path), { recursive: true });
    for (const [file, text] of Object.entries<string>(data)) writeFileSync(join(this.folder, 'etc/ambassador', file), this.here(text));
  }

  /** What Envoy says of the configuration, with a part of it replaced. */
  async validate(replaced?: [string, string]): Promise<Output> {
    const [, path] = this.container.args;
    const file = this.here(path);
    const text = execFileSync('cat', [file], { encoding: 'utf8' });
    if (replaced) {
      expect(text).toContain(replaced[0]);
      writeFileSync(file, text.replace(...replaced));
    }
    try {
      return await attempt(this.program, ['--mode', 'validate', '--config-path', file]);
    } finally {
      writeFileSync(file, text);
    }
  }

  /** Puts files of a Secret where the kubelet does: in a folder that a link names, so that all of them are replaced at once. */
  provide(secret: string, files: { readonly [key: string]: string }): void {
    const folder = join(this.folder, 'var/run/secrets', secret);
    const generation = `..${++this.generation}`;
    mkdirSync(join(folder, generation), { recursive: true });
    for (const [key, text] of Object.entries(files)) writeFileSync(join(folder, generation, key), text);
    symlinkSync(generation, join(folder, '..data_tmp'));
    renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
    for (const key of Object.keys(files).filter((file) => !readdirSync(folder).includes(file))) symlinkSync(join('..data', key), join(folder, key));
  }

  /** Starts it, and waits until the probe of the kubelet would pass. */
  async start(): Promise<void> {
    this.run();
    await eventually(() => this.ready(), 30);
  }

  run(): void {
    this.server = Server.start(join(this.folder, 'log'), this.program, this.container.args.map((word: string) => this.here(word)));
  }

  /** Fails where the probe of the kubelet would. */
  async ready(): Promise<void> {
    this.server!.checkAlive();
    const { path, port } = this.container.startupProbe.httpGet;
    expect(await this.get(port, path)).toMatchObject({ status: 200 });
  }

  /** Asks the administration, which only this container could. */
  administration(path: string): Promise<string> {
    return run('curl', ['-sS', '--max-time', '5', '--unix-socket', join(this.folder, 'tmp/administration'), `http://administration${path}`]);
  }

  /** Asks a port of the container, which it has by its name, without TLS. */
  get(name: string, path: string, method = 'GET'): Promise<{ status: number; body: string }> {
    const { containerPort: port } = this.container.ports.find((each: any) => each.name === name);
    return new Promise((done, failed) => {
      const asking = request({ host: '127.0.0.1', port, path, method, timeout: 5000 }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => done({ status: answer.statusCode!, body: Buffer.concat(parts).toString() }));
      });
      asking.on('timeout', () => asking.destroy(new Error('no answer')));
      asking.on('error', failed);
      asking.end();
    });
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private here(text: string): string {
    return text.replace(/(?<=^|")\/(?=etc\/ambassador|var\/run\/secrets|tmp\/)/g, `${this.folder}/`).replaceAll('"0.0.0.0"', '"127.0.0.1"');
  }
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { binary } from './support/binary';
import { Cluster } from './support/cluster';
import { eventually, Server } from './support/process';
import { blocksOf } from '../docs/markdown';

const POLICY = blocksOf('docs/secrets.md').find(({ title }) => title === 'audit-policy.yaml')!.text;

describe('the audit policy of docs/secrets.md, by a real API server', () => {
  let cluster: Cluster;
  let audited: Server | undefined;
  let log: string;
  let server: string;

  /** Another API server over the same data, with an audit policy. */
  const start = async (policy: string) => {
    const port = await freePort();
    const file = join(cluster.folder, 'audit-policy.yaml');
    writeFileSync(file, policy);
    log = join(cluster.folder, 'audit.log');
    server = `https://127.0.0.1:${port}`;
    const args = [...commandOf('kube-apiserver', cluster.folder).filter((arg) => !arg.startsWith('--secure-port')), `--secure-port=${port}`];
    audited = Server.start(join(cluster.folder, 'audited.log'), await binary('kubetest-1.36'), ['kube-apiserver', ...args, `--audit-policy-file=${file}`, `--audit-log-path=${log}`]);
    return audited;
  };

  beforeAll(async () => { cluster = await Cluster.start('1.36'); }, 300_000);
  afterEach(() => audited?.stop());
  afterAll(() => cluster?.stop());

  test('tells who touched a Secret and who changed rights, and never what is in a Secret', async () => {
    await start(POLICY);
    const ask = (args: string[], input?: string) => cluster.try([`--server=${server}`, ...args], input);
    await eventually(async () => expect(await ask(['get', '--raw', '/readyz'])).toMatchObject({ stdout: 'ok' }));
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'audited', namespace: 'default' }, stringData: { token: 'not-for-the-log' } };
    expect(await ask(['create', '-f', '-'], JSON.stringify(secret))).toMatchObject({ status: 0 });
    expect(await ask(['get', 'secret', 'audited', '-n', 'default', '-o', 'yaml'])).toMatchObject({ status: 0 });
    expect(await ask(['create', 'role', 'reader', '-n', 'default', '--verb=get', '--resource=configmaps'])).toMatchObject({ status: 0 });
    expect(await ask(['create', 'configmap', 'settings', '-n', 'default', '--from-literal=a=b'])).toMatchObject({ status: 0 });
    expect(await ask(['get', 'configmaps', '-n', 'default'])).toMatchObject({ status: 0 });

    const entries = () => readFileSync(log, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
    await eventually(() => expect(entries().some(({ verb, objectRef }) => verb === 'create' && objectRef?.name === 'settings')).toBe(true));
    const mine = entries().filter(({ userAgent, objectRef }) => userAgent.startsWith('kubectl') && ['secrets', 'roles', 'configmaps'].includes(objectRef?.resource));
    expect(mine.map(({ level, verb, objectRef, requestObject, responseObject }) =>
      [level, verb, `${objectRef.resource}/${objectRef.name}`, requestObject !== undefined, responseObject !== undefined])).toEqual([
      ['Metadata', 'create', 'secrets/audited', false, false],
      ['Metadata', 'get', 'secrets/audited', false, false],
      ['RequestResponse', 'create', 'roles/reader', true, true],
      ['Metadata', 'create', 'configmaps/settings', false, false],
    ]);
    expect(mine.every(({ user, stageTimestamp }) => user.username !== '' && stageTimestamp !== '')).toBe(true);
    expect(readFileSync(log, 'utf8')).not.toContain('not-for-the-log');
    expect(readFileSync(log, 'utf8')).not.toContain(Buffer.from('not-for-the-log').toString('base64'));
  });

  test('is refused when a level is misspelt', async () => {
    const broken = await start(POLICY.replace('level: Metadata', 'level: Metadat'));
    await eventually(() => expect(broken.output().split('\n').filter((line) => !line.includes('FLAG:')).join('\n')).toMatch(/level: .*Metadat/), 30);
  });
});

/** The arguments of a component of a cluster, as the kernel knows them. */
function commandOf(component: string, folder: string): string[] {
  for (const process of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [, name, ...args] = command(process);
    if (name === component && args.some((arg) => arg.includes(folder))) {
      return args.filter((arg) => arg !== '');
    }
  }
  throw new Error(`no ${component} runs in ${folder}`);
}

function command(process: string): string[] {
  try {
    return readFileSync(`/proc/${process}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // it has ended meanwhile
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

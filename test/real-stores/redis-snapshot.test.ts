import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeCertificates } from './certificates';
import type { Container } from './manifests';
import { rendered } from './manifests';
import type { Ended } from './processes';
import { Process, run, until } from './processes';
import { RedisClient } from './redis-client';
import { RedisMembers, SECRETS } from './redis-members';
import { Environment, PlatformProfile, SecretReference, SharedChart } from '../../src';
import { ObjectStorage, RedisCluster, StorageCredentials, StoreDefaults } from '../../src/stores';
import { freePort } from '../cluster/support/port';

const ZONES = ['a', 'a', 'b', 'b', 'c', 'c'];
const WRITER = { 'access-key-id': 'writer', 'secret-access-key': 'of-the-writer' };
const BUCKET = 'acme-backups';
const KEYS = Array.from({ length: 300 }, (_, count) => `k${count}`);

let folder: string;
let port: number;
let redis: RedisMembers;
let client: RedisClient;

const program = (endpoint: string) => rendered((app) => {
  const [,, environment] = Environment.standard();
  const storage = ObjectStorage.s3({
    bucket: BUCKET,
    region: 'eu-central-1',
    replicaRegion: 'eu-west-1',
    cidrs: ['10.20.0.0/24'],
    endpoint,
    credentials: StorageCredentials.secret('backup-writer'),
    readCredentials: StorageCredentials.secret('backup-reader'),
    certificateAuthority: SecretReference.of('object-storage', 'ca.crt'),
  });
  const profile = PlatformProfile.standard().with(StoreDefaults.of({ backups: { storage } }));
  new RedisCluster(new SharedChart(app, 'infrastructure', { profile }), 'redis-prod', { environment });
});
let manifests: ReturnType<typeof program>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
  port = await freePort();
  makeCertificates(join(folder, 'tls'), 'localhost', ['localhost']);
  mkdirSync(join(folder, 'objects', BUCKET), { recursive: true });
  const bin = execFileSync(resolve(__dirname, '../../.ci/tools.sh'), ['--where-storage'], { encoding: 'utf8' }).trim();
  const [cert, key] = ['tls.crt', 'tls.key'].map((file) => join(folder, 'tls', file));
  new Process([join(bin, 'versitygw'), '--port', `127.0.0.1:${port}`, '--cert', cert, '--key', key, '--region', 'eu-central-1', '--quiet', 'posix', join(folder, 'objects')], {
    ROOT_ACCESS_KEY: WRITER['access-key-id'], ROOT_SECRET_KEY: WRITER['secret-access-key'],
  }, { root: true });

  manifests = program(`https://localhost:${port}`);
  redis = new RedisMembers(manifests, 'redis-prod', ZONES);
  redis.startAll();
  expect(await redis.form()).toMatchObject({ status: 0 });
  client = new RedisClient(() => redis.addresses, redis.credentials);
  for (const key_ of KEYS) await client.command(key_, ['SET', `{${key_}}`, `value of ${key_}`], 10);
  write('storage-secrets', WRITER);
  write('scripts', manifests.get('ConfigMap', 'redis-prod-snapshot').data);
  empty('snapshot');
});

afterAll(async () => {
  client?.close();
  await redis?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, files: { readonly [file: string]: string }): void {
  mkdirSync(join(folder, name));
  Object.entries(files).forEach(([file, text]) => writeFileSync(join(folder, name, file), text));
}

/** A new volume. */
function empty(name: string): string {
  const path = join(folder, name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  chmodSync(path, 0o777);
  chmodSync(folder, 0o755);
  return path;
}

/** Runs a container of the CronJob's pod here: nothing but places is changed. */
async function container(name: 'snapshot' | 'upload', changes: { [name: string]: string } = {}, script?: readonly string[]): Promise<Ended> {
  const pod = manifests.get('CronJob', 'redis-prod-snapshot').spec.jobTemplate.spec.template.spec;
  const { command, env }: Container = [...pod.initContainers, ...pod.containers].find((each: any) => each.name === name);
  const places: { [name: string]: string } = {
    AWS_CA_BUNDLE: join(folder, 'tls', 'ca.crt'),
    HOME: empty('home'),
    MEMBERS: redis.addresses.join(' '),
    SECRETS_DIR: join(redis.folder, 'secrets'),
    SNAPSHOT_CONFIG_DIR: join(folder, 'scripts'),
    SNAPSHOT_DIR: join(folder, 'snapshot'),
    STORAGE_DIR: join(folder, 'storage-secrets'),
    TLS_DIR: join(redis.folder, 'tls'),
  };
  const bin = execFileSync(resolve(__dirname, '../../.ci/tools.sh'), ['--where-client'], { encoding: 'utf8' }).trim();
  const values = Object.fromEntries(env.map(({ name: variable, value }) => [variable, places[variable] ?? value!]));
  return run((script ?? command).map((word) => word.replace('/etc/redis-snapshot/', `${folder}/scripts/`)),
    { ...values, PATH: `${bin}:${process.env.PATH}`, ...changes }, 60, { root: true });
}

const archive = () => join(folder, 'objects', BUCKET, 'infrastructure', 'redis-prod');

test('the user that takes snapshots can take them, and read or write nothing', async () => {
  for (const words of [['GET', '{k1}'], ['SET', '{k1}', 'x'], ['CLUSTER', 'RESET'], ['CONFIG', 'GET', '*'], ['INFO'], ['KEYS', '*']]) {
    expect((await redis.cli(0, 'snapshot', SECRETS['snapshot-password'], ...words)).output).toMatch(/^NOPERM/);
  }
});

test('a snapshot of each primary is taken and checked', async () => {
  const { status, output } = await container('snapshot');
  expect({ status, output }).toMatchObject({ status: 0 });
  expect(output).toMatch(/^shard-0\.rdb: 5461 slots of 127\.\S+, \d+ bytes$/m);
  expect(readdirSync(join(folder, 'snapshot')).sort()).toEqual(['SHA256SUMS', 'shard-0.rdb', 'shard-10922.rdb', 'shard-5461.rdb']);
});

test('brought to object storage, it is there under its time; what is older than the retention is gone, and nothing else', async () => {
  const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().replace(/\D/g, '').slice(0, 14);
  const [kept, old] = [day(29), day(31)];
  for (const stamp of [kept, old, 'notes']) {
    mkdirSync(join(archive(), stamp), { recursive: true });
    writeFileSync(join(archive(), stamp, 'shard-0.rdb'), 'x');
  }
  const { status, output } = await container('upload');
  expect({ status, output }).toEqual({ status: 0, output: expect.stringMatching(new RegExp(`^uploaded \\d{14}\nremoved ${old}\n$`)) });
  const [, stamp] = /^uploaded (\d+)$/m.exec(output)!;
  expect(readdirSync(archive()).sort()).toEqual([kept, stamp, 'notes'].sort());
  expect(readdirSync(join(archive(), stamp)).sort()).toEqual(['SHA256SUMS', 'shard-0.rdb', 'shard-10922.rdb', 'shard-5461.rdb']);
  expect(readFileSync(join(archive(), stamp, 'shard-0.rdb'))).toEqual(readFileSync(join(folder, 'snapshot', 'shard-0.rdb')));
});

test('a snapshot is refused, and nothing uploaded, while slots have no primary', async () => {
  const whole = readdirSync(archive()).length;
  const view = await redis.view(0);
  const lost = view.find(({ flags, slots, address }) => flags === 'master' && slots > 0 && address !== redis.addresses[0])!;
  const copies = view.filter(({ id, primary }) => id === lost.id || primary === lost.id).map(({ address }) => redis.addresses.indexOf(address));
  await Promise.all(copies.map((ordinal) => redis.kill(ordinal)));
  await until('the loss is seen', 30, () => container('snapshot'), ({ status, output }) => status === 1 && /^only \d+ of 16384 slots have a primary, so a snapshot would not be whole$/m.test(output));
  expect(readdirSync(archive())).toHaveLength(whole);
});

test('a damaged object is noticed before it is restored', async () => {
  const [stamp] = readdirSync(archive()).filter((name) => existsSync(join(archive(), name, 'SHA256SUMS')));
  const file = join(archive(), stamp, 'shard-0.rdb');
  const good = readFileSync(file);
  writeFileSync(file, 'damaged');
  const { status, output } = await container('upload', { SNAPSHOT_DIR: empty('restored') }, ['/bin/sh', '/etc/redis-snapshot/restore.sh']);
  expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining('shard-0.rdb: FAILED') });
  writeFileSync(file, good);
});

test('restoring says so when there is no snapshot as old as that', async () => {
  expect(await container('upload', { SNAPSHOT_DIR: empty('restored') }, ['/bin/sh', '/etc/redis-snapshot/restore.sh', '20200101000000'])).toEqual({
    status: 1, output: `there is no whole snapshot as old as 20200101000000 in s3://${BUCKET}/infrastructure/redis-prod\n`,
  });
});

test('restoring says so when object storage does not answer', async () => {
  const { status, output } = await container('upload', { SNAPSHOT_DIR: empty('restored'), ENDPOINT_URL: 'https://localhost:1', AWS_MAX_ATTEMPTS: '1' }, ['/bin/sh', '/etc/redis-snapshot/restore.sh']);
  expect({ status, output }).toEqual({ status: 2, output: expect.stringContaining('Could not connect to the endpoint URL') });
});

test('a new cluster begins with the snapshot, and has every key', async () => {
  const restored = empty('restored');
  const got = await container('upload', { SNAPSHOT_DIR: restored }, ['/bin/sh', '/etc/redis-snapshot/restore.sh']);
  expect(got).toEqual({ status: 0, output: expect.stringMatching(/shard-10922\.rdb: OK\n[^]*restored \d{14}\n$/) });
  client.close();
  await redis.dispose();

  redis = new RedisMembers(manifests, 'redis-prod', ZONES);
  // the server of object storage is gone with the cluster; one file to one member each, in different zones
  readdirSync(restored).filter((file) => file.endsWith('.rdb')).forEach((file, index) => {
    const volume = join(redis.folder, `data-${2 * index}`, 'dump.rdb');
    copyFileSync(join(restored, file), volume);
    if (process.getuid?.() === 0) execFileSync('chown', ['65532:65532', volume]);
  });
  redis.startAll();
  expect(await redis.form()).toMatchObject({ status: 0, output: expect.stringMatching(/formed: 3 primaries with 1 replicas each\n$/) });
  client = new RedisClient(() => redis.addresses, redis.credentials);
  for (const key of KEYS) {
    expect(await client.command(key, ['GET', `{${key}}`], 10)).toBe(`value of ${key}`);
  }
  expect(existsSync(join(redis.folder, 'data-0', 'appendonlydir'))).toBe(true);
});

test('Prometheus takes the alerts, and raises one when the newest snapshot is too old', () => {
  const { groups } = manifests.get('PrometheusRule', 'redis-prod-snapshot').spec;
  writeFileSync(join(folder, 'rules.yaml'), JSON.stringify({ groups }));
  const series = 'kube_cronjob_status_last_successful_time{namespace="infrastructure",cronjob="redis-prod-snapshot"}';
  const labels = { severity: 'critical', namespace: 'infrastructure', redis: 'redis-prod' };
  const raised = {
    exp_labels: { ...labels, cronjob: 'redis-prod-snapshot' }, exp_annotations: { summary: 'The newest snapshot of redis-prod is older than 93600 s' },
  };
  writeFileSync(join(folder, 'alerts.yaml'), JSON.stringify({
    rule_files: ['rules.yaml'],
    tests: [{
      interval: '1m',
      input_series: [{ series, values: '0x2000' }],
      alert_rule_test: [
        { eval_time: '26h', alertname: 'RedisSnapshotStale', exp_alerts: [] },
        { eval_time: '27h', alertname: 'RedisSnapshotStale', exp_alerts: [raised] },
      ],
    }, {
      interval: '1m',
      input_series: [{ series: 'up', values: '1x2000' }],
      alert_rule_test: [
        { eval_time: '25h', alertname: 'RedisSnapshotAbsent', exp_alerts: [] },
        {
          eval_time: '27h',
          alertname: 'RedisSnapshotAbsent',
          exp_alerts: [{ exp_labels: { ...labels, cronjob: 'redis-prod-snapshot' }, exp_annotations: { summary: 'No snapshot of redis-prod was brought away for 93600 s' } }],
        },
      ],
    }],
  }));
  expect(execFileSync('promtool', ['test', 'rules', 'alerts.yaml'], { cwd: folder, encoding: 'utf8' })).toContain('SUCCESS');
});

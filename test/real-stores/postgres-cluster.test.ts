import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Duration } from 'cdk8s';
import { postgresManifests } from './manifests';
import type { PostgresWriter, Seen } from './postgres-members';
import { NAME, NAMESPACE, PostgresMembers, SECRETS } from './postgres-members';
import { until } from './processes';
import type { PostgresClusterProps } from '../../src/stores';

/** Small and quick to take a new certificate, and otherwise as it is by default in prod. */
const PROPS: PostgresClusterProps = {
  storage: '5Gi', resources: { memoryRequest: '512Mi', memoryLimit: '512Mi' }, sharedMemory: '64Mi', certificateInterval: Duration.seconds(1),
};

/** Figures of this run, printed at the end: the documentation names them. */
const figures: string[] = [];
const figure = (what: string, seconds: number) => figures.push(`${what}: ${seconds.toFixed(1)} s`);

let postgres: PostgresMembers;

beforeAll(async () => { postgres = await PostgresMembers.start(PROPS); });
afterAll(async () => {
  await postgres?.dispose();
  process.stdout.write(`${figures.join('\n')}\n`);
});

const FOLLOWING = ['quorum_standby', 'sync_standby'];

/** Whether one member writes and both others follow it so that commits may wait for them, in the eyes of one of them. */
function whole(view: readonly Seen[]): boolean {
  return view.length === 3 && view.filter(({ role, state }) => role === 'leader' && state === 'running').length === 1
    && view.filter(({ role, state }) => FOLLOWING.includes(role) && state === 'streaming').length === 2;
}

async function healthy(seconds: number): Promise<number> {
  const views = () => Promise.all(postgres.ordinals.map((ordinal) => postgres.view(ordinal)));
  try {
    return (await until('three members are healthy in the eyes of each', seconds, views, (seen) => seen.every(whole))).seconds;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${postgres.ordinals.map((ordinal) => `---- ${ordinal}\n${postgres.pod(ordinal).process.output.slice(-3000)}`).join('\n')}`);
  }
}

async function leader(): Promise<number> {
  const { seen } = await until('a leader', 60, async () => (await Promise.all(postgres.ordinals.map((ordinal) => postgres.view(ordinal)))).flat()
    .find(({ role, state }) => role === 'leader' && state === 'running'), (found) => found !== undefined);
  return Number(seen!.name.slice(NAME.length + 1));
}

const order = (sql: string) => postgres.query('core_business_order', 'of-order', 'core_business_order', sql);

/** Which of the commits that a writer saw acknowledged are not there. */
async function lost(writer: PostgresWriter, name: string): Promise<number[]> {
  const { output } = await order(`SELECT number FROM written WHERE run = '${name}'`);
  const there = new Set(output.split('\n').map(Number));
  return writer.acknowledged.map(({ number }) => number).filter((number) => !there.has(number));
}

/** Waits until a writer's commits are acknowledged again. */
async function writing(writer: PostgresWriter, seconds: number): Promise<void> {
  const before = writer.acknowledged.length;
  await until('commits are acknowledged', seconds, async () => writer.acknowledged.length - before, (more) => more > 20);
}

describe('three members', () => {
  test('become one cluster, and each says so', async () => {
    postgres.ordinals.forEach((ordinal) => postgres.start(ordinal));
    figure('3 healthy members, from nothing', await healthy(60));
  });

  test('run as they are rendered: command, variables, volumes, user and rights', () => {
    for (const ordinal of postgres.ordinals) {
      const { pid } = postgres.pod(ordinal);
      const { PATRONI_REPLICATION_PASSWORD, PATRONI_REWIND_PASSWORD, PATH, PWD, LC_ALL, ...environment } = postgres.pod(ordinal).environment();
      expect(environment).toEqual({ ...postgres.variables(ordinal), ...postgres.cluster.apiServer() });

      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      expect(status).toMatch(/^CapBnd:\t0+$/m);
      expect(status).toMatch(/^CapPrm:\t0+$/m);
      expect(postgres.pod(ordinal).exec(postgres.spec, 'id', '-un')).toBe('postgres\n');
      expect(postgres.pod(ordinal).exec(postgres.spec, 'id', '-u')).toBe('65532\n');

      // root of the mount, place, options
      const mounts = readFileSync(`/proc/${pid}/mountinfo`, 'utf8').trim().split('\n').map((line) => line.split(' '));
      const options = (place: string) => mounts.filter(([,,,, at]) => at === place).pop()?.[5].split(',')[0];
      expect(options('/')).toBe('ro');
      for (const { mountPath, readOnly } of postgres.container.volumeMounts) {
        expect([mountPath, options(mountPath.replace('/var/run/', '/run/'))]).toEqual([mountPath, readOnly ? 'ro' : 'rw']);
      }
    }
    // nothing but addresses differs from the manifest
    const rendered = Object.fromEntries(postgres.container.env!.map(({ name, value }) => [name, value]));
    const differing = Object.entries(postgres.variables(0)).filter(([name, value]) => rendered[name] !== value && !name.startsWith('KUBERNETES_'));
    expect(differing.map(([name, value]) => [name, value.replaceAll(postgres.address(0), '$(POD_IP)').replace(`${NAME}-0.`, '$(PATRONI_NAME).')])
      .filter(([name, value]) => rendered[name] !== value)).toEqual([['POD_IP', '$(POD_IP)'], ['PATRONI_NAME', `${NAME}-0`]]);
  });

  test('answer the rendered probes', async () => {
    for (const ordinal of postgres.ordinals) {
      for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
        const { path, scheme, port } = (postgres.container as any)[probe].httpGet;
        expect([scheme, port]).toEqual(['HTTPS', 'https-patroni']);
        expect(await postgres.ask(ordinal, path)).toMatchObject({ status: 0 });
      }
    }
  });

  test('are led to by Services: to the one that writes, and to the others', async () => {
    const writes = await leader();
    await until('the Service leads to the primary', 20, () => postgres.endpoints(NAME), (seen) => seen.join() === `${writes}`);
    expect(await postgres.endpoints(`${NAME}-replicas`)).toEqual(postgres.ordinals.filter((ordinal) => ordinal !== writes));
  });
});

describe('the Job', () => {
  const PROVIDED = ['core_business_order', 'core_business_payment'];

  test('makes a database and a user for each service, and does nothing more when it runs again', async () => {
    for (const result of ['was provided', 'is as it should be']) {
      const { status, output } = await postgres.databases();
      expect({ status, output }).toEqual({ status: 0, output: PROVIDED.map((name) => `${name} ${result}\n`).join('') });
    }
    expect((await order('SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles WHERE rolname LIKE \'core%\' ORDER BY 1')).output)
      .toBe(PROVIDED.map((name) => `${name}|f|f|f|f\n`).join(''));
    expect((await order('CREATE TABLE written (run text, number int, PRIMARY KEY (run, number))')).status).toBe(0);
  });

  test('keeps services out of each other\'s databases, and out of those of the cluster', async () => {
    for (const database of ['core_business_payment', 'postgres', 'template1']) {
      const { status, output } = await postgres.query('core_business_order', 'of-order', database, 'SELECT 1');
      expect({ database, status, output }).toEqual({ database, status: 2, output: expect.stringContaining(`permission denied for database "${database}"`) });
    }
    expect(await order('SELECT pg_has_role(\'administrator\', \'core_business_order\', \'MEMBER\')')).toMatchObject({ status: 0, output: 'f\n' });
  });
});

describe('access', () => {
  test('needs TLS, its authority and the password', async () => {
    const refused = async (user: string, password: string, options = {}) => (await postgres.query(user, password, 'core_business_order', 'SELECT 1', options)).output;
    expect(await refused('core_business_order', 'of-order', { sslmode: 'disable' })).toMatch(/no pg_hba.conf entry for host .*, no encryption/);
    expect(await refused('core_business_order', 'wrong')).toMatch(/password authentication failed/);
    expect(await refused('core_business_order', 'of-order', { host: 'elsewhere.example.com' })).toMatch(/server certificate for .* does not match host name/);
  });

  test('has no superuser but by the socket of the pod, and no replication for services', async () => {
    expect((await postgres.query('postgres', 'any', 'postgres', 'SELECT 1')).output).toMatch(/pg_hba.conf rejects connection/);
    expect((await postgres.query('replication', 'of-the-members', 'postgres', 'SELECT 1')).output).toMatch(/pg_hba.conf rejects connection/);
    expect((await postgres.query('core_business_order', 'of-order', 'core_business_order replication=true', 'IDENTIFY_SYSTEM')).output).toMatch(/no pg_hba.conf entry for replication connection/);
    expect(postgres.pod(0).exec(postgres.spec, 'psql', '-h', '/run/postgresql', '-U', 'postgres', '-XAtc', 'SELECT current_user')).toBe('postgres\n');
    expect(() => postgres.pod(0).exec(postgres.spec, 'psql', '-h', '/run/postgresql', '-U', 'core_business_order', '-XAtc', 'SELECT 1')).toThrow(/no pg_hba.conf entry for host "\[local\]"/);
  });

  test('to what Patroni does needs a certificate of the cluster', async () => {
    const { status, output } = await postgres.ask(0, '/restart', '--request', 'POST', '--data', '{}');
    expect({ status, output }).toEqual({ status: 22, output: expect.stringContaining('client certificate required') });
  });

  test('leaves no credential on a command line', () => {
    const lines = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    });
    expect(lines.filter((line) => line.includes('/etc/patroni/patroni.yaml'))).not.toEqual([]);
    const secrets = Object.values(SECRETS).flatMap((keys) => Object.values(keys));
    expect(lines.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
  });

  test('goes on with a certificate that was renewed, of another authority too, after seconds in which it could not be read, without a restart', async () => {
    await postgres.renewCertificate(Duration.millis(2500));
    await until('the new certificate is served', 20, async () => (await order('SELECT 1')).status, (status) => status === 0);
    await healthy(20);
  });
});

describe('the ConfigMaps of Patroni', () => {
  const states = ['config', 'failover', 'leader', 'sync'];
  const configMaps = async (): Promise<any[]> => (await postgres.cluster.get('configmaps', '-n', NAMESPACE)).items;

  test('are the rendered ones, and members patch their annotations', async () => {
    const kept = (await configMaps()).filter(({ metadata }) => states.some((state) => metadata.name === `${NAME}-${state}`));
    const annotations = Object.fromEntries(kept.map(({ metadata }) => [metadata.name.slice(NAME.length + 1), Object.keys(metadata.annotations)]));
    expect(annotations.config).toEqual(expect.arrayContaining(['config', 'initialize']));
    expect(annotations.leader).toEqual(expect.arrayContaining(['leader', 'optime', 'renewTime', 'ttl']));
    expect(annotations.sync).toEqual(expect.arrayContaining(['leader', 'sync_standby']));
  });

  test('keep what members write when the manifests are applied again', async () => {
    const settled = (all: any[]) => Object.fromEntries(all.map(({ metadata: { name, annotations = {} } }) => {
      const { renewTime: _time, optime: _lsn, ...settings } = annotations;
      return [name, settings];
    }));
    const before = settled(await configMaps());
    const { status, stderr } = await postgres.cluster.apply(postgresManifests(PROPS));
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(settled(await configMaps())).toEqual(before);
  });

  test('cannot be created by members, so none of them can ask another cluster for a failover', async () => {
    const may = async (...words: string[]) => (
      (await postgres.cluster.try(['auth', 'can-i', ...words, '-n', NAMESPACE, '--as', `system:serviceaccount:${NAMESPACE}:${NAME}`])).status === 0);
    expect(await may('create', 'configmaps')).toBe(false);
    expect(await may('patch', 'configmaps/postgresql-other-failover')).toBe(false);
    expect(await may('patch', `configmaps/${NAME}-failover`)).toBe(true);
  });
});

describe('the primary', () => {
  test('that is lost with its node under load is replaced: no acknowledged commit is lost, and the next pod follows', async () => {
    const writer = postgres.writer('killed');
    await writing(writer, 20);
    const gone = await leader();
    await postgres.lose(gone);
    await writing(writer, 60);
    const next = await leader();
    figure('the Service leads to the new primary, so long after it writes',
      (await until('the Service leads to the new primary', 20, () => postgres.endpoints(NAME), (seen) => seen.includes(next))).seconds);
    postgres.start(gone);
    figure('3 healthy members, from the start of the pod that replaces the killed one', await healthy(60));
    await writer.stop();
    figure('longest pause of commits when the primary is killed (ttl 20 s)', writer.longestPause);
    expect(writer.longestPause).toBeLessThan(30);
    const missing = await lost(writer, 'killed');
    figures.push(`acknowledged commits lost when the primary was killed: ${missing.length} of ${writer.acknowledged.length}`);
    expect(missing).toEqual([]);
  });

  test('hands over first when it is stopped, and a member that starts again brings new settings to all', async () => {
    postgres.configure({ ...PROPS, strict: true, parameters: { work_mem: '8MB' } });
    const writer = postgres.writer('stopped');
    await writing(writer, 20);
    const leaving = await leader();
    await postgres.pod(leaving).stop();
    await writing(writer, 30);
    await writer.stop();
    figure('longest pause of commits when the primary is stopped', writer.longestPause);
    expect(writer.longestPause).toBeLessThan(5);
    expect(await lost(writer, 'stopped')).toEqual([]);
    postgres.start(leaving);
    await healthy(60);
    await until('the new settings hold for the primary too', 20, async () => (await order('SHOW work_mem')).output, (seen) => seen === '8MB\n');
  });
});

describe('in strict mode', () => {
  test('commits wait when no other member is left, and none is lost although the last primary then is, with its volume', async () => {
    const writer = postgres.writer('strict');
    await writing(writer, 20);
    const primary = await leader();
    const [first, second] = postgres.ordinals.filter((ordinal) => ordinal !== primary);
    await postgres.lose(first);
    await writing(writer, 30);
    await postgres.lose(second);
    await sleep(1000);
    const before = writer.acknowledged.length;
    await sleep(4000);
    expect(writer.acknowledged.length).toBe(before);

    await postgres.lose(primary);
    postgres.remake(primary);
    [first, second].forEach((ordinal) => postgres.start(ordinal));
    // nobody knows that nothing was written without them: so nobody takes the place of the primary unless he is told to
    await until('there is no primary', 40, () => postgres.view(second), (view) => view.length > 0 && view.every(({ role, state }) => role === 'replica' && state === 'running'));
    const { output } = await postgres.ask(second, '/patroni');
    expect(JSON.parse(output).role).toBe('replica');
    postgres.pod(second).exec(postgres.spec, 'patronictl', '-c', '/etc/patroni/patroni.yaml', 'failover', '--candidate', `${NAME}-${second}`, '--force');
    await writing(writer, 60);
    await writer.stop();
    const missing = await lost(writer, 'strict');
    figures.push(`strict: acknowledged commits lost when all were killed and the volume of the primary was lost: ${missing.length} of ${writer.acknowledged.length}`);
    expect(missing).toEqual([]);

    postgres.start(primary);
    figure('3 healthy members, from the start of one with an empty volume', await healthy(60));
  });
});

test('never was anything refused by the API server', () => {
  expect(postgres.logs.filter((line) => /HTTP response.*403|[Ff]orbidden/.test(line))).toEqual([]);
  expect(postgres.logs.filter((line) => line.includes('Lock owner'))).not.toEqual([]);
});

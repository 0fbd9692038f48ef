import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkCloudNativePg, type CloudNativePgValues } from './cloud-native-pg/cloud-native-pg-checks';
import { PostgresEngine } from './postgres-engine';
import type { PostgresSettings } from './postgres-settings';
import { section } from '../../profile/section';
import { Stage } from '../../profile/stage';
import { fail } from '../../values/errors';
import { PINS } from '../../values/image-pins';
import { oneOf } from '../../values/one-of';
import { Quantity } from '../../values/quantity';
import { Resources } from '../../values/resources';
import { Tier } from '../../values/tier';
import { plainText, show, wholeNumber, wholeSeconds } from '../../values/value-checks';

/** The settings with every default in place. An image has none: nobody else builds one that fits. */
export type PostgresValues = Required<Omit<PostgresSettings, 'image' | 'cloudNativePg'>> & Pick<PostgresSettings, 'image'> & {
  readonly cloudNativePg: CloudNativePgValues;
};

export const SYNCHRONOUS_MODES = ['quorum', 'on', 'off'];

/** With fewer, a commit that waits for another member waits for the one that may be lost. */
const FEWEST_SYNCHRONOUS = 3;
/** The least that Patroni takes. */
const SHORTEST = { ttl: 20, loopWait: 1, retryTimeout: 3 };
/** In a loop that is as late as it may be, the API server and PostgreSQL may each take so long once. */
const RETRIES_IN_TTL = 2;

/** Parameters that the platform decides itself, each with the setting that says it. */
const DECIDED: { readonly [parameter: string]: string } = {
  archive_command: 'a backup',
  archive_mode: 'a backup',
  archive_timeout: 'a backup',
  listen_addresses: 'nothing: a member listens at the address of its pod',
  port: 'postgresql.port',
  shared_buffers: 'postgresql.sharedBuffersPercent',
  ssl: 'nothing: connections are always encrypted',
  synchronous_commit: 'postgresql.synchronousMode',
  synchronous_standby_names: 'postgresql.synchronousMode',
};

/** Fails where the cluster could not run as it is said. */
export function checkPostgres(where: Construct | string, postgres: PostgresValues): void {
  const whole = (field: keyof PostgresSettings, min: number, max?: number) => wholeNumber(where, postgres[field] as number, min, max, `postgresql.${field}`);
  const seconds = (field: 'probeInterval' | 'probeTimeout' | 'startTimeout' | 'shutdown' | 'primaryStartTimeout' | 'certificateInterval' | 'databasesTimeout', min: number) =>
    wholeSeconds(where, `postgresql.${field}`, postgres[field], min);
  oneOf(where, 'postgresql.synchronousMode', postgres.synchronousMode, SYNCHRONOUS_MODES);
  oneOf(where, 'postgresql.zoneSpread', postgres.zoneSpread, ['DoNotSchedule', 'ScheduleAnyway']);
  whole('port', 1, 65535);
  whole('instances', 1);
  checkInstances(where, postgres);
  checkTimings(where, postgres);
  whole('sharedBuffersPercent', 1, 40);
  whole('probeFailures', 1);
  (['probeInterval', 'probeTimeout', 'startTimeout', 'certificateInterval', 'databasesTimeout'] as const).forEach((field) => seconds(field, 1));
  (['shutdown', 'primaryStartTimeout'] as const).forEach((field) => seconds(field, 0));
  Quantity._of('storage', where, 'postgresql.storage', postgres.storage);
  Quantity._of('memory', where, 'postgresql.maximumLag', postgres.maximumLag);
  checkMemory(where, postgres);
  checkCloudNativePg(where, postgres.cloudNativePg);
  Object.entries(postgres.parameters).forEach(([name, value]) => checkParameter(where, name, value));
}

function checkInstances(where: Construct | string, { instances, synchronousMode, strict }: PostgresValues): void {
  if (instances % 2 === 0) {
    const lost = instances / 2 - 1;
    fail(where, `postgresql.instances ${instances} is even: as with ${instances - 1}, ${lost} of them may be lost before no majority holds every commit`,
      `Use ${instances - 1} or ${instances + 1}`);
  }
  if (synchronousMode === 'off') {
    if (strict) {
      fail(where, "postgresql.strict waits for other members, and postgresql.synchronousMode 'off' waits for none", "Use synchronousMode 'quorum', or leave strict out");
    }
    return;
  }
  if (instances < FEWEST_SYNCHRONOUS) {
    fail(where, `postgresql.synchronousMode '${synchronousMode}' needs ${FEWEST_SYNCHRONOUS} members, and postgresql.instances is ${instances}: `
      + 'a commit has nobody to wait for', `Use instances ${FEWEST_SYNCHRONOUS}, or synchronousMode 'off'`);
  }
}

function checkTimings(where: Construct | string, postgres: PostgresValues): void {
  const [ttl, loopWait, retryTimeout] = (['ttl', 'loopWait', 'retryTimeout'] as const)
    .map((field) => wholeSeconds(where, `postgresql.${field}`, postgres[field], SHORTEST[field]));
  const needed = loopWait + RETRIES_IN_TTL * retryTimeout;
  if (needed > ttl) {
    fail(where, `postgresql.loopWait ${loopWait} s and ${RETRIES_IN_TTL} x postgresql.retryTimeout ${retryTimeout} s are more than postgresql.ttl ${ttl} s, `
      + 'so a healthy primary could lose its place', `Use a ttl of Duration.seconds(${needed}) or more`);
  }
}

function checkMemory(where: Construct | string, postgres: PostgresValues): void {
  const limit = memoryLimit(where, postgres);
  const shared = Quantity._of('memory', where, 'postgresql.sharedMemory', postgres.sharedMemory);
  const buffers = sharedBuffers(where, postgres);
  if (buffers + shared._units >= limit._units) {
    fail(where, `postgresql.sharedMemory ${shared} and ${postgres.sharedBuffersPercent} percent of memoryLimit ${limit} for shared_buffers leave no memory for connections`,
      'Raise memoryLimit or lower sharedMemory');
  }
}

function checkParameter(where: Construct | string, name: string, value: string): void {
  if (!/^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?$/.test(name)) {
    fail(where, `${show(name)} of postgresql.parameters is not the name of a parameter`, "Write one in small letters, such as 'work_mem'");
  }
  const setting = Object.hasOwn(DECIDED, name) ? DECIDED[name] : name.startsWith('ssl_') ? DECIDED.ssl : undefined;
  if (setting !== undefined) {
    fail(where, `postgresql.parameters has '${name}', which is decided by ${setting}`, 'Leave it out');
  }
  if (typeof value !== 'string') {
    fail(where, `expected '${name}' of postgresql.parameters to be text, got ${show(value)}`, `Write '${String(value)}'`);
  }
  plainText(where, `postgresql.parameters.${name}`, value);
}

/** How many bytes PostgreSQL's own cache takes. */
export function sharedBuffers(where: Construct | string, postgres: PostgresValues): bigint {
  return memoryLimit(where, postgres)._units * BigInt(postgres.sharedBuffersPercent) / 100n;
}

function memoryLimit(where: Construct | string, postgres: PostgresValues): Quantity {
  const limit = Resources._partial(where, postgres.resources)._amounts.memoryLimit;
  return limit ?? fail(where, 'postgresql.resources has no memoryLimit, so nobody knows how large its cache may be', "Give one, such as '2Gi'");
}

/** PostgreSQL clusters that the platform runs itself. */
export const POSTGRES_SETTINGS = section<PostgresValues>('postgresql', () => ({
  engine: PostgresEngine.STATEFUL_SET,
  // nobody else builds one that fits: images/postgresql/Dockerfile
  image: undefined,
  port: 5432,
  instances: 3,
  synchronousMode: 'quorum',
  strict: false,
  storage: '100Gi',
  storageClass: '',
  resources: {
    cpuRequest: '1',
    cpuLimit: '1',
    memoryRequest: '2Gi',
    memoryLimit: '2Gi',
    ephemeralStorageRequest: '256Mi',
    ephemeralStorageLimit: '256Mi',
  },
  databasesResources: {
    cpuRequest: '100m',
    cpuLimit: '100m',
    memoryRequest: '128Mi',
    memoryLimit: '128Mi',
    ephemeralStorageRequest: '64Mi',
    ephemeralStorageLimit: '64Mi',
  },
  tier: Tier.CRITICAL,
  zoneSpread: 'DoNotSchedule',
  ttl: Duration.seconds(20),
  loopWait: Duration.seconds(5),
  retryTimeout: Duration.seconds(5),
  primaryStartTimeout: Duration.seconds(30),
  maximumLag: '1Mi',
  sharedBuffersPercent: 25,
  sharedMemory: '256Mi',
  parameters: {
    max_connections: '200',
    // a member that was away for a while follows without a copy of everything, and one that never comes back does not fill the disk
    max_slot_wal_keep_size: '10GB',
    wal_keep_size: '1GB',
  },
  probeInterval: Duration.seconds(10),
  probeTimeout: Duration.seconds(5),
  probeFailures: 3,
  startTimeout: Duration.seconds(300),
  shutdown: Duration.seconds(60),
  certificateInterval: Duration.seconds(60),
  databasesTimeout: Duration.seconds(300),
  cloudNativePg: {
    operatorPods: { namespace: 'cnpg-system', label: 'app.kubernetes.io/name', values: ['cloudnative-pg'] },
    image: PINS.postgresql.image,
    // recovery from the log after a crash, which the operator itself gives an hour
    startTimeout: Duration.seconds(3600),
    pooler: {
      instances: 0,
      // each version of the operator has its own
      image: undefined,
      clientConnections: 1000,
      poolSize: 20,
      resources: {
        cpuRequest: '100m',
        cpuLimit: '500m',
        memoryRequest: '128Mi',
        memoryLimit: '128Mi',
        ephemeralStorageRequest: '64Mi',
        ephemeralStorageLimit: '64Mi',
      },
    },
    cluster: {},
  },
}), {
  check: checkPostgres,
  openKeys: ['parameters'],
  openContent: ['cloudNativePg.cluster'],
  stages: {
    [Stage.DEVELOPMENT]: {
      instances: 1,
      synchronousMode: 'off',
      storage: '20Gi',
      resources: { cpuRequest: '250m', cpuLimit: '250m', memoryRequest: '1Gi', memoryLimit: '1Gi' },
    },
    [Stage.STAGING]: { resources: { cpuRequest: '500m', cpuLimit: '500m', memoryRequest: '1Gi', memoryLimit: '1Gi' } },
  },
});

import type { Construct } from 'constructs';
import type { CloudNativePgSettings, PoolerSettings } from './cloud-native-pg-settings';
import { fail } from '../../../values/errors';
import { Resources } from '../../../values/resources';
import { wholeNumber, wholeSeconds } from '../../../values/value-checks';

/** The settings with every default in place. PgBouncer's image is the operator's where none is named. */
export type CloudNativePgValues = Required<Omit<CloudNativePgSettings, 'pooler'>> & {
  readonly pooler: Required<Omit<PoolerSettings, 'image'>> & Pick<PoolerSettings, 'image'>;
};

/** One pod of PgBouncer would be what stands between all services and a database that outlives the loss of a member. */
const FEWEST_POOLERS = 2;

/** Backups that the operator made itself: deprecated with CloudNativePG 1.26, in favour of the plug-in. */
const IN_TREE_FIELD = 'barmanObjectStore';
export const BARMAN_PLUGIN = 'barman-cloud.cloudnative-pg.io';

/** Fields of a Cluster that settings of this library decide, each with the setting. */
const DECIDED: { readonly [field: string]: string } = {
  'affinity': 'spread of the platform profile',
  'certificates': 'nothing: the Secret <id>-tls holds them',
  'enablePDB': 'nothing: a drain must leave the primary',
  'imageName': 'postgresql.image',
  'inheritedMetadata': 'nothing: policies select pods by it',
  'instances': 'postgresql.instances',
  'managed.roles': 'who uses the cluster',
  'plugins': 'backups of the platform profile',
  'postgresql.parameters': 'postgresql.parameters',
  'postgresql.pg_hba': 'nothing: each service reaches its own database, by TLS',
  'postgresql.synchronous': 'postgresql.synchronousMode and postgresql.strict',
  'priorityClassName': 'postgresql.tier',
  'resources': 'postgresql.resources',
  'storage': 'postgresql.storage and postgresql.storageClass',
  'topologySpreadConstraints': 'postgresql.zoneSpread',
};

/** Fails where CloudNativePG could not run a cluster as it is said. */
export function checkCloudNativePg(where: Construct | string, { startTimeout, pooler, cluster }: CloudNativePgValues): void {
  const name = 'postgresql.cloudNativePg';
  wholeSeconds(where, `${name}.startTimeout`, startTimeout, 1);
  wholeNumber(where, pooler.instances, 0, undefined, `${name}.pooler.instances`);
  wholeNumber(where, pooler.clientConnections, 1, undefined, `${name}.pooler.clientConnections`);
  wholeNumber(where, pooler.poolSize, 1, undefined, `${name}.pooler.poolSize`);
  Resources._partial(where, pooler.resources);
  if (pooler.instances > 0 && pooler.instances < FEWEST_POOLERS) {
    fail(where, `${name}.pooler.instances ${pooler.instances} is the only way to the database, which is lost with its node`, `Use ${FEWEST_POOLERS} or more, or 0 for none`);
  }
  refuseInTree(where, `${name}.cluster`, cluster);
  const decided = Object.keys(DECIDED).find((field) => has(cluster, field.split('.')));
  if (decided !== undefined) {
    fail(where, `${name}.cluster has '${decided}', which is decided by ${DECIDED[decided]}`, 'Leave it out');
  }
}

/** Fails on a backup by CloudNativePG itself, wherever in a manifest it is. */
export function refuseInTree(where: Construct | string, place: string, fields: unknown): void {
  const path = inTree(fields);
  if (path !== undefined) {
    fail(where, `${place}.${path} is the backup that CloudNativePG made itself, which is deprecated since 1.26 and to be removed`,
      `Leave it out: backups of the platform profile with a storage go by the plug-in ${BARMAN_PLUGIN}, which needs an ObjectStore and no field but plugins`);
  }
}

/** Where such a field is. */
function inTree(fields: unknown): string | undefined {
  if (typeof fields !== 'object' || fields === null) {
    return undefined;
  }
  for (const [key, value] of Object.entries(fields)) {
    if (key === IN_TREE_FIELD || (key === 'method' && value === IN_TREE_FIELD)) {
      return key;
    }
    const below = inTree(value);
    if (below !== undefined) {
      return `${key}.${below}`;
    }
  }
  return undefined;
}

function has(fields: unknown, [first, ...rest]: string[]): boolean {
  return typeof fields === 'object' && fields !== null && Object.hasOwn(fields, first)
    && (rest.length === 0 || has((fields as { [field: string]: unknown })[first], rest));
}

import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import type { Manifest } from '../manifests/manifest';

export const HIDDEN_STATE: RuleDescription = {
  id: 'MS-CHANGE-003',
  severity: Severity.WARNING,
  why: 'A Dapr state component with another key prefix, version or table does not find the state that is there.',
  fix: 'Keep the former value, such as by stateMetadata, or migrate the state before you apply.',
};

/** Fields of state components that tell where state is, besides the address of the store, and their defaults in Dapr. */
const PLACE: Readonly<Record<string, string>> = {
  keyprefix: 'appid',
  keyprefixpath: '',
  tablename: 'state',
  tableprefix: '',
  schemaname: 'dbo',
  redisdb: '0',
  databasename: 'daprStore',
  collectionname: 'daprCollection',
  database: '',
  collection: '',
  table: '',
  containername: '',
  bucketname: '',
};

interface Field {
  readonly name: string;
  readonly value?: unknown;
}

/** What makes state invisible that a Dapr component has written. */
export function hiddenState(before: Manifest, after: Manifest): string[] {
  if (after.qualifiedKind !== 'Component.dapr.io' || !typeOf(after).startsWith('state.')) {
    return [];
  }
  const changes = [
    ...typeOf(before) === typeOf(after) ? [] : [`type from ${typeOf(before)} to ${typeOf(after)}`],
    ...before.spec?.version === after.spec?.version ? [] : [`version from ${before.spec?.version} to ${after.spec?.version}`],
    ...typeOf(before) === typeOf(after) ? Object.keys(PLACE).flatMap((field) => {
      const [was, is] = [valueOf(before, field), valueOf(after, field)];
      return was.value === is.value ? [] : [`${is.name ?? was.name} from '${was.value}' to '${is.value}'`];
    }) : [],
  ];
  return changes.map((change) => `changes ${change}`);
}

function typeOf({ spec }: Manifest): string {
  return `${spec?.type ?? ''}`;
}

function valueOf({ spec }: Manifest, field: string): { readonly name?: string; readonly value: string } {
  const found = ((spec?.metadata ?? []) as readonly Field[]).find(({ name }) => name.toLowerCase() === field);
  return { name: found?.name, value: found?.value === undefined ? PLACE[field] : `${found.value}` };
}

import type { Construct } from 'constructs';
import { BACKUP_SETTINGS } from './backup-section';
import type { StorageCredentials } from './storage-credentials';
import { recordLate } from '../../checks/registry';
import type { RuleDescription } from '../../checks/rule';
import { Severity } from '../../checks/severity';
import type { ServiceGroup } from '../../core/service-group';
import { rootOf, TreeValue } from '../../values/tree-value';

export const SHARED_CREDENTIALS: RuleDescription = {
  id: 'MS-BACKUP-005',
  severity: Severity.WARNING,
  why: 'Stores of several environments use the same credentials for backups, so a pod of one environment can read or delete the backups of another.',
  fix: 'Give the stores of each environment a namespace with a Secret of its own, or name other credentials in backups.storage of each environment.',
};

/** By what identifies credentials, the environments whose stores use them. */
const USERS = new TreeValue<Map<string, Set<string>>>('backup-credentials');

/** Records the credentials by which a store is backed up, and that environments share them. */
export function recordBackupCredentials(construct: Construct, group: ServiceGroup, environment = group.environment): void {
  const { namespace, profile } = group;
  const { storage } = BACKUP_SETTINGS.of(profile);
  if (!storage || !environment) {
    return;
  }
  const users = USERS.ensure(rootOf(construct), () => new Map());
  const credentials = [storage.options.credentials, storage.options.readCredentials].flatMap((each) => each ?? []);
  credentials.forEach((each) => usersOf(users, each, namespace).add(environment.name));
  recordLate(construct, SHARED_CREDENTIALS, () => credentials.flatMap((each) => {
    const others = [...usersOf(users, each, namespace)].filter((name) => name !== environment.name).sort();
    return others.length === 0 ? [] : [`shares ${nameOf(each)} with stores of ${others.map((name) => `'${name}'`).join(' and ')}`];
  }));
}

function usersOf(users: Map<string, Set<string>>, { secretName, _annotations }: StorageCredentials, namespace: string): Set<string> {
  const key = secretName === undefined ? JSON.stringify(Object.entries(_annotations).sort()) : `${namespace}/${secretName}`;
  const known = users.get(key) ?? new Set();
  users.set(key, known);
  return known;
}

function nameOf({ secretName, _annotations }: StorageCredentials): string {
  return secretName === undefined ? `the identity ${Object.values(_annotations).sort().join(', ')}` : `the Secret '${secretName}'`;
}


import type { Construct } from 'constructs';
import { ConnectionIndex } from '../../core/connection-index';
import type { ServiceGroup } from '../../core/service-group';
import { describe } from '../../values/errors';
import { ADMISSION_SETTINGS } from '../admission-settings';

/** Namespaces in which the same is done about an offender, by the name of that. */
export type Coverage = ReadonlyMap<string, { readonly actions: string[]; readonly namespaces: string[] }>;

/** The namespaces of all services of the program, and further ones that follow the profile where the policies stand. */
export function coverageOf(scope: Construct, { profile: own }: ServiceGroup, further: readonly string[] = []): Coverage {
  const found = new Map<string, { actions: string[]; namespaces: string[] }>();
  const covered = [
    ...ConnectionIndex.of(scope).groups.filter(({ environment }) => environment),
    ...further.map((namespace) => ({ namespace, profile: own })),
  ];
  for (const { namespace, profile } of covered) {
    const actions = [...ADMISSION_SETTINGS.of(profile).actions].sort();
    const name = actions.join('-').toLowerCase();
    const { namespaces } = found.get(name) ?? { namespaces: [] };
    found.set(name, { actions, namespaces: [...new Set([...namespaces, namespace])].sort() });
  }
  return found;
}

export function coverageErrors(coverage: Coverage): string[] {
  return coverage.size > 0 ? []
    : [describe('holds in no namespace, because the program has no ServiceChart', 'Name namespaces of other programs, or leave it out')];
}

/** Selects namespaces by a label that the server sets, so that nobody takes one out by removing it. */
export function namespacesNamed(namespaces: string[]): { matchExpressions: { key: string; operator: string; values: string[] }[] } {
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: namespaces }] };
}

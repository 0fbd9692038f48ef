import { acknowledgementsIn, silenced } from './acknowledgement';
import type { Finding } from './finding';
import { isBelow } from './path';
import { productionIn } from './production';
import type { Registry } from './registry';
import { Report } from './report';
import type { IRule, RuleDescription } from './rule';
import type { Violation } from './violation';
import type { ManifestSet } from '../manifests/manifest-set';

/**
 * Checks manifests.
 *
 * @param builtIn the rules of this library
 * @param registry what the program that rendered the manifests says, if there is one
 * @param today the day as YYYY-MM-DD, by which expiry is judged; without one, nothing expires
 */
export function judge(manifests: ManifestSet, builtIn: readonly IRule[], registry?: Registry, today?: string): Report {
  const rules = [...builtIn.map((rule) => ({ rule, path: '' })), ...registry?.rules ?? []];
  const isProduction = productionIn(manifests, registry?.trials ?? []);
  const findings = [
    ...rules.flatMap(({ rule, path }) => rule.check(manifests)
      .filter(({ manifest }) => isBelow(path, manifest.place.path) && (!rule.productionOnly || isProduction(manifest)))
      .map((violation) => toFinding(rule, violation))),
    ...[...registry?.recorded ?? [], ...(registry?.late ?? []).flatMap((facts) => facts())].map(({ rule, path, problem }): Finding => ({ rule, place: `[${path || 'App'}]`, path, problem })),
  ];
  return new Report(silenced(findings, [...registry?.acknowledgements ?? [], ...manifests.all.flatMap(acknowledgementsIn)], today));
}

function toFinding({ id, severity, why, fix }: RuleDescription, { manifest, field, problem }: Violation): Finding {
  return { rule: { id, severity, why, fix }, place: `${manifest}`, path: manifest.place.path, field, problem };
}

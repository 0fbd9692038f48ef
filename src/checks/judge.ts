import { acknowledgementsIn, silenced } from './acknowledgement';
import type { Finding } from './finding';
import { isBelow } from './path';
import { productionIn } from './production';
import type { Registry } from './registry';
import { Report } from './report';
import type { IRule, RuleDescription } from './rule';
import { OLD_PIN, oldPins } from './rules/old-pin';
import type { Violation } from './violation';
import { clustersOf } from '../manifests/clusters';
import type { ManifestSet } from '../manifests/manifest-set';

/**
 * Checks manifests.
 *
 * @param builtIn the rules of this library
 * @param registry what the program that rendered the manifests says, if there is one
 * @param today the day as YYYY-MM-DD, by which expiry and the age of images are judged; without one, nothing expires or is old
 */
export function judge(manifests: ManifestSet, builtIn: readonly IRule[], registry?: Registry, today?: string): Report {
  const rules = [...builtIn.map((rule) => ({ rule, path: '' })), ...registry?.rules ?? []];
  const isProduction = productionIn(manifests, registry?.trials ?? []);
  const clusters = clustersOf(manifests);
  const findings = [
    ...rules.flatMap(({ rule, path }) => distinct(clusters.flatMap((cluster) => rule.check(cluster)))
      .filter(({ manifest }) => isBelow(path, manifest.place.path) && (!rule.productionOnly || isProduction(manifest)))
      .map((violation) => toFinding(rule, violation))),
    ...today === undefined ? [] : oldPins(manifests, today).map((violation) => toFinding(OLD_PIN, violation)),
    ...[...registry?.recorded ?? [], ...(registry?.late ?? []).flatMap((facts) => facts())].map(({ rule, path, problem }): Finding => ({ rule, place: `[${path || 'App'}]`, path, problem })),
  ];
  return new Report(silenced(findings, [...registry?.acknowledgements ?? [], ...manifests.all.flatMap(acknowledgementsIn)], today));
}

/** Without what a rule finds in manifests that belong to several clusters more than once. */
function distinct(violations: readonly Violation[]): Violation[] {
  const seen = new Map<Violation['manifest'], Set<string>>();
  return violations.filter(({ manifest, field, problem }) => {
    const known = seen.get(manifest) ?? new Set<string>();
    const key = JSON.stringify([field, problem]);
    const isNew = !known.has(key);
    seen.set(manifest, known.add(key));
    return isNew;
  });
}

function toFinding({ id, severity, why, fix }: RuleDescription, { manifest, field, problem }: Violation): Finding {
  return { rule: { id, severity, why, fix }, place: `${manifest}`, path: manifest.place.path, field, problem };
}

import { HIDDEN_STATE, hiddenState } from './hidden-state';
import { immutableChanges } from './immutable-fields';
import { type Refusal, synthesisError } from './refusal';
import { removedMembers } from './removed-members';
import { shrunkVolumes } from './shrunk-volumes';
import type { Finding } from '../checks/finding';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import { volumesOf } from '../graph/capacity/volumes';
import type { Manifest } from '../manifests/manifest';
import { ManifestSet } from '../manifests/manifest-set';

/** What the manifests of a file change in those that they replace. */
export interface ManifestChanges {
  /** Why the file must not replace the former one. */
  readonly refusals: readonly string[];
  /** What somebody must do besides applying it. */
  readonly findings: readonly Finding[];
}

export const LARGER_CLAIM: RuleDescription = {
  id: 'MS-CHANGE-001',
  severity: Severity.WARNING,
  why: 'A StatefulSet keeps the size of its claims, so the API server refuses a larger one.',
  fix: "Expand each claim with 'kubectl patch pvc', run 'kubectl delete statefulset --cascade=orphan', then apply.",
};

export const REPLICAS_HANDED_OVER: RuleDescription = {
  id: 'MS-CHANGE-002',
  severity: Severity.WARNING,
  why: "An autoscaler takes over a fixed number of replicas, and the first 'kubectl apply' without that number scales to 1.",
  fix: "Remove spec.replicas with 'kubectl apply edit-last-applied' before you apply. Argo CD needs no step.",
};

const REFUSALS = [shrunkVolumes, removedMembers, immutableChanges];

/** What a cluster refuses of the change of an object, or makes with a loss of data. */
export function refusalsOf(before: Manifest, after: Manifest): Refusal[] {
  return REFUSALS.flatMap((refusals) => refusals(before, after));
}

/** Compares manifests with the text of the file that they replace. */
export function changesOf(text: string, manifests: readonly Manifest[]): ManifestChanges {
  const before = new Map(read(text).map((manifest) => [manifest.id, manifest]));
  const pairs = manifests.flatMap((after) => before.has(after.id) ? [{ before: before.get(after.id)!, after }] : []);
  return {
    refusals: pairs.flatMap(({ before: former, after }) => refusalsOf(former, after).map((refusal) => synthesisError(refusal, after))),
    findings: pairs.flatMap((pair) => [
      ...largerClaims(pair.before, pair.after),
      ...handedOver(pair.before, pair.after),
      ...hiddenState(pair.before, pair.after).map((problem) => finding(HIDDEN_STATE, pair.after, problem)),
    ]),
  };
}

function largerClaims(before: Manifest, after: Manifest): Finding[] {
  const sizes = new Map(volumesOf(before));
  return after.qualifiedKind !== 'StatefulSet.apps' ? [] : volumesOf(after).flatMap(([volume, size]) => {
    const was = sizes.get(volume);
    return was && size._exceeds(was) ? [finding(LARGER_CLAIM, after, `grows '${volume}' from ${was} to ${size}`)] : [];
  });
}

function handedOver(before: Manifest, after: Manifest): Finding[] {
  const isScaled = ['Deployment.apps', 'StatefulSet.apps', 'Rollout.argoproj.io'].includes(after.qualifiedKind);
  const was = isScaled ? before.spec?.replicas as number | undefined : undefined;
  return was === undefined || was <= 1 || after.spec?.replicas !== undefined ? [] : [finding(REPLICAS_HANDED_OVER, after, `had ${was} replicas`)];
}

function finding(rule: RuleDescription, manifest: Manifest, problem: string): Finding {
  return { rule, place: `${manifest}`, path: manifest.place.path, problem };
}

function read(text: string): readonly Manifest[] {
  try {
    return ManifestSet.parse({ before: text }).all;
  } catch {
    // what others wrote there is replaced
    return [];
  }
}

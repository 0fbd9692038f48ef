import type { IRule, RuleDescription } from '../../checks/rule';
import { Severity } from '../../checks/severity';
import type { Violation } from '../../checks/violation';
import type { Manifest } from '../../manifests/manifest';

export const UNPROBED: RuleDescription = {
  id: 'MS-AVAIL-010',
  severity: Severity.ERROR,
  why: 'A container that keeps running has no liveness or no readiness probe, so admission policies refuse its pods.',
  fix: "Set both, by Probe.exec(...) where it has no port, or remove 'probes' from admission.rules of the platform profile.",
};

/** Owners of pods that admission policies look at. Knative asks for readiness itself. */
const OWNERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout'];

/**
 * The rule that containers have the probes that admission policies require.
 *
 * @param trees the paths of the constructs whose pods the policies are for, once all are known
 */
export function probeRule(trees: () => string[]): IRule {
  return {
    ...UNPROBED,
    check: (manifests) => trees().flatMap((tree) => manifests.below(tree)).filter(({ kind }) => OWNERS.includes(kind)).flatMap(unprobed),
  };
}

function unprobed(manifest: Manifest): Violation[] {
  const containers: any[] = manifest.podTemplate.spec?.containers ?? [];
  return containers.flatMap(({ name, livenessProbe, readinessProbe }) => {
    const missing = [...livenessProbe ? [] : ['liveness'], ...readinessProbe ? [] : ['readiness']];
    return missing.length === 0 ? [] : [{ manifest, problem: `has no ${missing.join(' and no ')} probe of the container '${name}'` }];
  });
}

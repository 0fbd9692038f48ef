import { containerRange, quantityIn } from '../../graph/capacity/amounts';
import { podSetsOf } from '../../graph/capacity/pod-sets';
import type { Manifest } from '../../manifests/manifest';
import type { ManifestSet } from '../../manifests/manifest-set';
import type { IRule } from '../rule';
import { Severity } from '../severity';
import type { Violation } from '../violation';

export const CONTAINER_OUT_OF_RANGE: IRule = {
  id: 'MS-CAP-003',
  severity: Severity.ERROR,
  why: 'A container is outside the LimitRange of its namespace, so the API server refuses its pods.',
  fix: 'Change the resources of the container, or the LimitRange.',
  check: (manifests) => manifests.of('LimitRange', '').flatMap((range) => outOfRange(range, manifests)),
};

function outOfRange({ namespace = '', name }: Manifest, manifests: ManifestSet): Violation[] {
  const range = containerRange(manifests, namespace);
  return range === undefined ? [] : podSetsOf(manifests, namespace).flatMap(({ manifest, amounts: { running, starting } }) => {
    const problems = [...running, ...starting.map(([first]) => first)].flatMap((amounts) => (['cpu', 'memory'] as const).flatMap((kind) => {
      const [most, least] = [quantityIn(kind, range.max?.[kind]), quantityIn(kind, range.min?.[kind])];
      const [limit, request] = [amounts[`${kind}Limit`], amounts[`${kind}Request`]];
      return [
        ...most && limit?._exceeds(most) ? [`has a container with a ${kind} limit of ${limit}, and the LimitRange '${name}' allows ${most} at most`] : [],
        ...least && request && least._exceeds(request) ? [`has a container with a ${kind} request of ${request}, and the LimitRange '${name}' allows ${least} at least`] : [],
      ];
    }));
    return [...new Set(problems)].map((problem) => ({ manifest, problem }));
  });
}

import { show } from '../../values/value-checks';
import { isDuration, metricsOf, templatesInUse } from '../analyses';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const INVALID_DURATION: IRule = {
  id: 'MS-ROLL-003',
  severity: Severity.ERROR,
  why: 'A Rollout or its analysis waits for a text that is no duration, so Argo Rollouts refuses it.',
  fix: "Write seconds as a number, or a text such as '5m'.",
  check: (manifests) => [
    ...manifests.of('Rollout', 'argoproj.io').flatMap((manifest) => (manifest.spec.strategy?.canary?.steps ?? [])
      .map(({ pause }: any, index: number) => ({ manifest, field: `/spec/strategy/canary/steps/${index}/pause/duration`, duration: pause?.duration }))),
    ...templatesInUse(manifests).flatMap((manifest) => metricsOf(manifest).flatMap(({ metric, field }) => ['interval', 'initialDelay']
      .map((name) => ({ manifest, field: `${field}/${name}`, duration: metric[name] })))),
  ].filter(({ duration }) => duration !== undefined && !isDuration(duration))
    .map(({ manifest, field, duration }) => ({ manifest, field, problem: `waits for ${show(duration)}, which is no duration` })),
};

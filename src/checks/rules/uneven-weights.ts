import type { IRule } from '../rule';
import { Severity } from '../severity';

/** The share at which nothing of the old version is left. */
const WHOLE = 100;

export const UNEVEN_WEIGHTS: IRule = {
  id: 'MS-ROLL-002',
  severity: Severity.ERROR,
  why: `The weights of a canary do not rise to ${WHOLE}.`,
  fix: `Make each step larger than the one before it, and the last ${WHOLE}.`,
  check: (manifests) => manifests.of('Rollout', 'argoproj.io').filter(({ spec }) => spec.strategy?.canary !== undefined).flatMap((manifest) => {
    const weights: number[] = (manifest.spec.strategy.canary.steps ?? []).flatMap(({ setWeight }: any) => setWeight ?? []);
    const rises = weights[weights.length - 1] === WHOLE && weights.every((weight, index) => index === 0 || weight > weights[index - 1]);
    return rises ? [] : [{
      manifest, field: '/spec/strategy/canary/steps', problem: `has ${weights.length === 0 ? 'no weights' : `the weights ${weights.join(', ')}`}, which do not rise to ${WHOLE}`,
    }];
  }),
};

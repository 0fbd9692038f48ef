import type * as k8s from '../../imports/k8s';
import { shared } from '../values/shared';

/** How fast replicas come and go: all of them at once, once in a period, so that the periods and windows alone decide. */
export const scaleBehavior = shared((
  scaling: { readonly scaleUpPeriodSeconds: number; readonly scaleDownWindowSeconds: number },
): k8s.HorizontalPodAutoscalerBehaviorV2 => {
  const policies = [{ type: 'Percent', value: 100, periodSeconds: scaling.scaleUpPeriodSeconds }];
  return {
    scaleUp: { stabilizationWindowSeconds: 0, policies },
    scaleDown: { stabilizationWindowSeconds: scaling.scaleDownWindowSeconds, policies },
  };
});

import { section } from '../profile/section';
import type { VerticalScalingOptions } from '../values/vertical-scaling';
import { checkVerticalScaling } from '../values/vertical-scaling';

/** The range of recommended requests. */
export const VERTICAL_SCALING_SETTINGS = section<Required<VerticalScalingOptions>>('verticalScaling', () => ({
  resources: ['cpu', 'memory'],
  min: { cpu: '100m', memory: '128Mi' },
  max: { cpu: '2000m', memory: '4Gi' },
}), { check: checkVerticalScaling });

import type { Construct } from 'constructs';
import type { PipelineValues } from './pipeline-settings';
import { recordFinding } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';

export const MOVING_PIPELINE_IMAGE: RuleDescription = {
  id: 'MS-PIPE-001',
  severity: Severity.WARNING,
  why: 'An image that runs with a credential of the pipeline is pinned by its tag, which whoever owns the image may move.',
  fix: 'Set pipeline.images to the digest that your registry shows.',
};

/** Records images of the pipeline itself that get credentials and have no digest. */
export function recordMovingImages(pipeline: Construct, { images }: PipelineValues): void {
  const moving = Object.entries(images).filter(([, image]) => !`${image}`.includes('@'));
  for (const [name, image] of moving.sort(([one], [other]) => one < other ? -1 : 1)) {
    recordFinding(pipeline, MOVING_PIPELINE_IMAGE, `pipeline.images.${name} is ${image}`);
  }
}

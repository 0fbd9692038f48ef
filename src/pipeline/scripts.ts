import { APPROVAL_SCRIPTS } from './scripts/approval';
import { DEPLOYMENT_SCRIPTS } from './scripts/deployment';
import { IMAGE_SCRIPTS } from './scripts/image';
import { RELEASE_SCRIPTS } from './scripts/release';
import { STEP_SCRIPTS } from './scripts/step';

/** All scripts by their names, each of which every engine runs in the same way. */
export const PIPELINE_SCRIPTS: { readonly [name: string]: string } = {
  ...APPROVAL_SCRIPTS, ...DEPLOYMENT_SCRIPTS, ...IMAGE_SCRIPTS, ...RELEASE_SCRIPTS, ...STEP_SCRIPTS,
};

import type { Manifest } from '../manifests/manifest';
import { describe } from '../values/errors';

/** A change of a manifest that a cluster does not make, or not without loss. */
export interface Refusal {
  readonly problem: string;
  /** What to do instead, or first. */
  readonly fix: string;
  /** Whether the fix prepares the change, so that it can be made afterwards. */
  readonly preparesChange: boolean;
}

/** The refusal as synthesis reports it, which compares with the files that it wrote before. */
export function synthesisError({ problem, fix, preparesChange }: Refusal, { place: { file = 'the file' } }: Manifest): string {
  return describe(problem, preparesChange ? `${fix}. Then remove '${file}' from the output folder and synthesize again` : fix);
}

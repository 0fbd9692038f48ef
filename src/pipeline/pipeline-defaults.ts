import type { IConstruct } from 'constructs';
import { PIPELINE_SETTINGS } from './pipeline-section';
import type { PipelineSettings } from './pipeline-settings';
import { ProfileDefaults } from '../profile/profile-defaults';
import { settingsInForce } from '../profile/settings-in-force';

/**
 * Changes to the defaults of delivery pipelines. What is left out stays as it was.
 */
export interface PipelineDefaultsProps {
  /** How a change gets from a commit into an environment. */
  readonly pipeline?: PipelineSettings;
}

/** The sections of `PipelineDefaultsProps`. */
export const PIPELINE_SECTIONS = {
  pipeline: PIPELINE_SETTINGS,
};

/**
 * The defaults of delivery pipelines.
 *
 * @example
 *
 * PlatformProfile.standard().with(pipeline.PipelineDefaults.of({ pipeline: { severities: ['CRITICAL'] } }));
 */
export class PipelineDefaults {
  /**
   * Changes for `PlatformProfile.with` and `Environment.with`.
   */
  public static of(changes: PipelineDefaultsProps): ProfileDefaults {
    return ProfileDefaults._of('PipelineDefaults.of', PIPELINE_SECTIONS, changes);
  }

  /**
   * All settings in force for a construct, none of them undefined.
   */
  public static inForce(scope: IConstruct): PipelineDefaultsProps {
    return settingsInForce(PIPELINE_SECTIONS, scope);
  }

  private constructor() {}
}

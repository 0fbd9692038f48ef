import type { IConstruct } from 'constructs';
import { PlatformProfile } from './platform-profile';
import { ProfileDefaults } from './profile-defaults';
import { Section } from './section';
import { Stage } from './stage';
import { fail } from '../values/errors';

/**
 * The defaults of a capability of your own.
 */
export interface ProfileSectionProps {
  /**
   * The value of every setting. Structs may be nested.
   */
  readonly defaults: { [setting: string]: any };

  /**
   * Settings that differ in environments of the stage `Stage.DEVELOPMENT`.
   *
   * @default - none
   */
  readonly development?: { [setting: string]: any };

  /**
   * Settings that differ in environments of the stage `Stage.STAGING`.
   *
   * @default - none
   */
  readonly staging?: { [setting: string]: any };

  /**
   * Settings that differ in environments of the stage `Stage.PRODUCTION`.
   *
   * @default - none
   */
  readonly production?: { [setting: string]: any };
}

/**
 * Settings of a capability of your own. The platform profile keeps them, and environments change them, like those of this library.
 *
 * @example
 *
 * const CASSANDRA = new ProfileSection('cassandra', { defaults: { nodes: 3, storage: '50Gi' }, development: { nodes: 1 } });
 * const organisation = PlatformProfile.standard().with(CASSANDRA.with({ storage: '200Gi' }));
 */
export class ProfileSection {
  private readonly section: Section<{ [setting: string]: any }>;

  /**
   * Defines a section.
   *
   * @param name unique among all sections, such as `cassandra`
   */
  constructor(public readonly name: string, props: ProfileSectionProps) {
    const { defaults, development, staging, production } = props;
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
      fail('ProfileSection', `'${name}' is not the name of a section`, "Write it in camel case, such as 'cassandra'");
    }
    this.section = new Section(name, () => defaults, {
      stages: { [Stage.DEVELOPMENT]: development, [Stage.STAGING]: staging, [Stage.PRODUCTION]: production },
    });
  }

  /**
   * Changes for `PlatformProfile.with` and `Environment.with`. Merged field by field; a setting that `defaults` does not have is an error.
   */
  public with(changes: { [setting: string]: any }): ProfileDefaults {
    return ProfileDefaults._of(`ProfileSection '${this.name}'`, { [this.name]: this.section }, { [this.name]: changes });
  }

  /**
   * The settings in force for a construct.
   */
  public of(scope: IConstruct): { [setting: string]: any } {
    return this.section.of(PlatformProfile.of(scope));
  }

  /**
   * Who set a setting: `PlatformProfile.standard`, the place of a change, or an environment.
   *
   * @param setting the dotted name below the section, such as `storage`
   */
  public explain(scope: IConstruct, setting: string): string {
    this.of(scope);
    return PlatformProfile.of(scope)._origin(`${this.name}.${setting}`);
  }
}

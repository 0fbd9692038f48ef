import { checkKey } from './merge';
import type { Section } from './section';

/** The sections that a struct of changes may name. */
export type Sections = { readonly [name: string]: Section<any> };

/**
 * Changes to the defaults of some capabilities, for `PlatformProfile.with` and `Environment.with`.
 *
 * Made by `StoreDefaults.of`, `WorkloadDefaults.of`, `GatewayDefaults.of` and their like, and by `ProfileSection.with`.
 */
export class ProfileDefaults {
  /**
   * Changes of sections by their names. Fails on a name that is none of them.
   *
   * @internal
   */
  public static _of(origin: string, sections: Sections, changes: object): ProfileDefaults {
    const named = Object.entries(changes).filter(([, change]) => change !== undefined);
    named.forEach(([name]) => checkKey(sections, name, '', origin, { keys: [], content: [] }));
    return new ProfileDefaults(origin, named.map(([name, change]) => [sections[name], change]));
  }

  private constructor(
    /** @internal */
    public readonly _origin: string,
    /** @internal */
    public readonly _changes: ReadonlyArray<readonly [section: Section<any>, changes: unknown]>,
  ) {}
}

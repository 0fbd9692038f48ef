import type { IConstruct } from 'constructs';
import { PlatformProfile } from './platform-profile';
import type { Sections } from './profile-defaults';
import type { Section } from './section';

/** The values of sections. */
type Values<S extends Sections> = { readonly [name in keyof S]: S[name] extends Section<infer T> ? T : never };

/** The settings of sections in force for a construct, by the names of the sections. */
export function settingsInForce<S extends Sections>(sections: S, scope: IConstruct): Values<S> {
  const profile = PlatformProfile.of(scope);
  return Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, section.of(profile)])) as Values<S>;
}

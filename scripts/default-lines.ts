import { show } from './default-tables';
import { ALL_SECTIONS } from './sections';

/** A default that is a value of the profile: `@default - the profile's \`etcd.size\` (3)`. The value is what this file writes. */
const LINE = /@default - (?:the profile's )?`([a-z][\w.]*)`(?: of the platform profile in force)?(?: \([^)\n]*\))?/g;

/** Longer values are left to docs/defaults.md, and so is one that would end the comment, as a schedule may. */
const LONGEST_VALUE = 60;

/** A source file in which each default that names a setting of the profile also names its value. */
export function withDefaults(source: string): string {
  return source.replace(LINE, (line, path: string) => {
    const value = valueAt(path);
    if (value === undefined) {
      return line;
    }
    const text = show(value.value);
    return `@default - the profile's \`${path}\`${text.length > LONGEST_VALUE || text.includes('*/') ? '' : ` (${text.replaceAll('(', '[').replaceAll(')', ']')})`}`;
  });
}

/** The standard value of a setting, or undefined where the path names none. */
function valueAt(path: string): { readonly value: unknown } | undefined {
  const [name, ...fields] = path.split('.');
  if (!Object.hasOwn(ALL_SECTIONS, name)) {
    return undefined;
  }
  let value: unknown = ALL_SECTIONS[name as keyof typeof ALL_SECTIONS].standard;
  for (const field of fields) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[field];
  }
  return { value };
}

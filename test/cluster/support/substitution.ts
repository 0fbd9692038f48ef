import type { Manifest } from './manifest';

/** Every string of a manifest in which a text occurs, with the text replaced. */
export function substitute(manifest: Manifest, replacements: Readonly<Record<string, string>>): Manifest {
  const within = (value: unknown): unknown => {
    if (typeof value === 'string') return replacements[value] ?? value;
    if (Array.isArray(value)) return value.map(within);
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, within(field)]));
    return value;
  };
  return within(manifest) as Manifest;
}

/** What differs between two values, as `path: before -> after`. */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  if (before && after && typeof before === 'object' && typeof after === 'object') {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differences((before as any)[name], (after as any)[name], `${path}.${name}`));
  }
  return before === after ? [] : [`${path.slice(1)}: ${before} -> ${after}`];
}

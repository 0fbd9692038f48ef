import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';

const DIST = resolve(__dirname, '..', '..', 'dist');

export interface Container {
  readonly command: string[];
  readonly env: { readonly name: string; readonly value?: string }[];
  readonly livenessProbe: { readonly exec: { readonly command: string[] } };
  readonly readinessProbe: { readonly exec: { readonly command: string[] } };
  readonly startupProbe: { readonly exec: { readonly command: string[] } };
  readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: string[] } } };
}

/** The manifests of one file of dist/, by kind and name. */
export function readManifest(file: string, kind: string, name: string): any {
  const objects = loadAll(readFileSync(join(DIST, file), 'utf8')) as any[];
  const found = objects.find((each) => each.kind === kind && each.metadata.name === name);
  if (!found) {
    throw new Error(`${file} has no ${kind} ${name}`);
  }
  return found;
}

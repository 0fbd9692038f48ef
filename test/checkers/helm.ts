import { execFileSync, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './manifests';

const ROOT = resolve(__dirname, '..', '..');

/** The charts of the reference platform. */
export const CHARTS = join(ROOT, 'examples/shop/charts');

/** The version that the reference platform is rendered for. */
const KUBERNETES = '1.36';

const program = join(execFileSync(join(ROOT, '.ci/tools.sh'), ['--where-helm'], { encoding: 'utf8' }).trim(), 'helm');

/** How a command of Helm ended. */
export interface HelmOutput {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function helm(...args: string[]): HelmOutput {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return { status, stdout, stderr };
}

/** The arguments that name the files of an environment, in the order of their rank. */
export function valuesOf(chart: string, environment: string): string[] {
  return ['values-base.yaml', `environments/${environment}/values.yaml`, `environments/${environment}/tag.yaml`].flatMap((file) => ['--values', join(chart, file)]);
}

/** Renders a chart for an environment. */
export function template(chart: string, environment: string, ...args: string[]): HelmOutput {
  return helm('template', 'release', chart, '--kube-version', KUBERNETES, ...valuesOf(chart, environment), ...args);
}

/** The objects that Helm rendered, as a reader of YAML 1.1 takes them, by kind, namespace and name. */
export function objectsIn(output: HelmOutput): Map<string, Manifest> {
  if (output.status !== 0) {
    throw new Error(output.stderr);
  }
  return byName(documentsOf(output.stdout) as Manifest[]);
}

export function byName(objects: readonly Manifest[]): Map<string, Manifest> {
  const found = new Map(objects.map((object) => [`${object.apiVersion} ${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`, object]));
  if (found.size !== objects.length) {
    throw new Error('two objects have one name');
  }
  return found;
}

export function documentsOf(text: string): unknown[] {
  const documents = parseAllDocuments(text, { version: '1.1' });
  return Array.from(documents as Iterable<{ errors: Error[]; toJS(): unknown }>, (document) => {
    if (document.errors.length > 0) {
      throw document.errors[0];
    }
    return document.toJS();
  }).filter((document) => document !== null);
}

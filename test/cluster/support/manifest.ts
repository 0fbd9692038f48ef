import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import { run } from './process';

const ROOT = resolve(__dirname, '..', '..', '..');

/** An object of the API. What a test does not look at has no type. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string>; [field: string]: any };
  [field: string]: any;
}

/** The reference platform as it is committed, which is rendered for Kubernetes 1.36 and Dapr 1.18. */
export const DIST = join(ROOT, 'dist');

/** Renders an example for other versions into a folder: the reference platform, unless another is named. */
export async function render(folder: string, kubernetesVersion: string, daprVersion: string, example = 'shop'): Promise<void> {
  await run(join(ROOT, 'node_modules/.bin/tsx'), [`examples/${example}/main.ts`], {
    cwd: ROOT,
    env: { SHOP_KUBERNETES_VERSION: kubernetesVersion, SHOP_DAPR_VERSION: daprVersion, CDK8S_OUTDIR: folder },
  });
}

/** The manifest files of a folder and of those in it, those of namespaces first. */
export function manifestFiles(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).sort();
  const ofNamespace = (file: string) => file.endsWith('namespace.k8s.yaml');
  return [...files.filter(ofNamespace), ...files.filter((file) => !ofNamespace(file))].map((file) => join(folder, file));
}

export function readManifests(...files: string[]): Manifest[] {
  return files.flatMap((file) => loadAll(readFileSync(file, 'utf8')) as Manifest[]);
}

export function toYaml(manifests: readonly object[]): string {
  return manifests.map((manifest) => dump(manifest)).join('---\n');
}

/** `kind namespace/name`, or `kind name` where there is no namespace. */
export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
}

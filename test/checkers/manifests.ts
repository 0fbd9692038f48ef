import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { CRDS } from '../../scripts/crds';

const root = resolve(__dirname, '..', '..');

/** The reference platform as it is committed, and the program that renders it. */
export const DIST = resolve(root, process.env.CHECKS_DIST ?? 'dist');

/** What is committed, and the command that renders it. */
export interface Example {
  readonly name: string;
  readonly dist: string;
  readonly command: string;
}

export const EXAMPLES: readonly Example[] = [
  { name: 'the reference platform', dist: DIST, command: process.env.CHECKS_RENDER ?? 'node lib/examples/shop/main.js' },
  { name: 'an API and its worker', dist: join(root, 'examples/api-and-worker/dist'), command: 'node lib/examples/api-and-worker/main.js' },
];

/** What the checks read of a manifest. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: any;
}

export function manifestFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.k8s.yaml'))
    .map((file) => join(folder, file))
    .sort();
}

export function readManifests(folder: string): Manifest[] {
  return manifestFiles(folder).flatMap((file) => loadAll(readFileSync(file, 'utf8')) as Manifest[]).filter(Boolean);
}

/** Renders an example into a folder for a minor version of Kubernetes, because newer fields need a newer server. */
export function render({ command }: Example, kubernetesVersion: string, folder: string): void {
  const [program, ...args] = command.split(' ');
  execFileSync(program, args, {
    cwd: root,
    env: { ...process.env, SHOP_KUBERNETES_VERSION: kubernetesVersion, CDK8S_OUTDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** The objects that make pods, whatever their kind. */
export function workloads(manifests: readonly Manifest[]): Manifest[] {
  return manifests.filter(({ kind, spec }) => kind === 'Pod' || (spec?.jobTemplate?.spec ?? spec)?.template?.spec?.containers);
}

/** The custom resources whose types are in imports/, each as `<apiVersion> <kind>`. Their schemas are left to the API server. */
export function customKinds(): Set<string> {
  const folder = process.env.CRDS_DIR;
  if (!folder) {
    throw new Error('CRDS_DIR: expected the folder of CRDs, but it is not set');
  }
  return new Set(CRDS.flatMap(({ file, kinds }) => (loadAll(readFileSync(join(folder, file), 'utf8')) as any[])
    .filter((crd) => crd?.kind === 'CustomResourceDefinition' && kinds.includes(crd.spec.names.kind))
    .flatMap(({ spec: { group, names, versions } }) => versions.map(({ name }: any) => `${group}/${name} ${names.kind}`))));
}

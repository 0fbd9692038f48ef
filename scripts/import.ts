/**
 * Generates imports/ from the CRDs in the folder that CRDS_DIR names, and from cdk8s-plus-27: `CRDS_DIR=<folder> npm run import`.
 * What is imported is in the tables of `crds.ts`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import { CRDS, type CrdSelection, KUBERNETES_SPECS } from './crds';
import { plainTypes } from './plain-types';
import { reduceCrd, type Crd } from './reduce-crd';

const target = resolve(__dirname, '..', 'imports');

try {
  main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function main(): void {
  const source = crdsFolder();
  const work = mkdtempSync(join(tmpdir(), 'import-'));
  try {
    const generated = [...CRDS.map((selection) => generate(selection, source, work)), kubernetes()];
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target);
    for (const [file, code] of generated) {
      writeFileSync(join(target, file), code);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function crdsFolder(): string {
  const folder = process.env.CRDS_DIR;
  if (!folder || !existsSync(folder)) {
    const given = folder ? `'${folder}' does not exist` : 'it is not set';
    throw new Error(`CRDS_DIR: expected the folder that holds ${CRDS.map((crd) => crd.file).join(', ')}, but ${given}.`);
  }
  return folder;
}

/** The types of Kubernetes itself, copied from cdk8s-plus-27, so that only a build needs that package. */
function kubernetes(): [string, string] {
  const module = join(dirname(require.resolve('cdk8s-plus-27/package.json')), 'lib', 'imports', 'k8s');
  const types = plainTypes(readFileSync(`${module}.d.ts`, 'utf8'), readFileSync(`${module}.js`, 'utf8'), KUBERNETES_SPECS);
  return ['k8s.ts', `${heading('cdk8s-plus-27')}${types}`];
}

/** Reduces one file of CRDs and lets `cdk8s import` write its TypeScript: the name of the module's file, and its code. */
function generate(selection: CrdSelection, source: string, work: string): [string, string] {
  const path = join(source, selection.file);
  if (!existsSync(path)) {
    throw new Error(`${path} does not exist. Add the file to CRDS_DIR, or correct scripts/crds.ts.`);
  }
  const crds = (loadAll(readFileSync(path, 'utf8')) as Crd[])
    .filter((crd) => crd?.kind === 'CustomResourceDefinition' && selection.kinds.includes(crd.spec.names.kind));
  const missing = selection.kinds.filter((kind) => !crds.some((crd) => crd.spec.names.kind === kind));
  if (missing.length > 0) {
    throw new Error(`${path} has no CRD of kind ${missing.join(', ')}. Correct scripts/crds.ts.`);
  }

  const folder = join(work, selection.module);
  mkdirSync(folder);
  writeFileSync(join(folder, selection.file), crds.map((crd) => dump(reduceCrd(crd, selection.open), { noRefs: true })).join('---\n'));
  cdk8sImport(folder, selection.file);
  const [file] = readdirSync(join(folder, 'imports'));
  const code = readFileSync(join(folder, 'imports', file), 'utf8');
  return [`${selection.module}.ts`, `${heading(selection.file)}${plainTypes(code, code, selection.kinds.map((kind) => `${kind}Spec`))}`];
}

function heading(source: string): string {
  return `// Generated from ${source} by scripts/import.ts.\n\n`;
}

function cdk8sImport(folder: string, file: string): void {
  const cli = join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  const { status } = spawnSync(process.execPath, [cli, 'import', file, '--language', 'typescript', '--no-save'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
  });
  if (status !== 0) {
    throw new Error(`cdk8s import ${file} exited with ${status}.`);
  }
}

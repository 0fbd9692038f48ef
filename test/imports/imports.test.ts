import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CRDS, KUBERNETES_SPECS } from '../../scripts/crds';
import { reduceCrd } from '../../scripts/reduce-crd';

const root = resolve(__dirname, '..', '..');

function typeScriptFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
    .sort();
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The types of a module that no other type of it leads to, in lower case. */
function unused(module: string): string[] {
  const code = read(`imports/${module}.ts`);
  const names = [...code.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name);
  return names.filter((name) => code.match(new RegExp(`\\b${name}\\b`, 'g'))!.length === 1).map((name) => name.toLowerCase()).sort();
}

describe('imports/', () => {
  test('contains one module for each row of the table, with its kinds and no other, and one for Kubernetes itself', () => {
    expect(typeScriptFiles('imports')).toEqual([...CRDS.map(({ module }) => `imports/${module}.ts`), 'imports/k8s.ts'].sort());
    for (const { module, kinds } of CRDS) {
      expect(unused(module)).toEqual(kinds.map((kind) => `${kind}Spec`.toLowerCase()).sort());
    }
    expect(unused('k8s')).toEqual(KUBERNETES_SPECS.map((spec) => spec.toLowerCase()).filter((spec) => !['jobspec', 'persistentvolumeclaimspec'].includes(spec)).sort());
  });

  test('stays below 10,000 lines, because every build compiles it', () => {
    const lines = typeScriptFiles('imports').reduce((sum, file) => sum + read(file).split('\n').length, 0);
    expect(lines).toBeLessThan(10_000);
  });

  test('contains types and nothing that runs', () => {
    const code = typeScriptFiles('imports').flatMap((file) => read(file).split('\n').filter((line) => !/^(?:\/\/ .*|export (?:interface|type) .*| {2}[\w$'-]+\??: .*;|\}|)$/.test(line)));
    expect(code).toEqual([]);
  });

  test('is imported by src/ only as types, so that no program loads it', () => {
    const asType = /^import type [^;]*? from '[./]+\/imports\/[\w.-]+';$/gm;
    const offenders = typeScriptFiles('src').filter((file) => /['"`][./]*\/imports\//.test(read(file).replace(asType, '')));
    expect(offenders).toEqual([]);
  });
});

describe('reducing a CRD', () => {
  const crd = (...versions: object[]) => ({ kind: 'CustomResourceDefinition', spec: { names: { kind: 'Thing' }, versions } }) as never;
  const names = (...versions: object[]) => reduceCrd(crd(...versions)).spec.versions.map(({ name }) => name);

  test.each([
    [['v1alpha1', 'v2alpha1'], 'v2alpha1'],
    [['v1beta1', 'v2alpha1', 'v1alpha9'], 'v1beta1'],
    [['v1beta2', 'v1beta10'], 'v1beta10'],
    [['v2beta1', 'v1', 'v1beta1'], 'v1'],
    [['v1', 'v2', 'v3alpha1'], 'v2'],
  ])('keeps the newest of the versions %p: %s', (versions, newest) => {
    expect(names(...versions.map((name) => ({ name, served: true })))).toEqual([newest]);
  });

  test('keeps no version that is not served', () => {
    expect(names({ name: 'v1', served: true }, { name: 'v2', served: false })).toEqual(['v1']);
  });

  test('lets an embedded pod, container or affinity be anything, and leaves the fields around it', () => {
    const text = { type: 'string' };
    const container = { type: 'object', properties: { image: text, env: text, volumeMounts: text } };
    const pod = { type: 'object', properties: { containers: { type: 'array', items: container }, volumes: text } };
    const affinity = { type: 'object', properties: { nodeAffinity: text, podAffinity: text, podAntiAffinity: text } };
    const template = { properties: { metadata: text, spec: pod } };
    const schema = { properties: { affinity, replicas: text, template, sidecars: { items: container } } };
    const open = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };
    expect(reduceCrd(crd({ name: 'v1', schema })).spec.versions).toEqual([
      { name: 'v1', schema: { properties: { affinity: open, replicas: text, template: { properties: { metadata: text, spec: open } }, sidecars: { items: open } } } },
    ]);
  });

  test('lets the fields of some names be anything, at whatever depth', () => {
    const text = { type: 'string' };
    const advanced = { properties: { behavior: { properties: { name: text } }, name: text } };
    const schema = { properties: { behavior: { properties: { scaleDown: text } }, advanced } };
    const open = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };
    expect(reduceCrd(crd({ name: 'v1', schema }), ['behavior']).spec.versions).toEqual([
      { name: 'v1', schema: { properties: { behavior: open, advanced: { properties: { behavior: open, name: text } } } } },
    ]);
  });
});

describe('reducing a CRD by the fields that nobody sets', () => {
  const text = { type: 'string' };
  const fields = (properties: object) => ({ type: 'object', properties });
  const reduced = (schema: object, ...open: string[]) =>
    (reduceCrd({ kind: 'CustomResourceDefinition', spec: { names: { kind: 'Thing' }, versions: [{ name: 'v1', schema }] } } as never, open).spec.versions[0] as never as { schema: object }).schema;
  const any = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };

  test('lets them be anything, wherever they are', () => {
    expect(reduced(fields({ dns: fields({ ttl: text }), inner: fields({ dns: { type: 'array', items: fields({ ttl: text }) }, name: text }) }), 'dns'))
      .toEqual(fields({ dns: any, inner: fields({ dns: { type: 'array', items: any }, name: text }) }));
  });

  test('lets only those be anything that a path names', () => {
    const rule = { type: 'array', items: fields({ filters: fields({ type: text }) }) };
    expect(reduced(fields({ rules: rule, backends: rule }), 'backends.filters'))
      .toEqual(fields({ rules: rule, backends: { type: 'array', items: fields({ filters: any }) } }));
  });
});

describe('npm run import', () => {
  const run = (environment: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/import.ts'], { cwd: root, env: { ...process.env, ...environment }, encoding: 'utf8' });

  const files = CRDS.map(({ file }) => file).join(', ');

  test('fails when CRDS_DIR is not set, and says which files it must hold', () => {
    const { status, stderr } = run({ CRDS_DIR: '' });
    expect(stderr.trim()).toBe(`CRDS_DIR: expected the folder that holds ${files}, but it is not set.`);
    expect(status).toBe(1);
  });

  test('fails when CRDS_DIR names no folder, and leaves imports/ alone', () => {
    const { status, stderr } = run({ CRDS_DIR: 'no-such-folder' });
    expect(stderr.trim()).toBe(`CRDS_DIR: expected the folder that holds ${files}, but 'no-such-folder' does not exist.`);
    expect(status).toBe(1);
    expect(typeScriptFiles('imports')).not.toEqual([]);
  });
});

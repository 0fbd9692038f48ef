import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { ALL_SECTIONS } from '../support/settings';
import { binary } from './support/binary';
import { Cluster, crdFiles } from './support/cluster';
import { PlatformProfile } from '../../src';

/** What a backup of configuration reads of each namespace, as `<group>/<version>/<resource>`. */
const RESOURCES = ALL_SECTIONS.configurationBackup.of(PlatformProfile.standard()).apiResources;
/** The APIs of these that every API server has. */
const OWN = ['v1', 'apps/v1', 'autoscaling/v2', 'batch/v1', 'networking.k8s.io/v1', 'policy/v1', 'rbac.authorization.k8s.io/v1'];
const isOwn = (resource: string) => OWN.includes(resource.slice(0, resource.lastIndexOf('/')));

/** What CRDs serve in namespaces. */
function served(files: readonly string[]): string[] {
  return files.flatMap((file) => loadAll(readFileSync(file, 'utf8')) as any[])
    .filter((object) => object?.kind === 'CustomResourceDefinition' && object.spec.scope === 'Namespaced')
    .flatMap(({ spec: { group, names, versions } }) => versions.filter((version: any) => version.served).map(({ name }: any) => `${group}/${name}/${names.plural}`));
}

test('every custom resource that is archived is one of a CRD, in that version and in a namespace', async () => {
  const known = served([
    ...crdFiles().map((file) => join(process.env.CRDS_DIR!, file)), await binary('cilium-crd-1.18'), await binary('secrets-store-crd-1.4'),
  ]);
  const custom = RESOURCES.filter((resource) => !isOwn(resource));
  expect(custom.length).toBeGreaterThan(50);
  expect(custom.filter((resource) => !known.includes(resource))).toEqual([]);
});

test.each(['1.36', '1.27'])('every other one is Kubernetes %s\'s own', async (version) => {
  const cluster = await Cluster.start(version);
  try {
    const own = await Promise.all(OWN.map(async (api) => JSON.parse(await cluster.kubectl('get', '--raw', api.includes('/') ? `/apis/${api}` : `/api/${api}`))));
    const known = own.flatMap(({ groupVersion, resources }) => resources.filter((each: any) => each.namespaced).map(({ name }: any) => `${groupVersion}/${name}`));
    expect(RESOURCES.filter((resource) => isOwn(resource) && !known.includes(resource))).toEqual([]);
  } finally {
    await cluster.stop();
  }
}, 300_000);

import type { Construct } from 'constructs';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceGroup } from '../core/service-group';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';
import { OutputFile } from '../output/output-file';
import type { Environment } from '../profile/environment';
import type { PlatformProfile } from '../profile/platform-profile';
import { fail } from '../values/errors';
import { sorted } from '../values/sorted';

/** What the file of a namespace is called, beside those of services. */
const NAMESPACE_FILE = 'namespace';

/** A file of manifests in one environment: what one Application applies. */
export interface Instance {
  /** The name of the Application. */
  readonly name: string;
  readonly group: ServiceGroup;
  /** Undefined if all environments share it. */
  readonly environment?: Environment;
  /** The profile in force, with the changes of the environment. */
  readonly profile: PlatformProfile;
  /** Below the output folder, without extension. */
  readonly file: string;
  readonly construct: Construct;
}

/** What is deployed under one name, in one environment or in several: what one ApplicationSet is for. */
export interface Deployable {
  readonly name: string;
  readonly role: 'sharedNamespace' | 'namespace' | 'store' | 'service';
  /** In the order of their environments' names. */
  readonly instances: readonly Instance[];
}

/**
 * All that a tree deploys, in the order of their names.
 *
 * @param unique why a name must be that of one deployable
 */
export function deployablesOf(scope: Construct, unique: string): Deployable[] {
  const { groups } = ConnectionIndex.of(scope);
  const environments = groups.flatMap(({ environment }) => environment ?? []);
  const found = new Map<string, { role: Deployable['role']; instances: Instance[] }>();
  for (const group of groups) {
    for (const construct of OutputFile._marksIn(group.chart)) {
      const { name, role, instance } = describeFile(group, construct, environments);
      const known = found.get(name) ?? { role, instances: [] };
      refuseTwin(name, known.instances, instance, unique);
      known.instances.push(instance);
      found.set(name, known);
    }
  }
  return sorted([...found], ([name]) => name)
    .map(([name, { role, instances }]) => ({ name, role, instances: sorted(instances, (each) => each.name) }));
}

/** The manifests that go to the file of an instance. */
export function manifestsOf({ construct }: Instance, manifests: ManifestSet): Manifest[] {
  return manifests.ownedBy(construct.node.path);
}

interface DescribedFile {
  readonly name: string;
  readonly role: Deployable['role'];
  readonly instance: Instance;
}

/** The file of a store in a shared namespace ends with the name of the environment that it is for. */
function describeFile(group: ServiceGroup, construct: Construct, environments: readonly Environment[]): DescribedFile {
  const file = OutputFile._fileOf(construct);
  const base = construct === group.chart ? `${group.name}-${NAMESPACE_FILE}` : file.slice(file.lastIndexOf('/') + 1);
  const ofName = group.environment ? undefined : environments.find(({ name }) => base.endsWith(`-${name}`));
  const environment = group.environment ?? ofName;
  const name = ofName ? base.slice(0, -ofName.name.length - 1) : base;
  return {
    name,
    role: construct === group.chart ? (group.environment ? 'namespace' : 'sharedNamespace') : (group.environment ? 'service' : 'store'),
    instance: {
      name: environment ? `${name}-${environment.name}` : name,
      group,
      environment,
      profile: group.profile._in(ofName),
      file,
      construct,
    },
  };
}

function refuseTwin(name: string, others: readonly Instance[], instance: Instance, unique: string): void {
  const twin = others.find((other) => (
    other.name === instance.name || other.group.name !== instance.group.name || !other.environment !== !instance.environment));
  if (twin) {
    fail(instance.construct, `would be deployed under the name '${name}', as ${twin.construct.node.path} is, and ${unique}`,
      'Rename one of them');
  }
}

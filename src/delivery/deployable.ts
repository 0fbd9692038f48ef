import type { Construct } from 'constructs';
import { ConnectionIndex } from '../core/connection-index';
import { OutputFile } from '../core/output-file';
import type { ServiceGroup } from '../core/service-group';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';
import { hasOwnFile } from '../output/own-files';
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
  /** The group, without the name of its environment where each environment has a shared group of its own. */
  readonly groupName: string;
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

/**
 * The file of a store in a shared namespace ends with the name of the environment that it is for, and so may the name of the namespace: the stores
 * of `infrastructure` and of `infrastructure-dev` are one group.
 */
function describeFile(group: ServiceGroup, construct: Construct, environments: readonly Environment[]): DescribedFile {
  const file = OutputFile._fileOf(construct);
  const ofEnding = (text: string) => group.environment ? undefined : environments.find(({ name }) => text.endsWith(`-${name}`));
  const without = (text: string, ending: Environment | undefined) => ending ? text.slice(0, -ending.name.length - 1) : text;
  const groupName = without(group.name, ofEnding(group.name));
  const isNamespace = construct === group.chart;
  const base = file.slice(file.lastIndexOf('/') + 1);
  const ofName = ofEnding(isNamespace ? group.name : base);
  const environment = group.environment ?? ofName;
  // objects of the program may have one name in several groups
  const name = isNamespace ? `${groupName}-${NAMESPACE_FILE}` : `${hasOwnFile(construct) ? `${groupName}-` : ''}${without(base, ofName)}`;
  return {
    name,
    role: isNamespace ? (group.environment ? 'namespace' : 'sharedNamespace') : (group.environment ? 'service' : 'store'),
    instance: {
      name: environment ? `${name}-${environment.name}` : name,
      group,
      groupName,
      environment,
      profile: group.profile._in(ofName),
      file,
      construct,
    },
  };
}

function refuseTwin(name: string, others: readonly Instance[], instance: Instance, unique: string): void {
  const twin = others.find((other) => (
    other.name === instance.name || other.groupName !== instance.groupName || !other.group.environment !== !instance.group.environment));
  if (twin) {
    fail(instance.construct, `would be deployed under the name '${name}', as ${twin.construct.node.path} is, and ${unique}`,
      'Rename one of them');
  }
}

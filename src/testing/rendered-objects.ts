import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';
import { fail } from '../values/errors';
import { sorted } from '../values/sorted';

/**
 * Finds parts of manifests for the assertions of a test.
 *
 * Every method fails if there is nothing to find or if the answer is not unique, and names what there is. A test that compares with `undefined` therefore
 * cannot pass by mistake. Use `ManifestSet` to look for objects that may be missing.
 *
 * @example
 *
 * declare const app: App;
 * const objects = testing.RenderedObjects.of(app.manifests());
 * objects.container('order', 'shop-prod').image;
 */
export class RenderedObjects {
  /**
   * The objects of a set of manifests, such as that of `App.manifests()`.
   */
  public static of(manifests: ManifestSet): RenderedObjects {
    return new RenderedObjects(manifests);
  }

  private constructor(private readonly manifests: ManifestSet) {}

  /**
   * Kind and name of each object, such as `Deployment/order`, sorted.
   */
  public get names(): string[] {
    return this.manifests.all.map(nameOf).sort();
  }

  /**
   * An object as plain data.
   *
   * @param kind the kind, such as `Deployment`
   * @param name the name of the object
   * @param namespace its namespace; may be left out if only one object has the kind and name
   */
  public get(kind: string, name: string, namespace?: string): any {
    const candidates = this.manifests.of(kind);
    return only(candidates.filter((each) => is(each, name, namespace)), `${kind}/${name}`, candidates.length > 0 ? candidates : this.manifests.all, namespace).json;
  }

  /**
   * The pod template of a Deployment, CronJob or any other workload, with `metadata` and `spec`.
   *
   * @param workload the name of the workload
   * @param namespace its namespace; may be left out if only one workload has the name
   */
  public podTemplate(workload: string, namespace?: string): any {
    return this.workload(workload, namespace).podTemplate;
  }

  /**
   * A container of a workload, also an init container.
   *
   * @param workload the name of the workload
   * @param namespace its namespace; may be left out if only one workload has the name
   * @param container the name of the container; that of the workload if left out
   */
  public container(workload: string, namespace?: string, container: string = workload): any {
    const { initContainers = [], containers = [] } = this.podTemplate(workload, namespace).spec;
    const all: any[] = [...initContainers, ...containers];
    return all.find(({ name }) => name === container)
      ?? fail('RenderedObjects', `'${workload}' has no container '${container}'`, `Known are ${all.map(({ name }) => name).join(', ')}`);
  }

  /**
   * The environment variables of a container: values as text, and the `valueFrom` of those that have no value.
   *
   * @param workload the name of the workload
   * @param namespace its namespace; may be left out if only one workload has the name
   * @param container the name of the container; that of the workload if left out
   */
  public env(workload: string, namespace?: string, container?: string): { [name: string]: any } {
    const { env = [] } = this.container(workload, namespace, container);
    return Object.fromEntries((env as any[]).map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
  }

  /**
   * The names of the NetworkPolicies that select the pods of a workload, sorted.
   *
   * @param workload the name of the workload
   * @param namespace its namespace; may be left out if only one workload has the name
   */
  public networkPoliciesOf(workload: string, namespace?: string): string[] {
    const manifest = this.workload(workload, namespace);
    const policies = this.manifests.of('NetworkPolicy', 'networking.k8s.io').filter((policy) => policy.namespace === manifest.namespace);
    return policies.filter((policy) => this.manifests.podsSelectedBy(policy).includes(manifest)).map(({ name }) => name).sort();
  }

  private workload(name: string, namespace?: string): Manifest {
    const candidates = this.manifests.workloads(namespace);
    return only(candidates.filter((each) => each.name === name), `workload '${name}'`, candidates, namespace);
  }
}

function is(manifest: Manifest, name: string, namespace?: string): boolean {
  return manifest.name === name && (namespace === undefined || manifest.namespace === namespace);
}

function nameOf({ kind, name }: Manifest): string {
  return `${kind}/${name}`;
}

function only(found: readonly Manifest[], what: string, all: readonly Manifest[], namespace?: string): Manifest {
  if (found.length > 1) {
    fail('RenderedObjects', `${what} is not unique: ${sorted(found, ({ id }) => id).map(({ id }) => id).join(', ')}`, 'Name the namespace');
  }
  return found[0] ?? fail('RenderedObjects', `there is no ${what}${namespace === undefined ? '' : ` in namespace '${namespace}'`}`,
    `Known are ${sorted(all, ({ id }) => id).map(({ id }) => id).join(', ') || 'none'}`);
}

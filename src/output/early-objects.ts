import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { toPatchedJson } from './patch';
import { beforeSynthesis } from '../core/preparation';
import { rootOf, TreeValue } from '../values/tree-value';

/** An object and its manifest. */
export interface EarlyObject {
  readonly object: ApiObject;
  readonly json: any;
}

const EARLY = new TreeValue<EarlyObjects>('early-objects');

/**
 * The objects of an API group with their manifests, rendered before objects that depend on their content, such as pods with a checksum.
 *
 * Call it while an object is rendered, when all connections are known. Objects that cannot be rendered are left out: synthesis reports them.
 *
 * @param scope a construct of the tree
 * @param apiGroup such as `dapr.io`
 * @param derive what callers derive of the objects, once for a synthesis
 */
export function earlyObjects<T>(scope: IConstruct, apiGroup: string, derive: (objects: readonly EarlyObject[]) => T): T {
  const root = rootOf(scope);
  return EARLY.ensure(root, () => new EarlyObjects(root)).of(apiGroup, derive);
}

/** The manifest of an object, if it is rendered already. */
export function earlyJson(object: ApiObject, root: IConstruct): unknown {
  return EARLY.own(root)?.jsonOf(object);
}

class EarlyObjects {
  private readonly derived = new Map<string, unknown>();
  private readonly manifests = new Map<ApiObject, unknown>();

  constructor(private readonly root: IConstruct) {
    // the program may have changed since the last synthesis
    beforeSynthesis(root, () => {
      this.derived.clear();
      this.manifests.clear();
    });
  }

  public of<T>(apiGroup: string, derive: (objects: readonly EarlyObject[]) => T): T {
    if (!this.derived.has(apiGroup)) {
      this.derived.set(apiGroup, derive(this.render(apiGroup)));
    }
    return this.derived.get(apiGroup) as T;
  }

  public jsonOf(object: ApiObject): unknown {
    return this.manifests.get(object);
  }

  private render(apiGroup: string): EarlyObject[] {
    return this.root.node.findAll().flatMap((object) => {
      const json = ApiObject.isApiObject(object) && object.apiGroup === apiGroup ? toPatchedJson(object, []) : undefined;
      if (json === undefined) {
        return [];
      }
      this.manifests.set(object as ApiObject, json);
      return [{ object: object as ApiObject, json }];
    });
  }
}

import type { Construct } from 'constructs';
import { fail } from './errors';
import { Quantity } from './quantity';
import type { QuantityKind } from './quantity-notation';
import { frozen } from './shared';

/**
 * Processors, memory and disk of a container, in Kubernetes notation. What is left out stays as it was.
 */
export interface ResourceAmounts {
  /**
   * Processors that the scheduler reserves, such as `200m` or `1.5`. Not more than `cpuLimit`.
   *
   * @default - the profile's `resources.cpuRequest` (200m)
   */
  readonly cpuRequest?: string;

  /**
   * Processors beyond which the container is slowed down, such as `500m`.
   *
   * @default - the profile's `resources.cpuLimit` (500m)
   */
  readonly cpuLimit?: string;

  /**
   * Memory that the scheduler reserves, such as `512Mi`. Not more than `memoryLimit`.
   *
   * @default - the profile's `resources.memoryRequest` (512Mi)
   */
  readonly memoryRequest?: string;

  /**
   * Memory beyond which the container is killed, such as `1Gi`.
   *
   * @default - the profile's `resources.memoryLimit` (1Gi)
   */
  readonly memoryLimit?: string;

  /**
   * Space on the node's disk (logs, scratch folders) that the scheduler reserves, such as `256Mi`.
   *
   * @default - the profile's `resources.ephemeralStorageRequest` (256Mi)
   */
  readonly ephemeralStorageRequest?: string;

  /**
   * Space on the node's disk beyond which the pod is evicted, such as `512Mi`.
   *
   * @default - the profile's `resources.ephemeralStorageLimit` (512Mi)
   */
  readonly ephemeralStorageLimit?: string;
}

type Field = keyof ResourceAmounts;
type Amounts = { readonly [F in Field]?: Quantity };

interface KubeResources { requests?: { [resource: string]: string }; limits?: { [resource: string]: string } }

const RESOURCES: readonly { kind: QuantityKind; name: string; request: Field; limit: Field }[] = [
  { kind: 'cpu', name: 'cpu', request: 'cpuRequest', limit: 'cpuLimit' },
  { kind: 'memory', name: 'memory', request: 'memoryRequest', limit: 'memoryLimit' },
  { kind: 'storage', name: 'ephemeral-storage', request: 'ephemeralStorageRequest', limit: 'ephemeralStorageLimit' },
];

/**
 * What a container reserves (requests) and what it may use at most (limits).
 *
 * Synthesis fails if a request is more than its limit, because the cluster refuses such a pod.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export class Resources {
  /**
   * Resources of the given amounts.
   */
  public static of(amounts: ResourceAmounts): Resources {
    return new Resources('Resources.of', quantities('Resources.of', amounts));
  }

  /**
   * Resources that are checked as a whole once more is known of them: `_merge` fills in what is missing.
   *
   * @internal
   */
  public static _partial(where: Construct | string, amounts: ResourceAmounts): Resources {
    return new Resources(where, quantities('Resources', amounts));
  }

  /**
   * The amounts that are set.
   *
   * @internal
   */
  public readonly _amounts: Amounts;

  private rendered?: KubeResources;

  private constructor(where: Construct | string, amounts: Amounts) {
    for (const { request, limit } of RESOURCES) {
      const [reserved, most] = [amounts[request], amounts[limit]];
      if (reserved && most && reserved._exceeds(most)) {
        fail(where, `${request} ${reserved} is more than ${limit} ${most}, so the cluster refuses the pod`, `Lower ${request} or raise ${limit}`);
      }
    }
    this._amounts = amounts;
  }

  /**
   * The amounts that are set, as they were written.
   *
   * @internal
   */
  public _amountTexts(): ResourceAmounts {
    return Object.fromEntries(Object.entries(this._amounts).flatMap(([field, amount]) => amount ? [[field, String(amount)]] : []));
  }

  /**
   * These resources with some amounts replaced.
   */
  public with(amounts: ResourceAmounts): Resources {
    return new Resources('Resources.with', { ...this._amounts, ...quantities('Resources.with', amounts) });
  }

  /**
   * These resources, and the default amounts where these have none.
   *
   * @internal
   */
  public _merge(defaults: ResourceAmounts, where: Construct | string = 'Resources'): Resources {
    return new Resources(where, { ...quantities('Resources', defaults), ...this._amounts });
  }

  /**
   * These resources with requests equal to limits, so that the pod may be of the class Guaranteed.
   *
   * Fails if processors or memory have neither request nor limit, because the pod would be of a lower class.
   *
   * @internal
   */
  public _guaranteed(): Resources {
    const amounts: { -readonly [F in Field]?: Quantity } = { ...this._amounts };
    for (const { kind, request, limit } of RESOURCES.filter((resource) => resource.kind !== 'storage')) {
      amounts[limit] = amounts[request] = amounts[limit] ?? amounts[request]
        ?? fail('Resources', `${kind} has neither request nor limit, so the pod cannot be Guaranteed`, `Set ${limit}`);
    }
    return new Resources('Resources', amounts);
  }

  /**
   * These resources without processors and memory, so that the pod may be of the class BestEffort, which disk does not count for.
   *
   * @internal
   */
  public _bestEffort(): Resources {
    const { ephemeralStorageRequest, ephemeralStorageLimit } = this._amounts;
    return new Resources('Resources', { ephemeralStorageRequest, ephemeralStorageLimit });
  }

  /**
   * Whether processors or memory are said of.
   *
   * @internal
   */
  public get _counted(): boolean {
    const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = this._amounts;
    return [cpuRequest, cpuLimit, memoryRequest, memoryLimit].some((amount) => amount !== undefined);
  }

  /**
   * The `resources` field of a container.
   *
   * @internal
   */
  public _toKube(): KubeResources {
    this.rendered ??= frozen(this.render());
    return this.rendered;
  }

  private render(): KubeResources {
    const requests: { [resource: string]: string } = {};
    const limits: { [resource: string]: string } = {};
    for (const { name, request, limit } of RESOURCES) {
      set(requests, name, this._amounts[request]);
      set(limits, name, this._amounts[limit]);
    }
    return { ...some('requests', requests), ...some('limits', limits) };
  }
}

function quantities(where: string, amounts: ResourceAmounts): Amounts {
  const result: { -readonly [F in Field]?: Quantity } = {};
  for (const { kind, request, limit } of RESOURCES) {
    for (const field of [request, limit]) {
      const text = amounts[field];
      if (text !== undefined) {
        result[field] = Quantity._of(kind, where, field, text);
      }
    }
  }
  return result;
}

function set(target: { [resource: string]: string }, name: string, quantity?: Quantity): void {
  if (quantity) {
    target[name] = quantity.toString();
  }
}

function some(field: keyof KubeResources, amounts: { [resource: string]: string }): KubeResources {
  return Object.keys(amounts).length > 0 ? { [field]: amounts } : {};
}

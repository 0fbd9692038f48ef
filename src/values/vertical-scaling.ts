import type { Construct } from 'constructs';
import { fail } from './errors';
import type { KubernetesVersion } from './kubernetes-version';
import { oneOf } from './one-of';
import { Quantity } from './quantity';
import type { Capacity, ContainerLimits } from './size-settings';
import type { VerticalPodAutoscalerSpecUpdatePolicyUpdateMode as UpdateMode } from '../../imports/vertical-pod-autoscaler';

/**
 * Which requests are recommended, and in what range.
 */
export interface VerticalScalingOptions {
  /**
   * The least that is recommended.
   *
   * @default - the profile's `verticalScaling.min` (cpu 100m, memory 128Mi)
   */
  readonly min?: Capacity;

  /**
   * The most that is recommended.
   *
   * @default - the profile's `verticalScaling.max` (cpu 2000m, memory 4Gi)
   */
  readonly max?: Capacity;

  /**
   * What is recommended: `cpu`, `memory`, or both.
   *
   * @default - the profile's `verticalScaling.resources` (cpu, memory)
   */
  readonly resources?: string[];
}

/** What an autoscaler is told, with every setting in place. */
interface ResolvedVerticalScaling {
  /** Whether pods are changed. */
  readonly acts: boolean;
  readonly updateMode: UpdateMode;
  readonly resources: readonly string[];
  readonly min: Capacity;
  readonly max: Capacity;
}

type Range = Required<Pick<VerticalScalingOptions, 'min' | 'max'>>;

/** What requests are made of. */
export const SCALED_RESOURCES = ['cpu', 'memory'] as const;

/**
 * How recommendations reach pods, by the oldest version of Kubernetes that can: the first changes running pods; the second evicts pods;
 * and the newest VPA for older versions knows the second as `Auto`, a word that later ones deprecate.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/installation.md#compatibility
 */
const ACTING_MODES: readonly { readonly since?: string; readonly mode: UpdateMode }[] = [
  { since: '1.33', mode: 'InPlaceOrRecreate' },
  { since: '1.28', mode: 'Recreate' },
  { mode: 'Auto' },
];

/**
 * Whether the requests of a service's container are only recommended, or also set.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/autoscaling/vertical-pod-autoscale/
 */
export class VerticalScaling {
  /**
   * Requests are recommended, and nothing is changed: people read them from the status of the VerticalPodAutoscaler.
   */
  public static recommends(options: VerticalScalingOptions = {}): VerticalScaling {
    return new VerticalScaling('VerticalScaling.recommends', options, false);
  }

  /**
   * Requests are set as recommended: in running pods where Kubernetes can (1.33), or else by evicting pods one after the other.
   *
   * Synthesis fails where the number of replicas follows the same use, because each would undo what the other did.
   */
  public static acts(options: VerticalScalingOptions = {}): VerticalScaling {
    return new VerticalScaling('VerticalScaling.acts', options, true);
  }

  /**
   * Whether requests are set.
   *
   * @internal
   */
  public readonly _acts: boolean;

  private constructor(where: string, private readonly options: VerticalScalingOptions, acts: boolean) {
    this._acts = acts;
    if (options.resources?.length === 0) {
      fail(where, 'resources is an empty list, so nothing would be recommended', "Name 'cpu' or 'memory', or leave resources out");
    }
    options.resources?.forEach((resource) => oneOf(where, 'resources', resource, SCALED_RESOURCES));
    for (const field of ['min', 'max'] as const) {
      const amounts = options[field];
      if (amounts) {
        SCALED_RESOURCES.forEach((kind) => Quantity._of(kind, where, `${field}.${kind}`, amounts[kind]));
      }
    }
  }

  /**
   * With every setting in place. Fails on bounds that contradict each other or the LimitRange of the namespace, which would refuse the pods.
   *
   * @internal
   */
  public _resolve(
    where: Construct | string, defaults: Required<VerticalScalingOptions>, limits: Required<ContainerLimits>, version: KubernetesVersion,
  ): ResolvedVerticalScaling {
    const min = this.options.min ?? defaults.min;
    const max = this.options.max ?? defaults.max;
    checkVerticalScaling(where, { min, max });
    checkWithin(where, { min, max }, limits);
    const { mode } = ACTING_MODES.find(({ since }) => since === undefined || version.atLeast(since))!;
    return {
      acts: this._acts,
      updateMode: this._acts ? mode : 'Off',
      resources: SCALED_RESOURCES.filter((resource) => (this.options.resources ?? defaults.resources).includes(resource)),
      min: inKubernetesNotation(min),
      max: inKubernetesNotation(max),
    };
  }
}

function inKubernetesNotation({ cpu, memory }: Capacity): Capacity {
  return { cpu: `${Quantity.cpu(cpu)}`, memory: `${Quantity.memory(memory)}` };
}

/**
 * Fails on bounds that contradict each other.
 */
export function checkVerticalScaling(where: Construct | string, { min, max }: Range): void {
  for (const kind of SCALED_RESOURCES) {
    const least = Quantity._of(kind, where, `verticalScaling.min.${kind}`, min[kind]);
    const most = Quantity._of(kind, where, `verticalScaling.max.${kind}`, max[kind]);
    if (least._exceeds(most)) {
      fail(where, `verticalScaling.min.${kind} ${least} is more than verticalScaling.max.${kind} ${most}`, 'Lower the one or raise the other');
    }
  }
}

/** A recommendation beyond the LimitRange would be rendered into pods that are refused. */
function checkWithin(where: Construct | string, { min, max }: Range, limits: Required<ContainerLimits>): void {
  const consequence = 'so the LimitRange would refuse pods with what is recommended';
  for (const kind of SCALED_RESOURCES) {
    const [least, allowedLeast, most, allowedMost] = [min, limits.min, max, limits.max].map((amounts) => Quantity[kind](amounts[kind]));
    if (most._exceeds(allowedMost)) {
      fail(where, `verticalScaling.max.${kind} ${most} is more than containerLimits.max.${kind} ${allowedMost}, ${consequence}`, 'Lower the one or raise the other');
    }
    if (allowedLeast._exceeds(least)) {
      fail(where, `verticalScaling.min.${kind} ${least} is less than containerLimits.min.${kind} ${allowedLeast}, ${consequence}`, 'Raise the one or lower the other');
    }
  }
}

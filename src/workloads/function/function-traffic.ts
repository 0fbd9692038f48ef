import type { Construct } from 'constructs';
import { fail } from '../../values/errors';
import { dnsLabel, serviceName, wholeNumber } from '../../values/value-checks';

/** How a part of a function's calls is routed. */
export interface TrafficOptions {
  /**
   * A name under which this part can also be called directly, at `<tag>-<function>`: a DNS label that begins with a letter.
   *
   * @default - none
   */
  readonly tag?: string;
}

/** A target of traffic, as Knative names it. */
interface KubeTraffic {
  readonly latestRevision: boolean;
  readonly revisionName?: string;
  readonly percent: number;
  readonly tag?: string;
}

/**
 * Which share of the calls of a function goes to which of its revisions.
 *
 * @see https://knative.dev/docs/serving/traffic-management/
 */
export class FunctionTraffic {
  /**
   * A share of the calls, from 0 to 100 percent, for the newest revision that is ready.
   */
  public static latest(percent: number, options: TrafficOptions = {}): FunctionTraffic {
    return new FunctionTraffic('FunctionTraffic.latest', percent, options.tag);
  }

  /**
   * A share of the calls, from 0 to 100 percent, for one revision: what follows the name of the function, such as `v1` or `00003`.
   */
  public static revision(revision: string, percent: number, options: TrafficOptions = {}): FunctionTraffic {
    const where = 'FunctionTraffic.revision';
    return new FunctionTraffic(where, percent, options.tag, dnsLabel(where, 'revision', revision));
  }

  private constructor(where: string, private readonly percent: number, private readonly tag: string | undefined, private readonly name?: string) {
    wholeNumber(where, percent, 0, 100, 'percent');
    if (tag !== undefined) {
      serviceName(where, 'tag', tag);
    }
  }

  /**
   * Which revision is meant; undefined for the newest.
   *
   * @internal
   */
  public get _revision(): string | undefined {
    return this.name;
  }

  /** @internal */
  public get _tag(): string | undefined {
    return this.tag;
  }

  /** @internal */
  public get _percent(): number {
    return this.percent;
  }

  /** @internal */
  public _toKube(service: string): KubeTraffic {
    return {
      latestRevision: this.name === undefined,
      ...this.name === undefined ? undefined : { revisionName: `${service}-${this.name}` },
      percent: this.percent,
      ...this.tag === undefined ? undefined : { tag: this.tag },
    };
  }
}

/** Fails where Knative could not route by it: shares that are not the whole, and names that occur twice. */
export function checkTraffic(where: Construct | string, traffic: readonly FunctionTraffic[]): void {
  const sum = traffic.reduce((total, { _percent }) => total + _percent, 0);
  if (sum !== 100) {
    fail(where, `expected shares of traffic that add up to 100 percent, got ${traffic.map(({ _percent }) => _percent).join(' + ') || 'none'}`,
      sum < 100 && traffic.length > 0 ? `Add ${100 - sum} to one of them` : sum > 100 ? `Take ${sum - 100} from one of them` : 'Use FunctionTraffic.latest(100)');
  }
  const twice = (values: readonly (string | undefined)[]) => values.find((value, index) => values.indexOf(value) !== index);
  const targets = traffic.map(({ _revision }) => _revision === undefined ? 'the newest revision' : `the revision '${_revision}'`);
  const target = twice(targets);
  if (target !== undefined) {
    fail(where, `names ${target} twice in its traffic`, 'Give it one share');
  }
  const tag = twice(traffic.flatMap(({ _tag }) => _tag ?? []));
  if (tag !== undefined) {
    fail(where, `has two shares of traffic with the tag '${tag}'`, 'Give each a tag of its own');
  }
}

import { Construct } from 'constructs';
import type { FanOutPolicy } from './fan-out';
import { fanOutLimits } from './fan-out';
import type { LeafProps } from './leaf-props';
import { checkLeaves, LeafSet } from './leaf-set';
import { recordFinding } from '../../checks/registry';
import type { RuleDescription } from '../../checks/rule';
import { Severity } from '../../checks/severity';
import { CALL_SETTINGS } from '../../dapr/dapr-settings';
import { PlatformProfile } from '../../profile/platform-profile';
import { constructId } from '../../values/construct-id';
import { refuseVariables } from '../built-in-variables';
import { Microservice } from '../microservice';
import type { MicroserviceProps } from '../microservice-props';

/**
 * Properties for `ScatterGather`.
 */
export interface ScatterGatherProps {
  /**
   * How many leaves there are, from 1 to 100.
   */
  readonly leaves: number;

  /**
   * The root, as any `Microservice`.
   *
   * @default - what a Microservice is of which nothing is said
   */
  readonly root?: MicroserviceProps;

  /**
   * Each leaf.
   *
   * @default - as `root`, from an image of their own
   */
  readonly leaf?: LeafProps;

  /**
   * How the root asks its leaves.
   *
   * @default - as `calls.timeout` of the platform profile in force says, and one leaf may be missing
   */
  readonly fanOut?: FanOutPolicy;
}

export const ALL_LEAVES_REQUIRED: RuleDescription = {
  id: 'MS-AVAIL-007',
  severity: Severity.WARNING,
  why: 'A root needs the answers of all its leaves, so each node drain and each new version of them is an outage.',
  fix: 'Lower fanOut.required where the answers of most leaves are enough.',
};

/** How the root learns of its leaves. */
const ADDRESSES = 'LEAF_ADDRESSES';
const TIMEOUT = 'FAN_OUT_TIMEOUT_MS';
const REQUIRED = 'FAN_OUT_REQUIRED';
const HEDGE_AFTER = 'FAN_OUT_HEDGE_AFTER_MS';

/**
 * A root service that asks n leaves at once, and makes one answer of theirs.
 *
 * The root `search` is a `Microservice`. The leaves `search-leaf` are pods with names of their own, `search-leaf-0` and so on, so that
 * each may have a part of the data. The root calls them directly, and its environment says where they are (`LEAF_ADDRESSES`, by commas)
 * and how long it waits for how many (`FAN_OUT_...`): asking, waiting and gathering is the work of its image.
 *
 * @example
 *
 * const search = new workloads.ScatterGather(this, 'search', {
 *   leaves: 4,
 *   root: { image: Image.of('registry.example.com/search', { tag: '3.1.0' }) },
 *   leaf: { image: Image.of('registry.example.com/search-leaf', { tag: '3.1.0' }) },
 *   fanOut: { timeout: Duration.millis(800), required: 3 },
 * });
 */
export class ScatterGather extends Construct {
  /** The service that others call. */
  public readonly root: Microservice;

  /** The leaves, which the root calls. */
  public readonly leaves: LeafSet;

  /**
   * Defines the root `id` and its leaves `<id>-leaf`. The id is a DNS label that begins with a letter, at most 47 characters long.
   */
  constructor(scope: Construct, id: string, props: ScatterGatherProps) {
    super(scope, constructId(scope, id, new.target, props));
    const calls = CALL_SETTINGS.of(PlatformProfile.of(this));
    const leaves = checkLeaves(this, props.leaves);
    const { timeout, required, hedgeAfter } = fanOutLimits(this, leaves, props.fanOut ?? {}, calls.timeout);
    this.leaves = LeafSet._define(this, `${id}-leaf`, leaves, required, props.leaf ?? {});
    const told = {
      [ADDRESSES]: this.leaves.addresses.join(','),
      [TIMEOUT]: `${timeout}`,
      [REQUIRED]: `${required}`,
      ...hedgeAfter === undefined ? {} : { [HEDGE_AFTER]: `${hedgeAfter}` },
    };
    refuseVariables(this, Object.keys(told), props.root ?? {}, 'by which the root knows its leaves');
    this.root = new Microservice(this, id, { ...props.root, env: { ...props.root?.env, ...told } });
    this.root.calls(this.leaves, { timeout: props.fanOut?.timeout });
    if (required === leaves) {
      recordFinding(this, ALL_LEAVES_REQUIRED, `needs ${leaves} of ${leaves}`);
    }
  }
}

import type { Construct } from 'constructs';
import type { BatchProps } from './batch-props';
import type { BatchSettings } from './batch-settings';
import { BATCH_SETTINGS } from './batch-settings';
import type { JobShape, JobSpec } from './job-spec';
import { jobSpec, restartPolicyOf } from './job-spec';
import type { IPods } from '../../core/workload';
import { fail } from '../../values/errors';
import { versionName } from '../../values/labels';
import { dnsLabel, wholeNumber } from '../../values/value-checks';
import { ConnectedWorkload } from '../connected-workload';
import { REPLICA_KEYS } from '../replica-settings';
import { defineStorage } from '../service-objects';
import { sidecarOf } from '../sidecar-choice';
import type { WorkloadKind } from '../workload-kind';

/** A Job's name is the value of a label. */
const LONGEST_JOB_NAME = 63;
/** What a process can end with. */
const HIGHEST_EXIT_CODE = 255;

/**
 * A piece of work that ends: pods that say whom they talk to, and that nobody calls.
 *
 * It has a ServiceAccount, settings, secrets, a Dapr sidecar and policies as a `Microservice` has, all with its name. It has no
 * Service, no autoscaler and no disruption budget, and listens on no port.
 */
export abstract class BatchWorkload extends ConnectedWorkload implements IPods {
  /** @internal */
  protected readonly _batch: Required<BatchSettings>;

  /**
   * Defines the work `id`, which is a DNS label that begins with a letter, at most 58 characters long.
   */
  constructor(scope: Construct, id: string, private readonly props: BatchProps) {
    super(scope, id, props);
    const changes = Object.entries(props).filter(([name]) => Object.hasOwn(BATCH_SETTINGS.standard, name));
    this._batch = BATCH_SETTINGS.decide(this, this._group.profile, Object.fromEntries(changes));
    this._settings.refuseInFiles(Object.values(REPLICA_KEYS).flat(), 'is for a service that is scaled, and a job has no replicas', 'Remove it');
    this.checkExitCodes(props.fatalExitCodes ?? []);
    this.checkEnd();
  }

  /** @internal */
  protected override _kind(props: BatchProps): WorkloadKind {
    const { serviceType: type, tier } = BATCH_SETTINGS.of(this._group.profile);
    return { props: 'BatchProps', type, tier, ports: [], probes: {}, dapr: sidecarOf(this, this._group.profile, props.dapr), ends: true };
  }

  /**
   * The name of the Job of one run. Its image names it unless somebody does.
   *
   * @param behind how many characters Kubernetes puts behind it in the names of its pods
   * @internal
   */
  protected _jobName(run: string | undefined, behind: number): string {
    const { tag, digest } = this._settings.image;
    const name = `${this.name}-${run === undefined ? versionName(tag, digest) : dnsLabel(this, 'run', run)}`;
    if (name.length + behind > LONGEST_JOB_NAME) {
      fail(this, `the Job '${name}' has ${name.length} characters, and ${LONGEST_JOB_NAME - behind} are the most`, 'Name a shorter run');
    }
    return name;
  }

  /**
   * Gives its pods their volume, if they have one.
   *
   * @param pods how many work at a time at most
   * @internal
   */
  protected _claimStorage(pods: number): void {
    defineStorage(this._pod, pods, "Use accessMode 'ReadWriteMany', or let one pod work at a time");
  }

  /**
   * What its Jobs have in common.
   *
   * @internal
   */
  protected _jobSpec(shape: JobShape, pod = this._pod): () => JobSpec {
    const { activeDeadline, backoffLimit } = this._batch;
    const spec = jobSpec(pod, { ...this.props, activeDeadline }, shape);
    return () => ({ ...spec(), backoffLimit });
  }

  /** A container that is no sidecar to Kubernetes must end too. */
  private checkEnd(): void {
    const { native, sidecars, main: { group } } = this._settings.containers;
    if (!native && sidecars.length > 0) {
      fail(this, `has the containers ${sidecars.map(({ name }) => `'${name}'`).join(', ')} beside its own, which Kubernetes ${group.profile.kubernetesVersion} does not end with it, so its Job would never end`,
        'Leave them out, or use Kubernetes 1.29');
    }
  }

  private checkExitCodes(codes: readonly number[]): void {
    codes.forEach((code) => wholeNumber(this, code, 1, HIGHEST_EXIT_CODE, 'each of fatalExitCodes'));
    if (codes.length > 0 && restartPolicyOf(this._pod) !== 'Never') {
      fail(this, 'names fatalExitCodes, and beside a sidecar that the application ends, its container is started again in its pod, where Kubernetes looks at no exit code',
        'Remove fatalExitCodes, or use native sidecars');
    }
  }
}

import type { CallOptions } from './connection-options';
import type { ServiceReference } from './service-reference';
import type { TopicReference } from './topic-reference';
import type { IWorkload } from './workload';

/**
 * A call that a program declares.
 */
export interface Call {
  /** The workload that calls. */
  readonly caller: IWorkload;

  /** The service that it calls. */
  readonly callee: ServiceReference;

  /**
   * The workload behind `callee`.
   *
   * @default - the program does not define it: an `ImportedService` or `ExternalService`
   */
  readonly workload?: IWorkload;

  /** Timeout, retries and permitted requests, as far as the program sets them. */
  readonly options: CallOptions;
}

/**
 * A topic that a workload publishes or subscribes, or both.
 */
export interface TopicUse {
  /** The topic. */
  readonly topic: TopicReference;

  /** Whether the workload publishes the topic. */
  readonly publishes: boolean;

  /** Whether the workload subscribes the topic. */
  readonly subscribes: boolean;
}

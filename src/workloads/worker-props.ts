import type { MicroserviceProps } from './microservice-props';

/**
 * Properties for `Worker`: those of a `Microservice`, with `Scaling.queue(...)` or `Scaling.replicas(...)` as `scaling`. The default is
 * `Scaling.queue()` with `workers` of the platform profile.
 *
 * The sidecar of a worker delivers events to the first of its `ports` that fits. The default of `type` is the profile's `workers.type`.
 */
export interface WorkerProps extends MicroserviceProps {}

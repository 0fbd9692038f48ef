import type { IRule } from './rule';
import { ABRUPT_END } from './rules/abrupt-end';
import { ABRUPT_SIDECAR } from './rules/abrupt-sidecar';
import { ABSENT_SIDECAR_VOLUME } from './rules/absent-sidecar-volume';
import { ANALYSIS_WITHOUT_DATA } from './rules/analysis-without-data';
import { CONTAINER_OUT_OF_RANGE } from './rules/container-out-of-range';
import { DEPRECATED_BACKUP } from './rules/deprecated-backup';
import { ENDLESS_METRIC } from './rules/endless-metric';
import { ETCD_WITHOUT_TLS } from './rules/etcd-without-tls';
import { EVENTS_IN_MEMORY } from './rules/events-in-memory';
import { EVENTS_PAST_QUEUE_PROXY } from './rules/events-past-queue-proxy';
import { INVALID_DURATION } from './rules/invalid-duration';
import { KAFKA_ROUTE } from './rules/kafka-route';
import { LOADING_VARIABLE } from './rules/loading-variable';
import { LOST_EVENT } from './rules/lost-event';
import { METRIC_NAME_TWICE } from './rules/metric-name-twice';
import { METRIC_PROVIDER } from './rules/metric-provider';
import { METRIC_WITHOUT_CONDITION } from './rules/metric-without-condition';
import { METRIC_WITHOUT_ERROR_LIMIT } from './rules/metric-without-error-limit';
import { MISSING_ARGUMENT } from './rules/missing-argument';
import { MISSING_FUNCTION_FEATURE } from './rules/missing-function-feature';
import { MISSING_ROLLOUT_SERVICE } from './rules/missing-rollout-service';
import { MISSING_TEMPLATE } from './rules/missing-template';
import { OPEN_FUNCTION } from './rules/open-function';
import { OPEN_INTERNET } from './rules/open-internet';
import { PATCHED_FIELD } from './rules/patched-field';
import { PAUSED_SCALER } from './rules/paused-scaler';
import { PLAIN_INGRESS } from './rules/plain-ingress';
import { PUBLIC_LOAD_BALANCER } from './rules/public-load-balancer';
import { QUOTA_EXCEEDED } from './rules/quota-exceeded';
import { RECREATED } from './rules/recreated';
import { ROLLOUT_BEHIND_DAPR } from './rules/rollout-behind-dapr';
import { SECOND_AUTOSCALER } from './rules/second-autoscaler';
import { SECRET_VARIABLE } from './rules/secret-variable';
import { SHARED_FAILURES } from './rules/shared-failures';
import { SHARED_REDIS_USER } from './rules/shared-redis-user';
import { SINGLE_REPLICA } from './rules/single-replica';
import { STORE_WITHOUT_PASSWORD } from './rules/store-without-password';
import { STORE_WITHOUT_TLS } from './rules/store-without-tls';
import { SURGE_BEYOND_QUOTA } from './rules/surge-beyond-quota';
import { SUSPENDED_SCHEDULE } from './rules/suspended-schedule';
import { UNEVEN_WEIGHTS } from './rules/uneven-weights';
import { UNEVICTABLE_POD } from './rules/unevictable-pod';
import { UNKNOWN_ARGUMENT } from './rules/unknown-argument';
import { UNPROVED_BACKUP } from './rules/unproved-backup';

/** The rules of this library that read manifests. */
export const BUILT_IN_RULES: readonly IRule[] = [
  SINGLE_REPLICA,
  UNEVICTABLE_POD,
  ABRUPT_END,
  ABRUPT_SIDECAR,
  RECREATED,
  SURGE_BEYOND_QUOTA,
  QUOTA_EXCEEDED,
  CONTAINER_OUT_OF_RANGE,
  UNPROVED_BACKUP,
  DEPRECATED_BACKUP,
  SUSPENDED_SCHEDULE,
  SHARED_FAILURES,
  ROLLOUT_BEHIND_DAPR,
  ABSENT_SIDECAR_VOLUME,
  LOST_EVENT,
  EVENTS_IN_MEMORY,
  MISSING_FUNCTION_FEATURE,
  PLAIN_INGRESS,
  PATCHED_FIELD,
  MISSING_ROLLOUT_SERVICE,
  UNEVEN_WEIGHTS,
  INVALID_DURATION,
  MISSING_TEMPLATE,
  MISSING_ARGUMENT,
  UNKNOWN_ARGUMENT,
  ENDLESS_METRIC,
  ANALYSIS_WITHOUT_DATA,
  METRIC_NAME_TWICE,
  METRIC_PROVIDER,
  METRIC_WITHOUT_CONDITION,
  METRIC_WITHOUT_ERROR_LIMIT,
  PAUSED_SCALER,
  SECOND_AUTOSCALER,
  EVENTS_PAST_QUEUE_PROXY,
  SECRET_VARIABLE,
  LOADING_VARIABLE,
  OPEN_FUNCTION,
  OPEN_INTERNET,
  PUBLIC_LOAD_BALANCER,
  SHARED_REDIS_USER,
  ETCD_WITHOUT_TLS,
  KAFKA_ROUTE,
  STORE_WITHOUT_TLS,
  STORE_WITHOUT_PASSWORD,
];

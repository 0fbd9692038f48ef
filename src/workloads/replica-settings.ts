import type { Construct } from 'constructs';
import { checkScalable } from './best-effort';
import type { WorkloadSettings } from './workload-settings';
import type { PlatformProfile } from '../profile/platform-profile';
import { WORKER_SETTINGS } from '../scaling/worker-settings';
import { fail } from '../values/errors';
import type { ResolvedQueue } from '../values/queue-scaling';
import { Scaling } from '../values/scaling';
import { SCALED_RESOURCES } from '../values/vertical-scaling';

/** The keys of values files for the number of replicas. */
export const REPLICA_KEYS = {
  range: ['replicas.min', 'replicas.max'],
  count: ['replicas.count'],
  use: ['autoscaling.cpuPercent', 'autoscaling.memoryPercent'],
} as const;

/** The number of replicas of a workload that runs on: profile, environment, code and values files, merged in that order. */
export interface ReplicaSettings {
  readonly scaling: Scaling;
  readonly resolved: ReturnType<Scaling['_resolve']> | ResolvedQueue;
}

/** Fails where a values file contradicts the code. */
export function replicaSettings(workload: Construct, profile: PlatformProfile, settings: WorkloadSettings): ReplicaSettings {
  const scaling = chooseScaling(settings, settings.kind.scaling!);
  const resolved = scaling._resolveQueue(WORKER_SETTINGS.of(profile), workload) ?? scaling._resolve(profile._values.scaling, workload);
  if (resolved.kind === 'utilization') {
    if (resolved.resources.length > 0) {
      checkScalable(workload, settings);
    }
    checkAims(workload, settings, resolved);
  }
  return { scaling, resolved };
}

type Utilization = Extract<ReturnType<Scaling['_resolve']>, { kind: 'utilization' }>;

/** Fails on an aim that a container never exceeds, because its limit comes first. */
function checkAims(workload: Construct, settings: WorkloadSettings, resolved: Utilization): void {
  for (const resource of SCALED_RESOURCES.filter((each) => resolved.resources.includes(each))) {
    const percent = resolved[`${resource}Percent`];
    const { [`${resource}Request` as const]: request, [`${resource}Limit` as const]: limit } = settings.resources._amounts;
    if (request && limit && request._times(percent)._exceeds(limit._times(100))) {
      const most = limit._units * 100n / request._units;
      fail(workload, `scales at ${percent} % of ${resource}Request ${request}, which is more than ${resource}Limit ${limit}, so it would never grow`,
        `Set ${resource}Percent to less than ${most}, or raise ${resource}Limit`);
    }
  }
}

function chooseScaling(settings: WorkloadSettings, code: Scaling): Scaling {
  const { range, count, use } = REPLICA_KEYS;
  const { replicas: { min, max, count: fixed }, autoscaling } = settings.files;
  const over = code._over({ min, max, ...autoscaling });
  const onQueues = code._kind === 'queue';
  const scaledByUse = 'is for a service that is scaled by its use, but the code';
  if (over) {
    settings.refuseInFiles(count, `would fix the number of replicas, but the service is scaled ${onQueues ? 'on its queues' : 'by its use'}`, 'Set replicas.min and replicas.max');
  } else {
    settings.refuseInFiles([...range, ...use], `${scaledByUse} fixes the number of replicas`, 'Set replicas.count');
  }
  if (onQueues) {
    settings.refuseInFiles(use, `${scaledByUse} scales it on its queues`, 'Remove it');
  }
  const kept = over?._says('resources') as string[] | undefined;
  const lost = kept && SCALED_RESOURCES.filter((resource) => !kept.includes(resource)).map((resource) => `autoscaling.${resource}Percent`);
  settings.refuseInFiles(lost ?? [], 'is for a resource that does not count, by resources of the scaling in code', 'Remove it');
  return fixed === undefined ? over ?? code : Scaling.replicas(fixed);
}

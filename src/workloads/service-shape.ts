import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { MESH_SETTING } from '../mesh/mesh-settings';
import type { PlatformProfile } from '../profile/platform-profile';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import { wholeNumber } from '../values/value-checks';

/** The settings of the Service of a workload. */
export interface ServiceShape {
  /** It has no address of its own, but a name for each pod that is ready. */
  readonly headless?: boolean;
  readonly sessionAffinity?: Duration;
}

/** The settings of the Service among those of its workload. */
export function shapeOf({ headless, sessionAffinity }: ServiceShape): ServiceShape {
  return { headless, sessionAffinity };
}

/** Kubernetes forgets a client after a day at the latest. */
const LONGEST_AFFINITY = 86_400;

/** The ports of a workload. Clients of a headless Service connect to pods, which know no other port. */
export function shapedPorts({ headless }: ServiceShape, own: Port[] | undefined, defaults: readonly Port[]): Port[] {
  return own ?? defaults.map((port) => headless ? port._unmapped() : port);
}

/** Fails on settings that have no effect, or that Kubernetes refuses. */
export function checkShape(where: Construct, profile: PlatformProfile, shape: ServiceShape, reachable: readonly Port[]): void {
  const { headless, sessionAffinity } = shape;
  const set = headless ? 'headless' : sessionAffinity ? 'sessionAffinity' : undefined;
  if (set !== undefined && reachable.length === 0) {
    fail(where, `sets ${set}, and has no Service`, `Leave ${set} out, or use a Microservice with a port`);
  }
  if (headless) {
    reachable.forEach((port) => port._checkUnmapped(where, 'and clients of a headless Service connect to pods'));
  }
  if (sessionAffinity === undefined) {
    return;
  }
  if (headless) {
    fail(where, 'has sessionAffinity and a headless Service, whose clients choose a pod themselves', 'Leave one of them out');
  }
  const mesh = MESH_SETTING.of(profile);
  if (mesh._proxies) {
    fail(where, `has sessionAffinity, and the mesh ${mesh} chooses a pod for each request itself`, 'Leave sessionAffinity out');
  }
  wholeNumber(where, sessionAffinity.toSeconds({ integral: false }), 1, LONGEST_AFFINITY, 'the seconds of sessionAffinity');
}

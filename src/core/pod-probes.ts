import type { Construct } from 'constructs';
import type { ProbePath } from './pod-extension';
import type * as k8s from '../../imports/k8s';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import type { ProbeSettings } from '../values/probe-settings';

const KINDS = ['liveness', 'readiness', 'startup'] as const;

/**
 * Probes with those of the profile where none is set, whose timing also completes theirs. A container without ports has only its own probes:
 * the probes of the profile send requests.
 */
export function probesOver(standard: Required<ProbeSettings>, ports: readonly Port[], own?: ProbeSettings): ProbeSettings {
  const usual: ProbeSettings = ports.length > 0 ? standard : {};
  return own === undefined ? usual : Object.fromEntries(KINDS.map((kind) => [kind, own[kind]?._merge(standard[kind]._timing) ?? usual[kind]]));
}

/** The probes of a container. Fails on what Kubernetes refuses. */
export function renderProbes(where: Construct, ports: readonly Port[], probes: ProbeSettings): Pick<k8s.Container, 'livenessProbe' | 'readinessProbe' | 'startupProbe'> {
  const render = (kind: typeof KINDS[number]) => {
    const probe = probes[kind]?._toKube(ports, where);
    if (kind !== 'readiness' && probe?.successThreshold !== undefined && probe.successThreshold > 1) {
      fail(where, `the ${kind} probe has successThreshold ${probe.successThreshold}, and Kubernetes takes nothing but 1 there`, 'Leave successThreshold out');
    }
    return probe;
  };
  return { livenessProbe: render('liveness'), readinessProbe: render('readiness'), startupProbe: render('startup') };
}

/** What the kubelet asks of a container by HTTP, at which port by its name. */
export function probePaths(where: Construct, ports: readonly Port[], probes: ProbeSettings): ProbePath[] {
  return KINDS.flatMap((kind) => probes[kind]?._toKube(ports, where)?.httpGet ?? []);
}

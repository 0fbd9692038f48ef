import type { Construct } from 'constructs';
import type { WorkloadProps } from './workload-props';
import type * as k8s from '../../imports/k8s';
import { checkLabels } from '../values/labels';
import { tolerationOf } from '../values/taint';
import { dnsSubdomain } from '../values/value-checks';

/** The nodes on which pods run, and the runtime that runs them. */
export function scheduling(where: Construct, props: WorkloadProps): Pick<k8s.PodSpec, 'nodeSelector' | 'tolerations' | 'runtimeClassName'> {
  const { nodeSelector, tolerations = [], runtimeClassName } = props;
  checkLabels(where, nodeSelector ?? {});
  return {
    nodeSelector: nodeSelector && { ...nodeSelector },
    tolerations: tolerations.length > 0 ? tolerations.map((taint) => tolerationOf(where, taint)) : undefined,
    runtimeClassName: runtimeClassName === undefined ? undefined : dnsSubdomain(where, 'runtimeClassName', runtimeClassName),
  };
}

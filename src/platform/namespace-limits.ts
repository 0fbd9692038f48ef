import type { Construct } from 'constructs';
import { amounts, bestEffortPodsOf, quotaOf, storageQuotaOf } from './namespace-quota';
import type * as k8s from '../../imports/k8s';
import { defineObject } from '../core/kubernetes-object';
import type { ServiceGroup } from '../core/service-group';

/**
 * What all pods and volumes of a namespace may use together.
 *
 * Where it may have best-effort pods, they are counted by a quota of their own, and what others use by one that does not see them: a quota on
 * limits refuses pods that have none.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 */
export function defineQuotas(scope: Construct, group: ServiceGroup): void {
  const { cpu, memory } = quotaOf(group);
  const compute = { 'limits.cpu': cpu, 'limits.memory': memory, 'requests.cpu': cpu, 'requests.memory': memory };
  const storage = storageQuotaOf(group);
  const volumes: { [resource: string]: string } = storage ? { 'requests.storage': `${storage}` } : {};
  const pods = bestEffortPodsOf(group);
  if (pods === undefined) {
    defineQuota(scope, 'ResourceQuota', group.namespace, { hard: { ...compute, ...volumes } });
    return;
  }
  defineQuota(scope, 'ResourceQuota', group.namespace, { hard: compute, scopes: ['NotBestEffort'] });
  defineQuota(scope, 'BestEffortQuota', `${group.namespace}-best-effort`, { hard: { pods: `${pods}` }, scopes: ['BestEffort'] });
  if (storage) {
    // volumes know no quality of service, so no quota with a scope counts them
    defineQuota(scope, 'StorageQuota', `${group.namespace}-storage`, { hard: volumes });
  }
}

/**
 * What a container gets that says nothing itself: with a quota, a pod without limits would be refused, such as an injected sidecar or the Job
 * of a tool.
 */
export function defineLimitRange(scope: Construct, { namespace, profile }: ServiceGroup): void {
  const { max, min, defaultLimit, defaultRequest } = profile._values.containerLimits;
  defineObject<k8s.LimitRangeSpec>(scope, 'LimitRange', {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: namespace },
    spec: {
      limits: [{ type: 'Container', max: amounts(max), min: amounts(min), default: amounts(defaultLimit), defaultRequest: amounts(defaultRequest) }],
    },
  });
}

function defineQuota(scope: Construct, id: string, name: string, spec: k8s.ResourceQuotaSpec): void {
  defineObject<k8s.ResourceQuotaSpec>(scope, id, { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec });
}

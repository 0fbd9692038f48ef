import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CapacityCheck } from './capacity-check';
import { amounts, quotaOf, storageQuotaOf } from './namespace-quota';
import { checkVolumes } from './volume-check';
import { demandsOf } from '../core/capacity-demand';
import type { Plain } from '../core/kubernetes-object';
import { defineClusterObject, defineObject } from '../core/kubernetes-object';
import { beforeSynthesis } from '../core/preparation';
import type { ServiceGroup } from '../core/service-group';
import { checkDigests } from '../security/admission/images';

/**
 * A namespace, what may run in it, and how much.
 *
 * @internal
 */
export class PlatformNamespace extends Construct {
  constructor(scope: Construct, id: string, private readonly group: ServiceGroup, capacityPool?: string) {
    super(scope, id);
    const { namespace, profile } = group;
    const { security, containerLimits, images } = profile._values;

    const level = security.podSecurityLevel;
    defineClusterObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: {
          // what network policies select; the server sets kubernetes.io/metadata.name itself
          'name': namespace,
          'pod-security.kubernetes.io/enforce': level,
          'pod-security.kubernetes.io/audit': level,
          'pod-security.kubernetes.io/warn': level,
          // by which the policy-controller knows whose images to verify
          ...images.signers.length > 0 && images.verifier === 'policy-controller' && group.environment ? { 'policy.sigstore.dev/include': 'true' } : {},
        },
      },
    });
    const quota = quotaOf(group);
    const storage = storageQuotaOf(group);
    defineObject<Plain<k8s.ResourceQuotaSpec>>(this, 'ResourceQuota', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: namespace },
      spec: {
        hard: {
          'limits.cpu': quota.cpu,
          'limits.memory': quota.memory,
          'requests.cpu': quota.cpu,
          'requests.memory': quota.memory,
          ...storage && { 'requests.storage': `${storage}` },
        },
      },
    });
    // with a quota, a pod without limits would be refused: an injected sidecar, a Job of a tool
    defineObject<Plain<k8s.LimitRangeSpec>>(this, 'LimitRange', {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: namespace },
      spec: {
        limits: [{
          type: 'Container',
          max: amounts(containerLimits.max),
          min: amounts(containerLimits.min),
          default: amounts(containerLimits.defaultLimit),
          defaultRequest: amounts(containerLimits.defaultRequest),
        }],
      },
    });
    new CapacityCheck(this, 'Capacity', group, capacityPool);
    this.node.addValidation({ validate: () => [...checkVolumes(group), ...checkDigests(group)] });
    beforeSynthesis(this, () => this.priorityClasses());
  }

  /** A PriorityClass is no object of a namespace, so its name begins with that of the one it belongs to. */
  private priorityClasses(): void {
    const { namespace, profile } = this.group;
    for (const tier of new Set(demandsOf(this.group).flatMap((demand) => demand.tier?.name ?? []))) {
      const { priority } = profile._values.tiers[tier];
      if (!this.node.tryFindChild(tier)) {
        defineClusterObject(this, tier, {
          apiVersion: 'scheduling.k8s.io/v1',
          kind: 'PriorityClass',
          metadata: { name: `${namespace}-${tier}` },
          value: priority,
          globalDefault: false,
          description: `Services of the tier ${tier} in ${namespace}`,
        });
      }
    }
  }
}

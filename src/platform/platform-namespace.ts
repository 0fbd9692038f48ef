import { Construct } from 'constructs';
import { joinCapacityPool } from './capacity-pool';
import { defineLimitRange, defineQuotas } from './namespace-limits';
import { bestEffortPodsOf } from './namespace-quota';
import { addRule } from '../checks/registry';
import { defineClusterObject } from '../core/kubernetes-object';
import { beforeSynthesis } from '../core/preparation';
import { tiersInUse } from '../core/priority-class';
import type { ServiceGroup } from '../core/service-group';
import { DIGEST_REQUIRED } from '../security/admission/image-rules';
import { IMAGE_SETTINGS } from '../security/image-settings';
import { POD_SECURITY_SETTINGS } from '../security/pod-security-settings';

/**
 * A namespace, what may run in it, and how much.
 *
 * @internal
 */
export class PlatformNamespace extends Construct {
  constructor(scope: Construct, id: string, private readonly group: ServiceGroup, capacityPool?: string) {
    super(scope, id);
    if (!group.home._exists) {
      this.defineNamespace();
    }
    if (group.home._quota) {
      this.limit(capacityPool);
    }
    if (IMAGE_SETTINGS.of(group.profile).requireDigest) {
      addRule(group.chart, DIGEST_REQUIRED);
    }
    beforeSynthesis(this, () => this.priorityClasses());
  }

  private defineNamespace(): void {
    const { namespace, profile, environment } = this.group;
    const images = IMAGE_SETTINGS.of(profile);
    const level = POD_SECURITY_SETTINGS.of(profile).podSecurityLevel;
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
          ...images.signers.length > 0 && images.verifier === 'policy-controller' && environment ? { 'policy.sigstore.dev/include': 'true' } : {},
        },
      },
    });
  }

  private limit(capacityPool: string | undefined): void {
    defineQuotas(this, this.group);
    if (bestEffortPodsOf(this.group) === undefined) {
      defineLimitRange(this, this.group);
    }
    joinCapacityPool(this.group, capacityPool);
  }

  /** A PriorityClass is no object of a namespace, so its name begins with that of the one it belongs to. */
  private priorityClasses(): void {
    const { namespace, profile } = this.group;
    for (const tier of tiersInUse(this.group)) {
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

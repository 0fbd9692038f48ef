import type * as k8s from '../../imports/k8s';
import type { ServiceGroup } from '../core/service-group';
import { PART_OF_LABEL } from '../values/labels';

/** The pods that the policies of a group apply to: those of its namespace, or only its own where others have pods there too. */
export function podsOfGroup({ name, home }: ServiceGroup): k8s.LabelSelector {
  return home._exists ? { matchLabels: { [PART_OF_LABEL]: name } } : {};
}

/** The name of a policy of a group, which differs from those of others in its namespace. */
export function policyName({ name, home }: ServiceGroup, policy: string): string {
  return home._exists ? `${name}-${policy}` : policy;
}

import type { Construct } from 'constructs';
import { fail } from '../values/errors';
import { plainText, show } from '../values/value-checks';

/**
 * What a service may do with some objects of its namespace, by the Kubernetes API.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export interface ApiRule {
  /**
   * The API groups of the resources; the core group is the empty text.
   *
   * @default - the core group
   */
  readonly apiGroups?: string[];

  /**
   * The resources, such as `configmaps`. Never `*`.
   */
  readonly resources: string[];

  /**
   * What may be done, such as `get` and `watch`. Never `*`, nor what gives more rights than it has: `bind`, `escalate`,
   * `impersonate`.
   */
  readonly verbs: string[];

  /**
   * The only objects that are meant.
   *
   * @default - all objects of the namespace
   */
  readonly resourceNames?: string[];
}

/** Verbs by which a service could give itself any right. */
const ESCALATING = ['bind', 'escalate', 'impersonate'];

export function checkApiRule(where: Construct, rule: ApiRule): void {
  for (const field of ['resources', 'verbs'] as const) {
    if (rule[field].length === 0) {
      fail(where, `apiAccess has a rule without ${field}`, `Name the ${field}, or leave the rule out`);
    }
  }
  for (const word of [...rule.apiGroups ?? [], ...rule.resources, ...rule.verbs, ...rule.resourceNames ?? []].filter((each) => each !== '')) {
    plainText(where, 'apiAccess', word);
    if (word.includes('*')) {
      fail(where, `apiAccess has ${show(word)}, which is more than a service needs`, 'Name what it really uses');
    }
  }
  const escalating = rule.verbs.find((verb) => ESCALATING.includes(verb));
  if (escalating) {
    fail(where, `apiAccess has the verb '${escalating}', by which a service could give itself any right`, 'Leave it to the cluster\'s administrators');
  }
  const secrets = rule.resources.includes('secrets') && !rule.resourceNames?.length;
  if (secrets) {
    fail(where, 'apiAccess opens all Secrets of the namespace', 'Name them in resourceNames, or mount them with secretFiles');
  }
}

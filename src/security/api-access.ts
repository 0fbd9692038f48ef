import { Construct } from 'constructs';
import { type ApiRule, checkApiRule } from './api-rule';
import { defineObject } from '../core/kubernetes-object';
import type { IPods } from '../core/workload';
import { constructId } from '../values/construct-id';

/**
 * Properties for `ApiAccess`.
 */
export interface ApiAccessProps {
  /**
   * The workload whose ServiceAccount gets the rights.
   */
  readonly workload: IPods;

  /**
   * What it may do.
   */
  readonly rules: ApiRule[];
}

/**
 * Lets a workload use the Kubernetes API in its own namespace, as little as it needs.
 *
 * Defines a Role and a RoleBinding with the name of the workload, for the ServiceAccount of that name. Fails on
 * wildcards, on all Secrets of a namespace, and on verbs that give more rights.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 *
 * @example
 *
 * declare const scheduler: IPods;
 * new security.ApiAccess(this, 'SchedulerAccess', {
 *   workload: scheduler,
 *   rules: [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get', 'watch'] }],
 * });
 */
export class ApiAccess extends Construct {
  constructor(scope: Construct, id: string, props: ApiAccessProps) {
    super(scope, constructId(scope, id, new.target, props));
    const { name } = props.workload;
    props.rules.forEach((rule) => checkApiRule(this, rule));

    defineObject(this, 'Role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name },
      rules: props.rules.map((rule) => ({ ...rule, apiGroups: rule.apiGroups ?? [''] })),
    });
    defineObject(this, 'RoleBinding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name }],
    });
  }
}

import type { Construct } from 'constructs';
import { defineClusterObject, defineObject } from '../../core/kubernetes-object';
import { ARGO_CD_SETTINGS } from '../../delivery/argo-cd-settings';
import { defineDnsPolicy } from '../../network/dns-policy';
import { defineNetworkPolicy } from '../../network/network-policy';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { apiServerRule, podsOf } from '../../network/platform-peers';
import { NetworkPeer, type NetworkRule } from '../../values/network-peer';
import type { PipelineDefinition } from '../pipeline-definition';
import type { ArgoWorkflowsOptions } from '../pipeline-engine';
import { SCRIPTS } from '../scripts';

const RBAC = { apiVersion: 'rbac.authorization.k8s.io/v1' };
const RBAC_GROUP = 'rbac.authorization.k8s.io';
const WORKFLOWS_GROUP = 'argoproj.io';
/** What is outside of the cluster is reached by HTTPS alone. */
const HTTPS_PORT = 443;
/** The port of Argo CD's server, in its pods. */
const ARGO_CD_PORT = 8080;
/** What its Helm chart and its manifests name it. */
const ARGO_CD_LABEL = 'app.kubernetes.io/name';
const ARGO_CD_SERVER = 'argocd-server';

/** The namespace of the pipelines, and what may be done in it. */
export function definePipelineNamespace(scope: Construct, definition: PipelineDefinition, options: ArgoWorkflowsOptions): void {
  const { name, profile } = definition;
  const { namespace } = options;
  const { max, min, defaultLimit, defaultRequest } = profile._values.containerLimits;
  defineClusterObject(scope, 'Namespace', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: { name: namespace, ...Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted'])) },
    },
  });
  // what Argo puts beside each step says nothing of its size
  defineObject(scope, 'LimitRange', {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: namespace },
    spec: { limits: [{ type: 'Container', max, min, default: defaultLimit, defaultRequest }] },
  });
  defineObject(scope, 'ServiceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } });
  // what runs beside each step tells Argo how it ended
  defineRole(scope, 'Executor', name, [{ apiGroups: [WORKFLOWS_GROUP], resources: ['workflowtaskresults'], verbs: ['create', 'patch'] }], [{ kind: 'ServiceAccount', name }]);
  const approvers = [...definition.approvers].sort();
  if (approvers.length > 0) {
    // whoever resumes a run changes it; Kubernetes cannot tell this change from others
    defineRole(scope, 'Approvers', `${name}-approvers`, [{ apiGroups: [WORKFLOWS_GROUP], resources: ['workflows'], verbs: ['get', 'list', 'watch', 'update', 'patch'] }],
      approvers.map((group) => ({ kind: 'Group', apiGroup: RBAC_GROUP, name: group })));
  }
  defineObject(scope, 'Scripts', {
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-scripts` }, data: SCRIPTS,
  });
  definePolicies(scope, definition, options);
}

function defineRole(scope: Construct, id: string, name: string, rules: readonly object[], subjects: readonly object[]): void {
  defineObject(scope, `${id}Role`, { ...RBAC, kind: 'Role', metadata: { name }, rules });
  defineObject(scope, `${id}RoleBinding`, { ...RBAC, kind: 'RoleBinding', metadata: { name }, roleRef: { apiGroup: RBAC_GROUP, kind: 'Role', name }, subjects });
}

function definePolicies(scope: Construct, { name, profile }: PipelineDefinition, { repository, buildKit, cidrs }: ArgoWorkflowsOptions): void {
  const network = NETWORK_SETTINGS.of(profile);
  const argoCd = ARGO_CD_SETTINGS.of(profile);
  const [, buildKitPort] = /:(\d+)$/.exec(buildKit.address)!;
  const egress: NetworkRule[] = [
    apiServerRule(scope, network, 'runs workflows, but no network policy could let them tell Argo how they ended, because the addresses of the API server are not known'),
    { peers: repository._cidrs.map((cidr) => NetworkPeer.cidr(cidr)), ports: [repository._port] },
    { peers: [podsOf(buildKit.pods)], ports: [Number(buildKitPort)] },
    { peers: [NetworkPeer.pods(argoCd.namespace, ARGO_CD_LABEL, [ARGO_CD_SERVER])], ports: [ARGO_CD_PORT] },
    ...cidrs.length > 0 ? [{ peers: cidrs.map((cidr) => NetworkPeer.cidr(cidr)), ports: [HTTPS_PORT] }] : [],
  ];
  defineNetworkPolicy(scope, 'DefaultDeny', { name: 'default-deny', selector: {}, deny: ['Ingress', 'Egress'] });
  defineDnsPolicy(scope, 'Dns', profile);
  defineNetworkPolicy(scope, 'Policy', { name, selector: { matchLabels: { app: name } }, egress: () => egress });
}

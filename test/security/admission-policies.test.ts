import { App as StockApp, Chart, Testing } from 'cdk8s';
import { load } from 'js-yaml';
import { SharedChart } from '../../src/platform/shared-chart';
import { Environment } from '../../src/profile/environment';
import { SecurityDefaults } from '../../src/security';
import { AdmissionPolicies } from '../../src/security/admission-policies';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import { bare, DEV, findings, group, manifestsOf, PROD, profileWith, refusal, writtenBy } from '../support/platform';
import type { AnyChanges } from '../support/settings';
import { ORGANISATION } from '../support/settings';

/** None of the containers that the standard profile knows. */
const NONE: { [container: string]: string[] } = Object.fromEntries(
  ['daprd', 'istio-proxy', 'istio-validation', 'linkerd-proxy', 'linkerd-network-validator', 'queue-proxy'].map((container) => [container, []]));

interface Program {
  readonly changes?: AnyChanges;
  readonly namespaces?: string[];
  readonly environments?: Environment[];
}

/** The policies `best-practices` over `core-business` in some environments. */
function define({ changes = {}, namespaces, environments = [PROD] }: Program = {}) {
  const app = Testing.app();
  const profile = profileWith(changes);
  environments.forEach((environment) => group({ app, environment, profile }));
  const shared = new SharedChart(app, 'infrastructure', { profile });
  new AdmissionPolicies(shared, 'best-practices', { namespaces });
  return { app, shared, manifests: manifestsOf(shared) };
}

const policy = (changes?: AnyChanges, suffix = 'workloads') => define({ changes }).manifests.get('ValidatingAdmissionPolicy', `best-practices-${suffix}`).spec;
const messages = (changes?: AnyChanges) => policy(changes).validations.map(({ message }: { message: string }) => message);
const variable = (name: string, changes?: AnyChanges, suffix?: string) =>
  policy(changes, suffix).variables.find((each: { name: string }) => each.name === name)?.expression;

test('a policy exempts what operators create, by their ServiceAccounts', () => {
  const condition = (operators: string[]) => policy({ admission: { operators } }, 'pods').matchConditions.map(({ expression }: { expression: string }) => expression)[1];
  expect(condition(['strimzi/strimzi-cluster-operator', 'cert-manager/cert-manager'])).toBe("request.operation != 'CREATE' || !(request.userInfo.username in "
    + "['system:serviceaccount:cert-manager:cert-manager', 'system:serviceaccount:strimzi:strimzi-cluster-operator'])");
  expect(condition([])).toBeUndefined();
});

test('a policy says in its variables who offends, and in its validations that nobody does', () => {
  const { manifests } = define({ changes: { admission: { rules: ['registry', 'token'], injectedContainers: { ...NONE, proxy: ['ghcr.io/acme/proxy'] } } } });
  expect(bare(manifests.get('ValidatingAdmissionPolicy', 'best-practices-cron-jobs'))).toEqual(load(`\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: best-practices-cron-jobs
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups:
          - batch
        apiVersions:
          - v1
        operations:
          - CREATE
          - UPDATE
        resources:
          - cronjobs
  matchConditions:
    - name: pods-change
      expression: request.operation == 'CREATE' || object.spec.jobTemplate.spec.template != oldObject.spec.jobTemplate.spec.template
    - name: not-by-an-operator
      expression: request.operation != 'CREATE' || !(request.userInfo.username in ['system:serviceaccount:cert-manager:cert-manager'])
  variables:
    - name: spec
      expression: object.spec.jobTemplate.spec.template.spec
    - name: labels
      expression: 'has(object.spec.jobTemplate.spec.template.metadata) && has(object.spec.jobTemplate.spec.template.metadata.labels) ? object.spec.jobTemplate.spec.template.metadata.labels : {}'
    - name: containers
      expression: 'variables.spec.containers + (has(variables.spec.initContainers) ? variables.spec.initContainers : [])'
    - name: injected
      expression: variables.containers.filter(c, (c.name == 'proxy' && has(c.image) && (c.image.matches('^ghcr[.]io/acme/proxy[:@]')))).map(c, c.name)
    - name: own
      expression: variables.containers.filter(c, !(c.name in variables.injected))
    - name: images
      expression: 'variables.own.map(c, {''name'': c.name, ''image'': has(c.image) ? c.image : ''''})'
    - name: foreign
      expression: variables.images.filter(i, !(i.image.startsWith('registry.example.com/'))).map(i, i.name + ' (' + i.image + ')')
    - name: tokens
      expression: '!has(variables.spec.automountServiceAccountToken) ? [''automountServiceAccountToken is not set''] : variables.spec.automountServiceAccountToken && (!has(variables.spec.serviceAccountName) || variables.spec.serviceAccountName in ['''', ''default'']) ? [''the ServiceAccount default''] : []'
  validations:
    - expression: variables.foreign.size() == 0
      message: images from a registry that is not allowed. Allowed are registry.example.com.
      messageExpression: '''images from a registry that is not allowed: '' + variables.foreign.join('', '') + ''. Allowed are registry.example.com.'''
    - expression: variables.tokens.size() == 0
      message: 'a token of the API server that nobody asked for. Set automountServiceAccountToken: false, or true with a ServiceAccount of its own.'
      messageExpression: '''a token of the API server that nobody asked for: '' + variables.tokens.join('', '') + ''. Set automountServiceAccountToken: false, or true with a ServiceAccount of its own.'''
`));
});

test('a binding names the namespaces of all services, and no shared one', () => {
  const { manifests } = define({ environments: [PROD, DEV], namespaces: ['legacy'] });
  expect(manifests.names.filter((name) => name.startsWith('Validating'))).toEqual([
    ...['cron-jobs', 'pods', 'workloads'].map((suffix) => `ValidatingAdmissionPolicy/best-practices-${suffix}`),
    ...['cron-jobs', 'pods', 'workloads'].map((suffix) => `ValidatingAdmissionPolicyBinding/best-practices-${suffix}-deny`),
  ]);
  expect(bare(manifests.get('ValidatingAdmissionPolicyBinding', 'best-practices-pods-deny'))).toEqual({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'best-practices-pods-deny' },
    spec: {
      policyName: 'best-practices-pods',
      validationActions: ['Deny'],
      matchResources: {
        namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['core-business-dev', 'core-business-prod', 'legacy'] }] },
      },
    },
  });
  expect(manifests.of('ValidatingAdmissionPolicyBinding').filter(({ metadata }) => metadata.namespace !== undefined)).toEqual([]);
});

test('an environment may do something else about an offender', () => {
  const trial = Environment.of('trial', { capacityPool: 'development' }).with(SecurityDefaults.of({ admission: { actions: ['Warn', 'Audit'] } }));
  const { manifests } = define({ environments: [PROD, trial] });
  expect(manifests.of('ValidatingAdmissionPolicyBinding').filter(({ spec }) => spec.policyName === 'best-practices-pods').map(({ metadata, spec }) =>
    [metadata.name, spec.validationActions, spec.matchResources.namespaceSelector.matchExpressions[0].values])).toEqual([
    ['best-practices-pods-deny', ['Deny'], ['core-business-prod']],
    ['best-practices-pods-audit-warn', ['Audit', 'Warn'], ['core-business-trial']],
  ]);
});

test('a digest is asked for where the profile says so', () => {
  expect(messages()).toHaveLength(10);
  expect(messages({ images: { requireDigest: true } })).toEqual([...messages().slice(0, 2), 'images without a digest. Append the digest that the registry shows.', ...messages().slice(2)]);
});

test('further registries are allowed with all ways to write them', () => {
  const allowed = (registries: string[]) => /!\((.*)\)\)\.map/.exec(variable('foreign', { images: { registries } }))![1];
  expect(allowed(['registry.example.com', 'ghcr.io/dapr'])).toBe("i.image.startsWith('registry.example.com/') || i.image.startsWith('ghcr.io/dapr/')");
  expect(allowed(['docker.io/bitnami'])).toBe("i.image.startsWith('registry.example.com/') || i.image.startsWith('docker.io/bitnami/') || i.image.startsWith('bitnami/')");
  expect(allowed(['docker.io/library'])).toBe("i.image.startsWith('registry.example.com/') || i.image.startsWith('docker.io/library/') || i.image.startsWith('library/') || !i.image.contains('/')");
  expect(allowed(['docker.io'])).toBe("i.image.startsWith('registry.example.com/') || i.image.startsWith('docker.io/') || !i.image.contains('/') || !i.image.matches('^(localhost|[^/]*[.:][^/]*)/')");
});

test('containers of webhooks are known by their name and their image', () => {
  expect(variable('injected', { admission: { injectedContainers: { ...NONE, daprd: ['docker.io/daprio/daprd'] } } }, 'pods'))
    .toBe("variables.containers.filter(c, (c.name == 'daprd' && has(c.image) && (c.image.matches('^docker[.]io/daprio/daprd[:@]') || c.image.matches('^daprio/daprd[:@]')))).map(c, c.name)");
  expect(variable('injected', { admission: { injectedContainers: { ...NONE, daprd: [] } } }, 'pods')).toBe('variables.containers.filter(c, false).map(c, c.name)');
});

test('they have a file of their own', () => {
  const files = writtenBy((app) => {
    group({ app });
    new AdmissionPolicies(new SharedChart(app, 'infrastructure', { profile: ORGANISATION }), 'best-practices');
  });
  expect(Object.keys(files)).toContain('shared/infrastructure/best-practices.k8s.yaml');
  expect(files['shared/infrastructure/best-practices.k8s.yaml'].match(/^kind: .*/gm)).toEqual([...Array(3).fill('kind: ValidatingAdmissionPolicy'), ...Array(3).fill('kind: ValidatingAdmissionPolicyBinding')]);
});

test('an older Kubernetes gets none, and is reported', () => {
  const { shared, manifests } = define({ changes: { kubernetesVersion: KubernetesVersion.of('1.29') } });
  expect(manifests.names.filter((name) => name.startsWith('Validating'))).toEqual([]);
  expect(findings(shared)).toContain('MS-SEC-003 [infrastructure/best-practices] is left out on Kubernetes 1.29');
});

describe('fails', () => {
  test('outside of a group', () => {
    expect(() => new AdmissionPolicies(new Chart(new StockApp(), 'other'), 'rules')).toThrow(new Error('[other/rules] is not in a group, so it has neither namespace nor environment. Define it below a ServiceChart, or call ServiceChart.adopt for its chart.'));
  });

  test('in one environment', () => {
    expect(() => new AdmissionPolicies(group(), 'rules')).toThrow(new Error("[core-business-prod/rules] is in environment 'prod', and policies hold in all. Define it below a SharedChart."));
  });

  test('where no service is', () => {
    expect(refusal((app) => new AdmissionPolicies(new SharedChart(app, 'infrastructure', { profile: ORGANISATION }), 'rules'))).toBe('Validation failed with the following errors:\n'
      + '  [infrastructure/rules] holds in no namespace, because the program has no ServiceChart. Name namespaces of other programs, or leave it out.');
  });

  test('with a registry that would become a part of an expression', () => {
    expect(() => define({ changes: { imageRegistry: "x.io') || ('" } })).toThrow(new Error("[infrastructure/best-practices] 'x.io') || ('' of imageRegistry is not the address of a registry. "
      + "Write a host with or without a path and without '/' at the end, such as 'registry.example.com' or 'docker.io/library'."));
  });

  test.each<[string, string[] | undefined, string]>([
    ['Rules', undefined, "[infrastructure/Rules] name 'Rules' is not a DNS label: it has 'R'. Write 'rules'."],
    ['rules', ['Legacy'], "[infrastructure/rules] a namespace 'Legacy' is not a DNS label: it has 'L'. Write 'legacy'."],
    ['r'.repeat(41), undefined, `[infrastructure/${'r'.repeat(41)}] name '${'r'.repeat(41)}' is not a DNS label: it has 41 characters, and 40 are the most. Use a to z, 0 to 9 and '-', at most 40 characters.`],
  ])('on the names %j and %j', (id, namespaces, message) => {
    expect(() => new AdmissionPolicies(new SharedChart(Testing.app(), 'infrastructure', { profile: ORGANISATION }), id, { namespaces })).toThrow(new Error(message));
  });

  test.each<[AnyChanges, string]>([
    [{ images: { registries: ['docker'] } }, "'docker' of images.registries is not the address of a registry. Write a host with or without a path and without '/' at the end, such as 'registry.example.com' or 'docker.io/library'."],
    [{ images: { registries: ["x.io' || true || '"] } }, "'x.io' || true || '' of images.registries is not the address of a registry. Write a host with or without a path and without '/' at the end, such as 'registry.example.com' or 'docker.io/library'."],
    [{ images: { registries: ['https://registry.example.com/'] } }, "'https://registry.example.com/' of images.registries is not the address of a registry. Write a host with or without a path and without '/' at the end, such as 'registry.example.com' or 'docker.io/library'."],
    [{ admission: { actions: [] } }, "admission.actions is empty, so nothing would happen. Name what is done, such as 'Deny', or leave AdmissionPolicies out."],
    [{ admission: { actions: ['deny'] } }, "expected an action of admission.actions to be one of Deny, Warn, Audit, got 'deny'. Use 'Deny'."],
    [{ admission: { actions: ['Deny', 'Warn'] } }, "admission.actions has 'Deny' and 'Warn', which the API server refuses, because a refusal is a warning. Leave one of them out."],
    [{ admission: { actions: ['Audit', 'Audit'] } }, "admission.actions has 'Audit' twice. Leave one out."],
    [{ admission: { rules: [] } }, 'admission.rules is empty, so everything would pass. Name some, or leave AdmissionPolicies out.'],
    [{ admission: { rules: ['limit'] } }, "expected a rule of admission.rules to be one of registry, tag, limits, probes, privileges, non-root, file-system, host, token, labels, got 'limit'. Use 'limits'."],
    [{ admission: { requiredLabels: [] } }, "admission.requiredLabels is empty, so the rule 'labels' would ask for nothing. Name some, or leave 'labels' out of admission.rules."],
    [{ admission: { requiredLabels: ["app'"] } }, "'app'' is not the name of a label. Use letters, digits, '-', '_' and '.', at most 63, such as 'team' or 'example.com/team'."],
    [{ admission: { operators: ['cert-manager'] } }, "'cert-manager' of admission.operators is not a ServiceAccount. Write namespace and name, such as 'cert-manager/cert-manager'."],
    [{ admission: { operators: ["a/b' || true"] } }, "the ServiceAccount in admission.operators 'b' || true' is not a DNS subdomain: it has '''. Write 'b-true'."],
    [{ admission: { operators: ['kube-system/default'] } }, "'kube-system/default' of admission.operators is the ServiceAccount of every pod that names none. Name the ServiceAccount of the operator."],
    [{ admission: { operators: ['a/b', 'a/b'] } }, "admission.operators has 'a/b' twice. Leave one out."],
    [{ admission: { injectedContainers: { 'a b': [] } } }, "'a b' of admission.injectedContainers is not the name of a container. Use a to z, 0 to 9 and '-', at most 63 characters."],
    [{ admission: { injectedContainers: { daprd: ['daprd'] } } }, "'daprd' of admission.injectedContainers.daprd is not the address of a registry. Write a host with or without a path and without '/' at the end, such as 'registry.example.com' or 'docker.io/library'."],
  ])('on the settings %j', (changes, message) => {
    expect(() => profileWith(changes)).toThrow(new Error(`PlatformProfile.customize: ${message}`));
  });
});

import type { Construct } from 'constructs';
import { checkRegistry } from './image-settings';
import { section } from '../profile/section';
import { fail } from '../values/errors';
import { checkLabels } from '../values/labels';
import { oneOf } from '../values/one-of';
import { dnsLabel, dnsSubdomain, show } from '../values/value-checks';

/** What the API server can be told to ask of pods, in the order in which a refusal names it. */
export const ADMISSION_RULES = ['registry', 'tag', 'limits', 'probes', 'privileges', 'non-root', 'file-system', 'host', 'token', 'labels'] as const;

/** A rule by its name; `digest` follows from `images.requireDigest`. */
export type AdmissionRule = typeof ADMISSION_RULES[number] | 'digest';

/** What is done about a pod that breaks a rule. */
export const ADMISSION_ACTIONS = ['Deny', 'Warn', 'Audit'];

/**
 * What `AdmissionPolicies` ask of pods, and what becomes of those that do not comply.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export interface AdmissionSettings {
  /**
   * What the API server does with a pod that breaks a rule: `Deny` refuses it, `Warn` tells whoever applies it, `Audit` writes it to the
   * audit log. `Deny` and `Warn` do not go together.
   *
   * @default - the profile's `admission.actions` (Deny)
   */
  readonly actions?: string[];

  /**
   * The rules that hold:
   *
   * - `registry`: images come from `imageRegistry` and `images.registries`
   * - `tag`: images have a digest, or a tag other than `latest`
   * - `limits`: containers have limits of processors and memory
   * - `probes`: containers that run on have a liveness and a readiness probe
   * - `privileges`: containers are not privileged, cannot become so, and keep no capability
   * - `non-root`: containers do not run as root
   * - `file-system`: the root file system of containers is read-only
   * - `host`: pods share neither network nor processes nor folders with their node
   * - `token`: pods say whether they get a token for the API server, and the ServiceAccount `default` gets none
   * - `labels`: pods have `requiredLabels`
   *
   * @default - the profile's `admission.rules`
   */
  readonly rules?: string[];

  /**
   * The labels that every pod has.
   *
   * @default - the profile's `admission.requiredLabels` (app, app.kubernetes.io/name, app.kubernetes.io/part-of)
   */
  readonly requiredLabels?: string[];

  /**
   * Containers that others put into pods, by their name, each with the repositories that their image may come from. They comply with
   * `privileges` and `host`; the other rules are for those who write manifests.
   *
   * @default - the profile's `admission.injectedContainers`
   */
  readonly injectedContainers?: { [container: string]: string[] };

  /**
   * Operators that create pods in the namespaces of services, each as `<namespace>/<ServiceAccount>`. Their pods follow the rules of their authors, and Pod Security.
   * The API server knows the creator of a pod, so no label grants this exception. A change of such a pod by another account is checked.
   *
   * @default - the profile's `admission.operators` (cert-manager/cert-manager)
   */
  readonly operators?: string[];
}

/** Fails on what the API server would refuse, or what would let everything pass. */
export function checkAdmission(where: Construct | string, settings: Required<AdmissionSettings>): void {
  const { actions, rules, requiredLabels, injectedContainers, operators } = settings;
  each(where, 'actions', actions, (action) => oneOf(where, 'an action of admission.actions', action, ADMISSION_ACTIONS));
  if (actions.length === 0) {
    fail(where, 'admission.actions is empty, so nothing would happen', "Name what is done, such as 'Deny', or leave AdmissionPolicies out");
  }
  if (actions.includes('Deny') && actions.includes('Warn')) {
    fail(where, "admission.actions has 'Deny' and 'Warn', which the API server refuses, because a refusal is a warning", 'Leave one of them out');
  }
  each(where, 'rules', rules, (rule) => oneOf(where, 'a rule of admission.rules', rule, ADMISSION_RULES));
  if (rules.length === 0) {
    fail(where, 'admission.rules is empty, so everything would pass', 'Name some, or leave AdmissionPolicies out');
  }
  if (rules.includes('labels') && requiredLabels.length === 0) {
    fail(where, "admission.requiredLabels is empty, so the rule 'labels' would ask for nothing", "Name some, or leave 'labels' out of admission.rules");
  }
  each(where, 'requiredLabels', requiredLabels, (label) => checkLabels(where, { [label]: '' }));
  for (const [container, repositories] of Object.entries(injectedContainers)) {
    if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(container)) {
      fail(where, `${show(container)} of admission.injectedContainers is not the name of a container`, "Use a to z, 0 to 9 and '-', at most 63 characters");
    }
    repositories.forEach((repository) => checkRegistry(where, `admission.injectedContainers.${container}`, repository));
  }
  each(where, 'operators', operators, (operator) => {
    const [namespace, account, ...more] = typeof operator === 'string' ? operator.split('/') : [];
    if (account === undefined || more.length > 0) {
      fail(where, `${show(operator)} of admission.operators is not a ServiceAccount`, "Write namespace and name, such as 'cert-manager/cert-manager'");
    }
    dnsLabel(where, 'the namespace in admission.operators', namespace);
    dnsSubdomain(where, 'the ServiceAccount in admission.operators', account);
    if (account === 'default') {
      fail(where, `'${operator}' of admission.operators is the ServiceAccount of every pod that names none`, 'Name the ServiceAccount of the operator');
    }
  });
}

function each(where: Construct | string, what: string, values: readonly string[], check: (value: string) => void): void {
  values.forEach((value, index) => {
    check(value);
    if (values.indexOf(value) !== index) {
      fail(where, `admission.${what} has ${show(value)} twice`, 'Leave one out');
    }
  });
}

/** What the API server requires of pods, where `AdmissionPolicies` are defined. */
export const ADMISSION_SETTINGS = section<Required<AdmissionSettings>>('admission', () => ({
  actions: ['Deny'],
  rules: [...ADMISSION_RULES],
  requiredLabels: ['app', 'app.kubernetes.io/name', 'app.kubernetes.io/part-of'],
  // where their projects publish them
  injectedContainers: {
    'daprd': ['docker.io/daprio/daprd', 'ghcr.io/dapr/daprd'],
    'istio-proxy': ['docker.io/istio/proxyv2'],
    'istio-validation': ['docker.io/istio/proxyv2'],
    'linkerd-proxy': ['cr.l5d.io/linkerd/proxy'],
    'linkerd-network-validator': ['cr.l5d.io/linkerd/proxy'],
    'queue-proxy': ['gcr.io/knative-releases/knative.dev/serving/cmd/queue'],
  },
  // the pods that answer the HTTP-01 challenge of an authority
  operators: ['cert-manager/cert-manager'],
}), { check: checkAdmission, openKeys: ['injectedContainers'] });

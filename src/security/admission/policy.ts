import type { AdmissionValues } from './admission-values';
import { type CelRule, spellings } from './rules';

type Injected = AdmissionValues['admission']['injectedContainers'];

/** An expression with a name, as policies of the API server have them. */
export interface Variable {
  readonly name: string;
  readonly expression: string;
}

/** Objects that have pods in them, and where. */
export interface PodOwner {
  /** The last part of the policy's name. */
  readonly suffix: string;
  readonly rules: readonly { readonly apiGroups: string[]; readonly resources: string[] }[];
  /** The way to what is a PodTemplateSpec, or a Pod. */
  readonly path: string;
  /** Whether these are pods, to which containers for debugging may be added. */
  readonly created: boolean;
  /** Of its API. */
  readonly version: string;
}

/**
 * Pods themselves, whoever makes them, and what they are made from: so that whoever applies that is told, and not only a controller.
 *
 * Each has a policy of its own, because the API server checks expressions against the types that a policy is for.
 */
export const POD_OWNERS: readonly PodOwner[] = [
  { suffix: 'pods', rules: [{ apiGroups: [''], resources: ['pods', 'pods/ephemeralcontainers'] }], path: 'object', created: true, version: 'v1' },
  {
    suffix: 'workloads',
    rules: [{ apiGroups: ['apps'], resources: ['daemonsets', 'deployments', 'statefulsets'] }, { apiGroups: ['batch'], resources: ['jobs'] }],
    path: 'object.spec.template',
    created: false,
    version: 'v1',
  },
  { suffix: 'cron-jobs', rules: [{ apiGroups: ['batch'], resources: ['cronjobs'] }], path: 'object.spec.jobTemplate.spec.template', created: false, version: 'v1' },
];

/** What Argo Rollouts makes pods of, in programs that have any: its definition may be missing elsewhere. */
export const ROLLOUT_OWNER: PodOwner = {
  suffix: 'rollouts', rules: [{ apiGroups: ['argoproj.io'], resources: ['rollouts'] }], path: 'object.spec.template', created: false, version: 'v1alpha1',
};

/** The parts of a ValidatingAdmissionPolicy that are set here. The generated types of Kubernetes are older than the kind. */
export interface ValidatingAdmissionPolicySpec {
  readonly failurePolicy: 'Fail';
  readonly matchConstraints: {
    readonly resourceRules: readonly {
      readonly apiGroups: string[];
      readonly apiVersions: string[];
      readonly operations: string[];
      readonly resources: string[];
    }[];
  };
  readonly matchConditions: readonly Variable[];
  readonly variables: readonly Variable[];
  readonly validations: readonly { readonly expression: string; readonly message: string; readonly messageExpression: string }[];
}

/** The policy for one kind of owner: a variable with the offenders against each rule, and a validation that there are none. */
export function policySpec(owner: PodOwner, rules: readonly CelRule[], { injectedContainers: injected, operators }: AdmissionValues['admission']): ValidatingAdmissionPolicySpec {
  const { path } = owner;
  return {
    // in the API server itself, so it is there whenever something is applied
    failurePolicy: 'Fail',
    matchConstraints: {
      resourceRules: owner.rules.map(({ apiGroups, resources }) => ({ apiGroups, apiVersions: [owner.version], operations: ['CREATE', 'UPDATE'], resources })),
    },
    // a controller may go on to count and to finish what was there before the policy
    matchConditions: [{
      name: 'pods-change',
      expression: `request.operation == 'CREATE' || ${owner.created ? `${path}.spec != oldObject.spec` : `${path} != ${path.replace('object', 'oldObject')}`}`,
    }, ...operators.length > 0 ? [{ name: 'not-by-an-operator', expression: notByOperator(operators) }] : []],
    variables: [...variables(owner, injected), ...rules.map(({ variable, offenders }) => ({ name: variable, expression: offenders }))],
    validations: rules.map(({ variable, problem, remedy }) => ({
      expression: `variables.${variable}.size() == 0`,
      message: `${problem}. ${remedy}.`,
      messageExpression: `${text(`${problem}: `)} + variables.${variable}.join(', ') + ${text(`. ${remedy}.`)}`,
    })),
  };
}

/** The user of a ServiceAccount is known to the API server, and not claimed by the object. */
function notByOperator(operators: readonly string[]): string {
  const users = [...operators].sort().map((operator) => `'system:serviceaccount:${operator.replace('/', ':')}'`);
  return `request.operation != 'CREATE' || !(request.userInfo.username in [${users.join(', ')}])`;
}

function variables({ path, created }: PodOwner, injected: Injected): Variable[] {
  const image = "map(c, {'name': c.name, 'image': has(c.image) ? c.image : ''})";
  const ephemeral = created ? ` + (has(variables.spec.ephemeralContainers) ? variables.spec.ephemeralContainers.${image} : [])` : '';
  const labels = `has(${path}.metadata.labels) ? ${path}.metadata.labels : {}`;
  return [
    { name: 'spec', expression: `${path}.spec` },
    // the metadata of a Pod is always there
    { name: 'labels', expression: created ? labels : `has(${path}.metadata) && ${labels}` },
    { name: 'containers', expression: 'variables.spec.containers + (has(variables.spec.initContainers) ? variables.spec.initContainers : [])' },
    { name: 'injected', expression: injectedContainers(injected) },
    { name: 'own', expression: 'variables.containers.filter(c, !(c.name in variables.injected))' },
    { name: 'images', expression: `variables.own.${image}${ephemeral}` },
  ];
}

/** The names of containers that a webhook or a controller such as Knative's put there: by their name and where their image comes from, so that nobody hides behind a name. */
function injectedContainers(injected: Injected): string {
  const known = Object.entries(injected).filter(([, repositories]) => repositories.length > 0).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([container, repositories]) => `(c.name == '${container}' && has(c.image) && (${
      repositories.flatMap(spellings).map((repository) => `c.image.matches('^${repository.replace(/\./g, '[.]')}[:@]')`).join(' || ')}))`);
  return `variables.containers.filter(c, ${known.length > 0 ? known.join(' || ') : 'false'}).map(c, c.name)`;
}

/** A text of an expression. */
function text(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

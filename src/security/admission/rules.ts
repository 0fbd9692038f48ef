import type { AdmissionValues } from './admission-values';
import type { AdmissionRule } from '../admission-settings';

/** A rule as the Common Expression Language says it. */
export interface CelRule {
  readonly rule: AdmissionRule;
  /** The name of the variable that holds the offenders. */
  readonly variable: string;
  /** What offends, as an expression for a list of texts: containers with or without their image, fields, labels. */
  readonly offenders: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Docker Hub may be left out of the address of an image. */
const HUB = 'docker.io';
const HUB_LIBRARY = `${HUB}/library`;

/** The container by which Knative asks for readiness in place of the kubelet: it takes the probe from the container that is asked. */
const ASKS_FOR_READINESS = 'queue-proxy';

/** The rules that hold, in the order in which a refusal looks for the first that is broken. */
export function rulesOf({ imageRegistry, images, admission }: AdmissionValues): CelRule[] {
  const registries = [...new Set([imageRegistry, ...images.registries])];
  const all: CelRule[] = [
    {
      rule: 'registry',
      variable: 'foreign',
      offenders: `variables.images.filter(i, !(${registries.map(isFrom).join(' || ')})).map(i, i.name + ' (' + i.image + ')')`,
      problem: 'images from a registry that is not allowed',
      remedy: `Allowed are ${registries.join(', ')}`,
    },
    {
      rule: 'tag',
      variable: 'moving',
      offenders: "variables.images.filter(i, !i.image.contains('@') && (!i.image.matches(':[^/]+$') || i.image.endsWith(':latest'))).map(i, i.name + ' (' + i.image + ')')",
      problem: "images without a tag, or with the tag 'latest'",
      remedy: 'Name one build by its tag or digest',
    },
    {
      rule: 'digest',
      variable: 'mutable',
      offenders: "variables.images.filter(i, !i.image.matches('@sha256:[0-9a-f]{64}$')).map(i, i.name + ' (' + i.image + ')')",
      problem: 'images without a digest',
      remedy: 'Append the digest that the registry shows',
    },
    {
      rule: 'limits',
      variable: 'unlimited',
      offenders: "variables.own.filter(c, !(has(c.resources) && has(c.resources.limits) && 'cpu' in c.resources.limits && 'memory' in c.resources.limits)).map(c, c.name)",
      problem: 'containers without limits of cpu and memory',
      remedy: 'Set resources.limits',
    },
    {
      rule: 'probes',
      variable: 'unprobed',
      // what ends by itself is not asked how it is
      offenders: "(!has(variables.spec.restartPolicy) || variables.spec.restartPolicy == 'Always')"
        + ' ? variables.spec.containers.filter(c, !(c.name in variables.injected)'
        + ` && !(has(c.livenessProbe) && (has(c.readinessProbe) || '${ASKS_FOR_READINESS}' in variables.injected))).map(c, c.name) : []`,
      problem: 'containers without a liveness and a readiness probe',
      remedy: 'Set livenessProbe and readinessProbe',
    },
    {
      rule: 'privileges',
      variable: 'privileged',
      offenders: 'variables.containers.filter(c, !has(c.securityContext)'
        + ' || (has(c.securityContext.privileged) && c.securityContext.privileged)'
        + ' || !has(c.securityContext.allowPrivilegeEscalation) || c.securityContext.allowPrivilegeEscalation'
        + " || !has(c.securityContext.capabilities) || !has(c.securityContext.capabilities.drop) || !('ALL' in c.securityContext.capabilities.drop)).map(c, c.name)",
      problem: 'containers that are privileged, may become so, or keep capabilities',
      remedy: "Set allowPrivilegeEscalation: false and capabilities.drop: ['ALL'], and leave privileged out",
    },
    {
      rule: 'non-root',
      variable: 'root',
      offenders: 'variables.own.filter(c, !(has(c.securityContext) && has(c.securityContext.runAsNonRoot) ? c.securityContext.runAsNonRoot'
        + ' : has(variables.spec.securityContext) && has(variables.spec.securityContext.runAsNonRoot) && variables.spec.securityContext.runAsNonRoot)).map(c, c.name)',
      problem: 'containers that may run as root',
      remedy: 'Set securityContext.runAsNonRoot: true',
    },
    {
      rule: 'file-system',
      variable: 'writable',
      offenders: 'variables.own.filter(c, !(has(c.securityContext) && has(c.securityContext.readOnlyRootFilesystem) && c.securityContext.readOnlyRootFilesystem)).map(c, c.name)',
      problem: 'containers that may write to their image',
      remedy: 'Set securityContext.readOnlyRootFilesystem: true, and mount an emptyDir where it writes',
    },
    {
      rule: 'host',
      variable: 'onNode',
      offenders: [
        ...['hostNetwork', 'hostPID', 'hostIPC'].map((field) => `(has(variables.spec.${field}) && variables.spec.${field} ? ['${field}'] : [])`),
        "(has(variables.spec.volumes) ? variables.spec.volumes.filter(v, has(v.hostPath)).map(v, 'hostPath of ' + v.name) : [])",
        "variables.containers.filter(c, has(c.ports) && c.ports.exists(p, has(p.hostPort) && p.hostPort > 0)).map(c, 'hostPort of ' + c.name)",
      ].join(' + '),
      problem: 'what a pod shares with its node',
      remedy: 'Leave it out',
    },
    {
      rule: 'token',
      variable: 'tokens',
      offenders: "!has(variables.spec.automountServiceAccountToken) ? ['automountServiceAccountToken is not set']"
        + " : variables.spec.automountServiceAccountToken && (!has(variables.spec.serviceAccountName) || variables.spec.serviceAccountName in ['', 'default'])"
        + " ? ['the ServiceAccount default'] : []",
      problem: 'a token of the API server that nobody asked for',
      remedy: 'Set automountServiceAccountToken: false, or true with a ServiceAccount of its own',
    },
    {
      rule: 'labels',
      variable: 'missing',
      offenders: `[${admission.requiredLabels.map((label) => `'${label}'`).join(', ')}].filter(l, !(l in variables.labels))`,
      problem: 'labels that are missing',
      remedy: 'Add them to the pods',
    },
  ];
  return all.filter(({ rule }) => rule === 'digest' ? images.requireDigest : admission.rules.includes(rule));
}

/** Whether the image `i` comes from a registry, or from a path in it. */
function isFrom(registry: string): string {
  return registry === HUB
    ? "i.image.startsWith('docker.io/') || !i.image.contains('/') || !i.image.matches('^(localhost|[^/]*[.:][^/]*)/')"
    : spellings(registry).map((spelling) => `i.image.startsWith('${spelling}/')`)
      .concat(registry === HUB_LIBRARY ? ["!i.image.contains('/')"] : []).join(' || ');
}

/** How an address may be written. */
export function spellings(address: string): string[] {
  return [HUB, HUB_LIBRARY].reduce((found, left) => address.startsWith(`${left}/`) ? [...found, address.slice(left.length + 1)] : found, [address]);
}

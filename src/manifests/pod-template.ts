const TEMPLATE = ['spec', 'template'];

/** Where objects that run pods have their template, by `Kind.group`. */
const TEMPLATES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['Pod.', []],
  ['ReplicationController.', TEMPLATE],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind): [string, string[]] => [`${kind}.apps`, TEMPLATE]),
  ['Job.batch', TEMPLATE],
  ['CronJob.batch', ['spec', 'jobTemplate', 'spec', 'template']],
  ['Rollout.argoproj.io', TEMPLATE],
  ['Service.serving.knative.dev', TEMPLATE],
  ['ScaledJob.keda.sh', ['spec', 'jobTargetRef', 'template']],
]);

/**
 * The keys that lead from an object to the template of its pods, or undefined for a kind that runs none.
 *
 * @internal
 */
export function podTemplatePath(group: string, kind: string): readonly string[] | undefined {
  return TEMPLATES.get(`${kind}.${group}`);
}

/**
 * The template of an object's pods.
 *
 * @internal
 */
export function podTemplateIn(group: string, object: any): any {
  const path = podTemplatePath(group, `${object.kind}`);
  return path?.reduce((at, key) => at?.[key], object);
}

/**
 * What Argo Workflows checks when a workflow is submitted and no schema can: whether templates, tasks, parameters, secrets and volumes that are named
 * are there, and whether tasks wait for each other in a circle. Its own `argo lint` cannot be built here.
 */
export function workflowFaults(template: any): string[] {
  const { spec } = template;
  const faults: string[] = [];
  const names: string[] = spec.templates.map(({ name }: any) => name);
  const known = new Set(names);
  const fault = (place: string, problem: string) => faults.push(`${template.metadata.name}/${place}: ${problem}`);

  names.filter((name, index) => names.indexOf(name) !== index).forEach((name) => fault(name, 'is there twice'));
  [['entrypoint', spec.entrypoint], ['onExit', spec.onExit]].filter(([field, name]) => (field === 'entrypoint' || name !== undefined) && !known.has(name))
    .forEach(([field, name]) => fault(field, `there is no template ${name}`));

  const claims = (spec.volumeClaimTemplates ?? []).map(({ metadata }: any) => metadata.name);
  for (const each of spec.templates) {
    const kinds = ['container', 'dag', 'suspend', 'steps', 'script', 'resource'].filter((kind) => each[kind] !== undefined);
    if (kinds.length !== 1) fault(each.name, `has ${kinds.length} kinds of work`);
    const tasks: any[] = each.dag?.tasks ?? [];
    for (const task of tasks) {
      if (!known.has(task.template)) fault(`${each.name}/${task.name}`, `there is no template ${task.template}`);
      waitsFor(task).filter((name) => !tasks.some((other) => other.name === name))
        .forEach((name) => fault(`${each.name}/${task.name}`, `waits for ${name}, which is not there`));
    }
    circle(tasks).forEach((name) => fault(`${each.name}/${name}`, 'waits for itself'));
    const volumes = [...claims, ...(spec.volumes ?? []).map(({ name }: any) => name), ...(each.volumes ?? []).map(({ name }: any) => name)];
    (each.container?.volumeMounts ?? []).filter(({ name }: any) => !volumes.includes(name))
      .forEach(({ name }: any) => fault(each.name, `mounts ${name}, which is not there`));
    for (const [, parameter] of JSON.stringify(each).matchAll(/\{\{([^}]*)\}\}/g)) {
      const [, named] = /^workflow\.parameters\.(.+)$/.exec(parameter) ?? [];
      const defined = named ? (spec.arguments?.parameters ?? []).some(({ name }: any) => name === named) : parameter === 'workflow.status';
      if (!defined) fault(each.name, `reads ${parameter}, which is not defined`);
    }
  }
  const called = spec.templates.flatMap(({ dag }: any) => (dag?.tasks ?? []).map((task: any) => task.template));
  const used = new Set([spec.entrypoint, spec.onExit, ...called]);
  names.filter((name) => !used.has(name)).forEach((name) => fault(name, 'is used by nobody'));
  return faults;
}

/** The tasks in an expression of `depends`, such as `a && (b.Failed || c)`. */
function waitsFor({ depends }: any): string[] {
  return [...(depends ?? '').matchAll(/([A-Za-z][A-Za-z0-9-]*)(?:\.[A-Za-z]+)?/g)].map(([, name]) => name);
}

function circle(tasks: readonly any[]): string[] {
  let open = [...tasks];
  for (;;) {
    const rest = open.filter((task) => waitsFor(task).some((name) => open.some((other) => other.name === name)));
    if (rest.length === open.length) return rest.map(({ name }) => name);
    open = rest;
  }
}

/** The pod of each container template, as Argo makes it but for what it puts beside: the volumes that the run shares are claims. */
export function workflowPods(template: any): any[] {
  const { spec, metadata } = template;
  return spec.templates.filter(({ container }: any) => container).map((each: any) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${metadata.name}-${each.name}`, namespace: metadata.namespace, labels: spec.podMetadata?.labels },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: spec.serviceAccountName,
      securityContext: spec.securityContext,
      activeDeadlineSeconds: each.activeDeadlineSeconds,
      containers: [{ ...each.container, name: 'main' }],
      volumes: [
        ...each.volumes ?? [],
        ...spec.volumeClaimTemplates.map((claim: any) => ({ name: claim.metadata.name, persistentVolumeClaim: { claimName: `${metadata.name}-${claim.metadata.name}` } })),
      ],
    },
  }));
}

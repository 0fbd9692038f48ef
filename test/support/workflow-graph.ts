import { workflowSteps } from './pipeline-callers';

/**
 * What Argo Workflows checks when a workflow is submitted and no schema can: whether templates, tasks, parameters, inputs and volumes that are named
 * are there, in WorkflowTemplates and in those that they call, and whether tasks wait for each other in a circle. Its own `argo lint` cannot be built here.
 */
export function workflowFaults(all: readonly any[]): string[] {
  return all.flatMap((template) => faultsOf(template, all));
}

function faultsOf(template: any, all: readonly any[]): string[] {
  const { spec } = template;
  const faults: string[] = [];
  const names: string[] = spec.templates.map(({ name }: any) => name);
  const known = new Set(names);
  const fault = (place: string, problem: string) => faults.push(`${template.metadata.name}/${place}: ${problem}`);
  // what runs it: itself, unless others call it
  const calls = all.flatMap((caller) => tasksOf(caller).filter(({ templateRef }) => templateRef?.name === template.metadata.name)
    .map(({ templateRef }) => ({ caller, called: templateRef.template })));
  const runners: any[] = calls.length > 0 ? [...new Set(calls.map(({ caller }) => caller))] : [template];

  names.filter((name, index) => names.indexOf(name) !== index).forEach((name) => fault(name, 'is there twice'));
  [['entrypoint', spec.entrypoint], ['onExit', spec.onExit]].filter(([field, name]) => (field === 'entrypoint' && calls.length === 0 || name !== undefined) && !known.has(name))
    .forEach(([field, name]) => fault(field, `there is no template ${name}`));

  for (const each of spec.templates) {
    const kinds = ['container', 'dag', 'suspend', 'steps', 'script', 'resource'].filter((kind) => each[kind] !== undefined);
    if (kinds.length !== 1) fault(each.name, `has ${kinds.length} kinds of work`);
    const tasks: any[] = each.dag?.tasks ?? [];
    for (const task of tasks) {
      const place = `${each.name}/${task.name}`;
      const owner = task.templateRef ? all.find(({ metadata }) => metadata.name === task.templateRef.name) : template;
      const called = owner?.spec.templates.find(({ name }: any) => name === (task.templateRef?.template ?? task.template));
      if (!called) fault(place, `there is no template ${task.templateRef ? `${task.templateRef.name}/${task.templateRef.template}` : task.template}`);
      const passed: string[] = (task.arguments?.parameters ?? []).map(({ name }: any) => name);
      const inputs: any[] = called?.inputs?.parameters ?? [];
      inputs.filter(({ name, value }) => value === undefined && !passed.includes(name)).forEach(({ name }) => fault(place, `does not pass ${name}`));
      passed.filter((name) => called && !inputs.some((input) => input.name === name)).forEach((name) => fault(place, `passes ${name}, which is no input`));
      waitsFor(task).filter((name) => !tasks.some((other) => other.name === name))
        .forEach((name) => fault(place, `waits for ${name}, which is not there`));
    }
    circle(tasks).forEach((name) => fault(`${each.name}/${name}`, 'waits for itself'));
    for (const { spec: runner, metadata } of runners) {
      const volumes = [runner.volumeClaimTemplates, runner.volumes, each.volumes].flatMap((list) => list ?? [])
        .map(({ name, metadata: claim }) => name ?? claim.name);
      (each.container?.volumeMounts ?? []).filter(({ name }: any) => !volumes.includes(name))
        .forEach(({ name }: any) => fault(each.name, `mounts ${name}, which is not there`));
      for (const [, parameter] of JSON.stringify(each).matchAll(/\{\{([^}]*)\}\}/g)) {
        const [, kind, named] = /^(workflow|inputs)\.parameters\.(.+)$/.exec(parameter) ?? [];
        const defined: any[] = (kind === 'inputs' ? each.inputs : runner.arguments)?.parameters ?? [];
        const isDefined = named ? defined.some(({ name }) => name === named) : parameter === 'workflow.status' && calls.length === 0;
        if (!isDefined) fault(each.name, `reads ${parameter}, which ${kind === 'inputs' ? each.name : metadata.name} does not define`);
      }
    }
  }
  const used = new Set([spec.entrypoint, spec.onExit, ...calls.map(({ called }) => called), ...tasksOf(template).map((task) => task.template)]);
  names.filter((name) => !used.has(name)).forEach((name) => fault(name, 'is used by nobody'));
  return [...new Set(faults)];
}

function tasksOf({ spec }: any): any[] {
  return spec.templates.flatMap(({ dag }: any) => dag?.tasks ?? []);
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

/** The pod of each step of a run, as Argo makes it but for what it puts beside: the volumes that the run shares are claims. */
export function workflowPods(caller: any, all: readonly any[]): any[] {
  const { spec, metadata } = caller;
  return workflowSteps(caller, all).filter(({ template }) => template.container).map(({ path, template }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${metadata.name}-${path.replaceAll('/', '-')}`, namespace: metadata.namespace, labels: spec.podMetadata?.labels },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: spec.serviceAccountName,
      securityContext: spec.securityContext,
      activeDeadlineSeconds: Number(template.activeDeadlineSeconds),
      containers: [{ ...template.container, name: 'main' }],
      volumes: [
        ...template.volumes ?? [],
        ...spec.volumeClaimTemplates.map((claim: any) => ({ name: claim.metadata.name, persistentVolumeClaim: { claimName: `${metadata.name}-${claim.metadata.name}` } })),
      ],
    },
  }));
}

/**
 * What runs for one service: a template of GitHub, GitLab or Argo Workflows with the values that a caller passes, as the engine would fill them in.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { load, loadAll } from 'js-yaml';

/** The values of all inputs. Fails where a caller passes what the template does not take, or leaves out what it needs. */
function inputs(declared: Record<string, any>, passed: Record<string, any>): Record<string, any> {
  const unknown = Object.keys(passed).find((name) => declared[name] === undefined);
  if (unknown) throw new Error(`there is no input ${unknown}`);
  return Object.fromEntries(Object.entries(declared).map(([name, input]) => {
    const value = passed[name] ?? input.default;
    if (value === undefined) throw new Error(`the input ${name} is missing`);
    if (Array.isArray(value) !== (input.type === 'array')) throw new Error(`the input ${name} has another type`);
    return [name, value];
  }));
}

/** A document in whose keys and texts references are replaced. A text that is nothing but a reference may become a list. */
export function filled(document: any, reference: RegExp, values: Record<string, any>): any {
  const text = (value: string) => value.replace(reference, (whole, name) => values[name] ?? whole);
  if (typeof document === 'string') {
    const [, list] = new RegExp(`^${reference.source}$`).exec(document) ?? [];
    return Array.isArray(values[list]) ? values[list] : text(document);
  }
  if (Array.isArray(document)) return document.map((each) => filled(each, reference, values));
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [text(key), filled(value, reference, values)]));
}

/** The workflow of a service: what starts it, from its own file, and the jobs of the workflow that it calls. */
export function gitHubWorkflow(file: string): any {
  const { jobs: { delivery: call }, ...caller } = load(readFileSync(file, 'utf8')) as any;
  const called = load(readFileSync(join(dirname(file), basename(call.uses)), 'utf8')) as any;
  const { inputs: declared, secrets } = called.on.workflow_call;
  const unknown = Object.keys(call.secrets).find((name) => secrets[name] === undefined);
  if (unknown) throw new Error(`there is no secret ${unknown}`);
  return { ...caller, call, ...filled({ env: called.env, jobs: called.jobs }, /\$\{\{ inputs\.([\w-]+) \}\}/g, inputs(declared, call.with)) };
}

/** The jobs that the file of a service includes. */
export function gitLabJobs(file: string): any {
  const { include: [{ local, inputs: passed }] } = load(readFileSync(file, 'utf8')) as any;
  const [{ spec }, jobs] = loadAll(readFileSync(join(dirname(file), basename(local)), 'utf8')) as any[];
  return filled(jobs, /\$\[\[ inputs\.([\w-]+) \]\]/g, inputs(spec.inputs, passed));
}

/** One pod of a run, by the path of tasks that leads to it. */
export interface WorkflowStep {
  readonly path: string;
  readonly template: any;
}

/** The steps of a run of a WorkflowTemplate, and of what it does at its end, in their order, with the values of all parameters. */
export function workflowSteps(caller: any, all: readonly any[], revision = 'main'): WorkflowStep[] {
  const global = Object.fromEntries([...caller.spec.arguments.parameters.map(({ name, value }: any) => [name, value]), ['revision', revision]]
    .map(([name, value]) => [`workflow.parameters.${name}`, value]));
  const reference = /\{\{([\w.-]+)\}\}/g;
  const steps: WorkflowStep[] = [];
  const run = (owner: any, name: string, passed: readonly any[], path: readonly string[]) => {
    const found = owner.spec.templates.find((each: any) => each.name === name);
    const own = (found.inputs?.parameters ?? []).map((input: any) => (
      [`inputs.parameters.${input.name}`, (passed.find((each) => each.name === input.name) ?? input).value]));
    const template = filled(found, reference, { ...global, ...Object.fromEntries(own) });
    for (const task of template.dag?.tasks ?? []) {
      const { templateRef } = task;
      const next = templateRef ? all.find(({ kind, metadata }) => kind === 'WorkflowTemplate' && metadata.name === templateRef.name) : owner;
      run(next, templateRef?.template ?? task.template, task.arguments?.parameters ?? [], templateRef ? path : [...path, task.name]);
    }
    if (!template.dag) steps.push({ path: path.join('/'), template });
  };
  [caller.spec.entrypoint, caller.spec.onExit].filter(Boolean).forEach((name) => run(caller, name, [], []));
  return steps;
}

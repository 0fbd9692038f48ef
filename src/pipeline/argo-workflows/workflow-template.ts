import { NEWEST, SharedContainer, WORKSPACE } from './containers';
import type * as argo from '../../../imports/argo-workflows';
import type { KubernetesObject } from '../../core/kubernetes-object';
import { literally, podSecurity, pullSecrets } from '../../core/pod-parts';
import type { PipelineDefinition } from '../pipeline-definition';
import type { ArgoWorkflowsOptions } from '../pipeline-engine';
import { parameterise, type PipelineTemplate, summary, type TemplateInput } from '../pipeline-template';
import type { ServicePipeline, Stage } from '../service-pipeline';
import {
  ARGO_CD_SECRETS, COMMANDS_SCRIPT, GIT_SECRETS, imageTasks, prepareTask, rollbackTasks, sourceTasks, stageTasks, synthesisTask, type Task,
} from '../tasks';

type Template = argo.WorkflowTemplateSpecTemplates;
type DagTask = argo.WorkflowTemplateSpecTemplatesDagTasks;
type Spec = argo.WorkflowTemplateSpec;

export const API_VERSION = 'argoproj.io/v1alpha1';

/** For how long a run is kept: long enough to be looked at, in seconds. */
const KEPT_SECONDS = 7 * 86_400;
/** What Argo itself needs between steps, in seconds. */
const RUN_SLACK_SECONDS = 3600;
/** The templates that callers run: one in each run, the other at its end. */
const ENTRYPOINT = 'delivery';
const EXIT = 'exit';

/** A template as Argo has it: the WorkflowTemplate with the steps of all services, and those that run it, each for one service. */
export interface WorkflowTemplates {
  readonly shared: KubernetesObject<Spec>;
  readonly callers: readonly (readonly [service: string, caller: KubernetesObject<Spec>])[];
}

export function workflowTemplates(definition: PipelineDefinition, options: ArgoWorkflowsOptions, template: PipelineTemplate): WorkflowTemplates {
  const { pipeline, inputs } = parameterise(template, { reference: (input) => `{{workflow.parameters.${input}}}`, unit: 'seconds' });
  const first = [
    cloneTask(definition, options), ...sourceTasks(definition, pipeline), synthesisTask(definition), ...imageTasks(definition, pipeline, 'server'),
  ];
  const stages = pipeline.stages.map((stage) => ({ ...stage, tasks: deployTasks(definition, options, pipeline, stage) }));
  const back = pipeline.stages.filter(({ rollback }) => rollback)
    .flatMap((stage) => rollbackTasks(definition, pipeline, stage).map((task) => ({ ...withClone(task, options), name: `${stage.environment}-${task.name}` })));
  const all = [...first, ...stages.flatMap(({ tasks }) => tasks), ...back];
  const containers = new Map<string, SharedContainer>();
  for (const task of all) {
    const name = containerName(task);
    containers.set(name, new SharedContainer(definition, options, name, [...containers.get(name)?.tasks ?? [], task]));
  }
  const run = (task: Task): DagTask => ({ name: task.name, template: containerName(task), ...containers.get(containerName(task))!.passedBy(task) });
  const environments = stages.flatMap(({ environment, approval }): DagTask[] => (
    [...approval ? [`approval-${environment}`] : [], `deploy-${environment}`].map((name) => ({ name, template: name }))));
  return {
    shared: {
      apiVersion: API_VERSION,
      kind: 'WorkflowTemplate',
      metadata: { name: template.name, annotations: { 'workflows.argoproj.io/description': 'Runs the steps of services, whose own WorkflowTemplates name what differs' } },
      spec: {
        templates: [
          { name: ENTRYPOINT, dag: { tasks: inOrder([...first.map(run), ...environments]) } },
          ...stages.map(({ environment, tasks }): Template => ({
            name: `deploy-${environment}`,
            // one run at a time in an environment, the later one after the earlier
            synchronization: { mutexes: [{ name: `${pipeline.service}-${environment}` }] },
            dag: { tasks: inOrder(tasks.map(run)) },
          })),
          ...stages.filter(({ approval }) => approval).map(({ environment }): Template => ({ name: `approval-${environment}`, suspend: {} })),
          ...back.length > 0 ? [{ name: EXIT, dag: { tasks: inOrder(back.map(run)) } }] : [],
          ...[...containers.values()].map((container) => container.template() as Template),
        ],
      },
    },
    callers: template.pipelines.map((each) => [each.service, caller(definition, template, each, inputs, all)]),
  };
}

/** The WorkflowTemplate of a service, by whose name runs are started. What Argo takes from no other template is repeated in each. */
function caller(
  { settings, profile, branch, name }: PipelineDefinition,
  template: PipelineTemplate, pipeline: ServicePipeline, inputs: readonly TemplateInput[], tasks: readonly Task[],
): KubernetesObject<Spec> {
  const secrets = pullSecrets(profile);
  const approval = pipeline.stages.reduce((sum, stage) => sum + (stage.approval ? stage.approvalSeconds : 0), 0);
  const rollback = pipeline.stages.some((stage) => stage.rollback);
  const run = (called: string, when?: string): Template => (
    { name: called, dag: { tasks: [{ name: called, templateRef: { name: template.name, template: called }, when }] } });
  return {
    apiVersion: API_VERSION,
    kind: 'WorkflowTemplate',
    metadata: { name: pipeline.service, annotations: { 'workflows.argoproj.io/description': summary(pipeline) } },
    spec: {
      entrypoint: ENTRYPOINT,
      ...rollback && { onExit: EXIT },
      serviceAccountName: name,
      arguments: {
        parameters: [
          { name: 'revision', description: 'A commit or a branch', value: branch },
          // Argo has no default for what one template reads of the run of another
          ...inputs.map(({ name: input, description, of }) => ({ name: input, description, value: literally(of(pipeline)) })),
        ],
      },
      // a run that nobody approves ends too
      activeDeadlineSeconds: approval + RUN_SLACK_SECONDS + tasks.reduce((sum, task) => sum + task.seconds, 0),
      podGC: { strategy: 'OnWorkflowSuccess' },
      ttlStrategy: { secondsAfterCompletion: KEPT_SECONDS },
      volumeClaimGC: { strategy: 'OnWorkflowCompletion' },
      volumeClaimTemplates: [{
        metadata: { name: WORKSPACE },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: settings.workspace } } },
      }],
      securityContext: podSecurity(profile),
      ...secrets && { imagePullSecrets: secrets },
      podMetadata: { labels: { app: name } },
      templates: [run(ENTRYPOINT), ...rollback ? [run(EXIT, '{{workflow.status}} != Succeeded')] : []],
    },
  };
}

/** Tasks with the same credentials whose values alone differ run in one container template. */
function containerName({ script, secrets, name }: Task): string {
  return secrets === ARGO_CD_SECRETS ? 'argo-cd' : script === COMMANDS_SCRIPT && secrets.length > 0 ? `${script}-${name}` : script;
}

/** One after the other: a volume may be of one node, so two pods at once could wait for each other. */
function inOrder(tasks: readonly DagTask[]): DagTask[] {
  return tasks.map((task, index) => ({ ...task, ...index > 0 && { depends: tasks[index - 1].name } }));
}

/** All pods share the folder of a run, so what has a password works in a clone of its own. */
function withClone(task: Task, { repository }: ArgoWorkflowsOptions): Task {
  return task.secrets === GIT_SECRETS ? { ...task, env: { ...task.env, REPOSITORY_URL: repository.url } } : task;
}

function deployTasks(definition: PipelineDefinition, options: ArgoWorkflowsOptions, pipeline: ServicePipeline, stage: Stage): Task[] {
  const prepare = prepareTask(definition, pipeline, stage);
  return [
    { ...cloneTask(definition, options), name: 'fetch', title: 'Fetch', script: 'fetch' },
    { ...prepare, env: { ...prepare.env, CHECKED_OUT: NEWEST } },
    ...stageTasks(definition, pipeline, stage).map((task) => withClone(task, options)),
  ];
}

function cloneTask({ branch, settings }: PipelineDefinition, { repository }: ArgoWorkflowsOptions): Task {
  return {
    name: 'clone',
    title: 'Clone',
    image: `${settings.images.release}`,
    script: 'clone',
    env: { REPOSITORY_URL: repository.url, BRANCH: branch, AUTHOR: settings.author, PUSH_ATTEMPTS: String(settings.pushAttempts) },
    secrets: GIT_SECRETS,
    seconds: settings.stepTimeout.toSeconds(),
  };
}

/** Runs the pipeline by itself, with the newest commit. */
export function cronWorkflow(
  options: ArgoWorkflowsOptions, service: string,
): KubernetesObject<argo.CronWorkflowSpec> | undefined {
  return options.schedule && {
    apiVersion: API_VERSION,
    kind: 'CronWorkflow',
    metadata: { name: service },
    spec: {
      schedules: [options.schedule.expression],
      timezone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: STARTING_DEADLINE_SECONDS,
      workflowSpec: { workflowTemplateRef: { name: service } },
    },
  };
}

/** A run that Argo missed is made up for within this time, in seconds. */
const STARTING_DEADLINE_SECONDS = 600;

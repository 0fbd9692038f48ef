import { containerTemplate, WORKSPACE } from './containers';
import type * as argo from '../../../imports/argo-workflows';
import type { KubernetesObject } from '../../core/kubernetes-object';
import { podSecurity, pullSecrets } from '../../core/pod-parts';
import type { PipelineDefinition, ServicePipeline, Stage } from '../pipeline-definition';
import type { ArgoWorkflowsOptions } from '../pipeline-engine';
import { GIT_SECRETS, imageTasks, rollbackTasks, sourceTasks, stageTasks, synthesisTask, type Task } from '../tasks';

type Template = argo.WorkflowTemplateSpecTemplates;
type DagTask = argo.WorkflowTemplateSpecTemplatesDagTasks;

export const API_VERSION = 'argoproj.io/v1alpha1';

/** For how long a run is kept: long enough to be looked at, in seconds. */
const KEPT_SECONDS = 7 * 86_400;
/** What Argo itself needs between steps, in seconds. */
const RUN_SLACK_SECONDS = 3600;
const ENTRYPOINT = 'delivery';
const EXIT = 'exit';

/** The pipeline of a service: a run of it is started by its name and a revision. */
export function workflowTemplate(
  definition: PipelineDefinition, options: ArgoWorkflowsOptions, pipeline: ServicePipeline,
): KubernetesObject<argo.WorkflowTemplateSpec> {
  const { settings, profile, branch, name } = definition;
  const containers = new Map<string, Task>();
  const container = (template: string, task: Task): string => {
    containers.set(template, task);
    return template;
  };
  const build = [
    cloneTask(definition, options), ...sourceTasks(definition, pipeline), synthesisTask(definition), ...imageTasks(definition, pipeline, 'server'),
  ].map((task) => ({ name: task.name, template: container(task.name, task) }));
  const stages = pipeline.stages.flatMap((stage) => [
    ...stage.settings.approval ? [{ name: `approval-${stage.environment}`, template: `approval-${stage.environment}` }] : [],
    { name: stage.environment, template: stage.environment },
  ]);
  const environments = pipeline.stages.map((stage) => environmentTemplate(pipeline, stage, stageTasks(definition, pipeline, stage)
    .map((task) => ({ name: task.name, template: container(`${stage.environment}-${task.name}`, task) }))));
  const back = pipeline.stages.filter((stage) => stage.settings.rollback).flatMap((stage) => rollbackTasks(definition, pipeline, stage)
    .map((task) => ({ name: `${stage.environment}-${task.name}`, template: container(`${stage.environment}-${task.name}`, task) })));
  const waiting = pipeline.stages.filter((stage) => stage.settings.approval)
    .map((stage) => ({ name: `approval-${stage.environment}`, suspend: {} }));
  const secrets = pullSecrets(profile);
  const approval = pipeline.stages.reduce((sum, stage) => sum + (stage.settings.approval ? stage.settings.approvalTimeout.toSeconds() : 0), 0);
  return {
    apiVersion: API_VERSION,
    kind: 'WorkflowTemplate',
    metadata: { name: pipeline.service, annotations: { 'workflows.argoproj.io/description': `Brings a commit of ${pipeline.service} into each environment` } },
    spec: {
      entrypoint: ENTRYPOINT,
      ...back.length > 0 && { onExit: EXIT },
      serviceAccountName: name,
      arguments: { parameters: [{ name: 'revision', description: 'A commit or a branch', value: branch }] },
      // a run that nobody approves ends too
      activeDeadlineSeconds: approval + RUN_SLACK_SECONDS + [...containers.values()].reduce((sum, task) => sum + task.seconds, 0),
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
      templates: [
        { name: ENTRYPOINT, dag: { tasks: inOrder([...build, ...stages]) } },
        ...environments,
        ...waiting,
        ...back.length > 0 ? [{ name: EXIT, dag: { tasks: inOrder(back, '{{workflow.status}} != Succeeded') } }] : [],
        ...[...containers].map(([template, task]) => containerTemplate(definition, options, template, task)),
      ],
    },
  };
}

/** One run at a time in an environment, the later one after the earlier. */
function environmentTemplate({ service }: ServicePipeline, { environment }: Stage, tasks: readonly DagTask[]): Template {
  return { name: environment, synchronization: { mutexes: [{ name: `${service}-${environment}` }] }, dag: { tasks: inOrder(tasks) } };
}

/** One after the other: a volume may be of one node, so two pods at once could wait for each other. */
function inOrder(tasks: readonly DagTask[], when?: string): DagTask[] {
  return tasks.map((task, index) => ({ ...task, ...index > 0 && { depends: tasks[index - 1].name }, ...when !== undefined && { when } }));
}

function cloneTask({ branch, settings }: PipelineDefinition, { repository }: ArgoWorkflowsOptions): Task {
  return {
    name: 'clone',
    title: 'Clone',
    image: settings.images.release,
    script: 'clone',
    env: { REPOSITORY_URL: repository.url, BRANCH: branch, AUTHOR: settings.author, PUSH_ATTEMPTS: String(settings.pushAttempts) },
    secrets: GIT_SECRETS,
    seconds: settings.stepTimeout.toSeconds(),
  };
}

/** Runs the pipeline by itself, with the newest commit. */
export function cronWorkflow(
  options: ArgoWorkflowsOptions, { service }: ServicePipeline,
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

import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PodSpec } from './hosted-pods';
import type * as k8s from '../../../imports/k8s';
import { defineWorkload } from '../../core/kubernetes-object';
import { CHECKSUM, checksum } from '../../core/pod-parts';
import type { Labels } from '../../values/labels';
import type { Schedule } from '../../values/schedule';

/** A finished Job is removed, so that applying the manifests later runs it again: it does nothing where nothing is to be done. */
const KEPT_FINISHED_SECONDS = 3600;
/** Beyond the script's own deadline: pulling the image, waiting for a place. */
const DEADLINES = 2;
/** So often the Job is tried again. */
const RETRIES = 6;
/** How many finished Jobs of a CronJob are kept of each outcome: their logs say what was done. */
const KEPT_JOBS = 3;

/** A Job that brings a store into its shape. */
export interface StoreJob {
  readonly name: string;
  readonly labels: Labels;
  /** How long its script takes at most. */
  readonly timeout: Duration;
  readonly pod: PodSpec;
}

/** Defines a Job that is run again whenever the manifests are applied, and never twice at once. */
export function defineJob(scope: Construct, id: string, { name, labels, timeout, pod }: StoreJob): void {
  defineWorkload<k8s.JobSpec>(scope, id, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      // the template of a Job can never change: Argo CD makes a new one at each sync, and nobody else reads this
      annotations: { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' },
    },
    spec: {
      parallelism: 1,
      completions: 1,
      backoffLimit: RETRIES,
      activeDeadlineSeconds: timeout.toSeconds() * DEADLINES,
      ttlSecondsAfterFinished: KEPT_FINISHED_SECONDS,
      template: { metadata: { labels: { ...labels } }, spec: { ...pod, restartPolicy: 'Never' } },
    },
  });
}

/** A CronJob of a store, or of what works for stores. */
export interface StoreCronJob {
  readonly name: string;
  readonly labels: Labels;
  readonly schedule: Schedule;
  /** A run that could not start for so long, because the control plane was away, waits for the next time. */
  readonly startingDeadlineSeconds: number;
  readonly activeDeadlineSeconds: number;
  /** So often a run is tried again. */
  readonly backoffLimit: number;
  readonly pod: PodSpec;
  /** The files of its ConfigMaps, where the pod says which they are. */
  readonly files?: { readonly [file: string]: string };
}

/** Defines a CronJob, whose times are in UTC and of which never two run at once. */
export function defineCronJob(scope: Construct, id: string, job: StoreCronJob): void {
  const { name, labels, startingDeadlineSeconds, activeDeadlineSeconds, backoffLimit, pod, files } = job;
  defineWorkload<k8s.CronJobSpec>(scope, id, {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: {
      schedule: job.schedule.expression,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds,
      successfulJobsHistoryLimit: KEPT_JOBS,
      failedJobsHistoryLimit: KEPT_JOBS,
      jobTemplate: {
        metadata: { labels: { ...labels } },
        spec: {
          backoffLimit,
          activeDeadlineSeconds,
          template: {
            metadata: { labels: { ...labels }, annotations: files && { [CHECKSUM]: checksum(files) } },
            spec: { ...pod, restartPolicy: 'Never' },
          },
        },
      },
    },
  });
}

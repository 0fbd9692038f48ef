import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { RedisDefinition } from './pods';
import { FOLDERS, FORMATION_KEYS, memberAddresses, podSpec } from './pods';
import type { Plain } from '../../core/kubernetes-object';
import { defineObject } from '../../core/kubernetes-object';
import type { IWorkload } from '../../core/workload';
import { provideLabels } from '../../model/labels';
import { WorkloadServiceAccount } from '../../security/service-account';
import { variables } from '../hosted/pods';

/** A finished Job is removed, so that applying the manifests later runs it again: it does nothing where nothing is to be done. */
const KEPT_FINISHED_SECONDS = 3600;
/** Beyond the script's own deadline: pulling the image, waiting for a place. */
const DEADLINES = 2;
/** So often the Job is tried again. */
const RETRIES = 6;

/**
 * The Job that makes one cluster of the members.
 *
 * @internal
 */
export class RedisFormation extends Construct implements IWorkload {
  public readonly name: string;
  public readonly selectorLabels: { [name: string]: string };
  public readonly minReplicas = 1;

  constructor(scope: Construct, id: string, redis: RedisDefinition) {
    super(scope, id);
    this.name = `${redis.name}-formation`;
    this.selectorLabels = { app: this.name };
    const labels = { ...redis.labels, ...this.selectorLabels };
    provideLabels(this, labels);
    new WorkloadServiceAccount(this, 'ServiceAccount', { workload: this });
    const { settings } = redis;
    defineObject<Plain<k8s.JobSpec>>(this, 'Job', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: this.name,
        // the template of a Job can never change: Argo CD makes a new one at each sync, and nobody else reads this
        annotations: { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' },
      },
      spec: {
        parallelism: 1,
        completions: 1,
        backoffLimit: RETRIES,
        activeDeadlineSeconds: settings.formationTimeout.toSeconds() * DEADLINES,
        ttlSecondsAfterFinished: KEPT_FINISHED_SECONDS,
        template: {
          metadata: { labels },
          spec: {
            ...podSpec(redis, this.name, {
              command: ['/bin/sh', `${FOLDERS.CONFIG_DIR}/form.sh`],
              env: variables({
                CONFIG_DIR: FOLDERS.CONFIG_DIR,
                FORMATION_TIMEOUT: settings.formationTimeout.toSeconds(),
                MEMBERS: memberAddresses(redis).join(' '),
                PRIMARIES: settings.primaries,
                REPLICAS: settings.replicasPerPrimary,
                SECRETS_DIR: FOLDERS.SECRETS_DIR,
                TLS_DIR: FOLDERS.TLS_DIR,
              }),
              resources: redis.formationResources._toKube(),
            } as Partial<Plain<k8s.Container>>, FORMATION_KEYS),
            restartPolicy: 'Never',
          },
        },
      } as Plain<k8s.JobSpec>,
    });
  }
}

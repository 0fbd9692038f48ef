import { Construct } from 'constructs';
import type { RedisDefinition } from './redis-definition';
import { FOLDERS, FORMATION_KEYS, memberAddresses, podSpec } from './redis-pods';
import type { IReplicated } from '../../core/workload';
import { WorkloadServiceAccount } from '../../security/service-account';
import { provideLabels } from '../../values/labels';
import { type Container, variables } from '../hosted/hosted-pods';
import { defineJob } from '../hosted/jobs';

/**
 * The Job that makes one cluster of the members.
 *
 * @internal
 */
export class RedisFormation extends Construct implements IReplicated {
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
    defineJob(this, 'Job', {
      name: this.name,
      labels,
      timeout: settings.formationTimeout,
      pod: podSpec(redis, this.name, {
        command: ['/bin/sh', `${FOLDERS.CONFIG_DIR}/form.sh`],
        env: variables({
          CONFIG_DIR: FOLDERS.CONFIG_DIR,
          FORMATION_TIMEOUT: settings.formationTimeout.toSeconds(),
          MEMBERS: memberAddresses(redis).join(' '),
          PRIMARIES: settings.primaries,
          REPLICAS: redis.replicasPerPrimary,
          SECRETS_DIR: FOLDERS.SECRETS_DIR,
          TLS_DIR: FOLDERS.TLS_DIR,
        }),
        resources: redis.formationResources._toKube(),
      } as Partial<Container>, FORMATION_KEYS),
    });
  }
}

import { Construct } from 'constructs';
import { FOLDERS, type PatroniDefinition } from './patroni-definition';
import { SCRIPTS } from './scripts/databases';
import { defineObject, late } from '../../../core/kubernetes-object';
import { beforeSynthesis } from '../../../core/preparation';
import type { StoreEndpoint } from '../../../core/store-endpoint';
import type { IReplicated } from '../../../core/workload';
import { NETWORK_SETTINGS } from '../../../network/network-settings';
import { dnsRules } from '../../../network/platform-peers';
import { ServiceNetworkPolicy } from '../../../network/service-network-policy';
import { POD_SECURITY_SETTINGS } from '../../../security/pod-security-settings';
import { WorkloadServiceAccount } from '../../../security/service-account';
import { provideLabels } from '../../../values/labels';
import { NetworkPeer } from '../../../values/network-peer';
import { type Container, storeContainer, storePod, variables } from '../../hosted/hosted-pods';
import { defineJob } from '../../hosted/jobs';
import { memoryVolume, secretVolume } from '../../hosted/volumes';
import { rolesOf, validateRoles } from '../service-roles';

/** Where the Job finds the passwords of services. */
const USERS_DIR = '/var/run/secrets/users';

/**
 * The Job that makes a database and a user for each service that uses the cluster. There is none where no service does.
 *
 * @internal
 */
export class PostgresDatabases extends Construct implements IReplicated {
  public readonly name: string;
  public readonly selectorLabels: { [name: string]: string };
  public readonly minReplicas = 1;

  constructor(scope: Construct, id: string, private readonly postgres: PatroniDefinition, private readonly endpoint: StoreEndpoint) {
    super(scope, id);
    this.name = databasesJob(postgres);
    this.selectorLabels = { app: this.name };
    provideLabels(this, { ...postgres.labels, ...this.selectorLabels });
    validateRoles(this, endpoint);
    beforeSynthesis(this, () => this.render());
  }

  /** Who uses the cluster is known when the last line of the program has run. */
  private render(): void {
    if (rolesOf(this, this.endpoint).length === 0 || this.node.tryFindChild('Job')) {
      return;
    }
    const { name, group, settings, labels } = this.postgres;
    const { port } = settings;
    const network = NETWORK_SETTINGS.of(group.profile);
    new WorkloadServiceAccount(this, 'ServiceAccount', { workload: this });
    new ServiceNetworkPolicy(this, 'Policy', {
      workload: this,
      reason: 'members',
      egress: [{ peers: [NetworkPeer.workload(group.namespace, name)], ports: [port] }, ...dnsRules(network)],
    });
    defineObject(this, 'ConfigMap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: this.name },
      data: { databases: late(() => `${this.roles().join('\n')}\n`), ...SCRIPTS },
    });
    defineJob(this, 'Job', {
      name: this.name,
      labels: { ...labels, ...this.selectorLabels },
      timeout: settings.databasesTimeout,
      pod: {
        ...storePod(this.postgres, this.name),
        containers: [storeContainer(this.postgres, 'databases', this.container())],
        volumes: [
          { name: 'config', configMap: { name: this.name } },
          secretVolume('credentials', name, ['administrator-password']),
          secretVolume('certificate', `${name}-tls`, ['ca.crt']),
          late(() => secretVolume('users', `${name}-users`, this.roles())),
          memoryVolume('scratch', POD_SECURITY_SETTINGS.of(group.profile).scratchSize),
        ],
      },
    });
  }

  private roles(): string[] {
    return rolesOf(this, this.endpoint);
  }

  private container(): Partial<Container> {
    const { endpoint, postgres: { settings } } = this;
    return {
      command: ['python3', `${FOLDERS.CONFIG_DIR}/databases.py`],
      env: variables({
        CONFIG_DIR: FOLDERS.CONFIG_DIR,
        DATABASES_TIMEOUT: settings.databasesTimeout.toSeconds(),
        HOST: endpoint.host,
        PORT: endpoint.port,
        SECRETS_DIR: FOLDERS.SECRETS_DIR,
        TLS_DIR: FOLDERS.TLS_DIR,
        USERS_DIR,
      }),
      resources: this.postgres.databasesResources._toKube(),
      volumeMounts: [
        { name: 'config', mountPath: FOLDERS.CONFIG_DIR, readOnly: true },
        { name: 'credentials', mountPath: FOLDERS.SECRETS_DIR, readOnly: true },
        { name: 'certificate', mountPath: FOLDERS.TLS_DIR, readOnly: true },
        { name: 'users', mountPath: USERS_DIR, readOnly: true },
        { name: 'scratch', mountPath: '/tmp' },
      ],
    };
  }
}

export function databasesJob({ name }: PatroniDefinition): string {
  return `${name}-databases`;
}

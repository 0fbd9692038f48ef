import { Construct } from 'constructs';
import { HOST_BASED_AUTHENTICATION } from './cloud-native-pg-cluster';
import { apiServerOf, type CloudNativePgDefinition, membersOf, poolerName, POSTGRESQL_PORT } from './cloud-native-pg-definition';
import type { PoolerSpec } from './cloud-native-pg-manifests';
import { defineObject } from '../../../core/kubernetes-object';
import { antiAffinity, containerSecurity, pullSecrets } from '../../../core/pod-parts';
import { priorityClassOf } from '../../../core/priority-class';
import type { IReplicated } from '../../../core/workload';
import { NETWORK_SETTINGS } from '../../../network/network-settings';
import { dnsRules } from '../../../network/platform-peers';
import { ServiceNetworkPolicy } from '../../../network/service-network-policy';
import { DisruptionBudget } from '../../../scaling/disruption-budget';
import { DisruptionLimit } from '../../../values/disruption-limit';
import { provideLabels } from '../../../values/labels';
import { SPREAD_SETTINGS } from '../../../workloads/spread-settings';
import { tierResources } from '../../hosted/hosted-store';

/** Statements that drivers prepare are known on each connection of PostgreSQL, so that they hold in transactions as well. */
const PREPARED_STATEMENTS = 200;
/** A new pod is there before an old one goes. */
const SURGE = 1;

/**
 * PgBouncer before the primary: a connection of PostgreSQL belongs to a service for a transaction.
 *
 * @internal
 */
export class Pooler extends Construct implements IReplicated {
  public readonly name: string;
  public readonly selectorLabels: { [name: string]: string };
  public readonly minReplicas: number;

  constructor(scope: Construct, id: string, postgres: CloudNativePgDefinition) {
    super(scope, id);
    const { group, settings } = postgres;
    const { instances, resources } = settings.cloudNativePg.pooler;
    this.name = poolerName(postgres.name);
    this.selectorLabels = { app: this.name };
    this.minReplicas = instances;
    provideLabels(this, { ...postgres.labels, ...this.selectorLabels });
    const amounts = tierResources(this, group.profile, settings.tier, resources);
    defineObject<PoolerSpec>(this, 'Pooler', {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Pooler',
      metadata: { name: this.name },
      spec: this.spec(postgres, amounts._toKube()),
    });
    // all at once would cut every service off
    new DisruptionBudget(this, 'DisruptionBudget', { workload: this, limit: DisruptionLimit.maxUnavailable(1) });
    new ServiceNetworkPolicy(this, 'Policy', {
      workload: this,
      reason: 'members',
      egress: [
        { peers: [membersOf(postgres)], ports: [POSTGRESQL_PORT] },
        apiServerOf(this, postgres),
        ...dnsRules(NETWORK_SETTINGS.of(group.profile)),
      ],
    });
  }

  private spec({ name, group, settings }: CloudNativePgDefinition, resources: object): PoolerSpec {
    const { instances, image, clientConnections, poolSize } = settings.cloudNativePg.pooler;
    const { profile } = group;
    const labelSelector = { matchLabels: { ...this.selectorLabels } };
    return {
      cluster: { name },
      type: 'rw',
      instances,
      deploymentStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: SURGE, maxUnavailable: 0 } },
      pgbouncer: {
        poolMode: 'transaction',
        parameters: {
          client_tls_sslmode: 'require',
          max_client_conn: String(clientConnections),
          default_pool_size: String(poolSize),
          max_prepared_statements: String(PREPARED_STATEMENTS),
        },
        pg_hba: HOST_BASED_AUTHENTICATION,
      },
      template: {
        metadata: { labels: { ...profile._values.labels, ...this.selectorLabels } },
        spec: {
          priorityClassName: priorityClassOf(group, settings.tier),
          imagePullSecrets: pullSecrets(profile),
          // the user is the image's own
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{ name: 'pgbouncer', image: image?.toString(), resources, securityContext: containerSecurity() }],
          affinity: { podAntiAffinity: antiAffinity(profile, this.selectorLabels) },
          topologySpreadConstraints: [{
            topologyKey: 'topology.kubernetes.io/zone', maxSkew: SPREAD_SETTINGS.of(profile).maxSkew, whenUnsatisfiable: 'ScheduleAnyway', labelSelector,
          }],
        },
      },
    };
  }
}

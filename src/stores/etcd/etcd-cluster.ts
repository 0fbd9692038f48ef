import { Construct } from 'constructs';
import { defineEtcd, etcdDefinition } from './etcd-objects';
import type { EtcdSettings } from './etcd-settings';
import type { IStateStore, StoreEndpoint } from '../../core/store-endpoint';
import { StoreEngine } from '../../core/store-endpoint';
import type { IWorkload } from '../../core/workload';
import type { Environment } from '../../profile/environment';
import { ETCD } from '../../values/ports';
import { endpointHosted, endpointInside, endpointOutside } from '../store';

/**
 * An etcd cluster, as services use it: for state of at most a few gibibytes.
 */
export interface IEtcdCluster extends IStateStore {
}

/**
 * Where an etcd cluster of the operator runs in the cluster.
 */
export interface EtcdFromNamespaceOptions {
  /**
   * The name of its EtcdCluster, which is the `app` label of its pods and the name of its Service.
   *
   * @default - the id and the name of the environment, such as `etcd-prod`: each environment has its own
   */
  readonly instance?: string;

  /**
   * The Secret with the keys `ca.crt`, `tls.crt` and `tls.key`. It must exist in the namespace of each service that uses it.
   *
   * @default - `<instance>-client-tls`, as the operator names it
   */
  readonly secretName?: string;
}

/**
 * Where an etcd cluster runs outside of the cluster.
 */
export interface EtcdFromHostOptions {
  /**
   * The ranges of the addresses of its members, such as `10.20.0.0/24`: NetworkPolicies know addresses, not names.
   */
  readonly cidrs: string[];

  /**
   * The Secret with the keys `ca.crt`, `tls.crt` and `tls.key`. It must exist in the namespace of each service that uses it.
   *
   * @default - the id
   */
  readonly secretName?: string;

  /**
   * The port it listens on.
   *
   * @default 2379
   */
  readonly port?: number;
}

/**
 * Properties for `EtcdCluster`.
 */
export interface EtcdClusterProps extends EtcdSettings {
  /**
   * The environment whose services use it: its changes of the platform profile hold for this cluster too.
   *
   * @default - none; the platform profile in force
   */
  readonly environment?: Environment;

  /**
   * The name of cert-manager's issuer of its certificates. Whoever has a certificate of it may read and write all: each cluster has its own.
   *
   * @default - the id
   */
  readonly issuer?: string;
}

/**
 * An etcd cluster that the operator of the etcd project runs.
 *
 * Defines, in a file of its own, an EtcdCluster, a PodDisruptionBudget and a NetworkPolicy for members and operator.
 *
 * The operator and cert-manager must be installed, with an issuer of the name `<id>`. The operator makes the Secret `<id>-client-tls`, which
 * must be brought to the namespace of each service that uses the cluster.
 *
 * Version 0.2.0 of the operator gives its pods no security context, so that they are refused where the Pod Security level is `restricted`:
 * synthesis fails there. It also starts members without the certificates that it makes: a finding says so.
 *
 * @see https://github.com/etcd-io/etcd-operator
 *
 * @example
 *
 * class Coordination extends SharedChart {
 *   constructor(scope: Construct) {
 *     super(scope, 'coordination', { profile: PlatformProfile.standard().with(security.SecurityDefaults.of({ security: { podSecurityLevel: 'baseline' } })) });
 *     new stores.EtcdCluster(this, 'etcd-prod', { size: 3 });
 *   }
 * }
 */
export class EtcdCluster extends Construct implements IEtcdCluster, IWorkload {
  /**
   * The instance of this environment in a namespace of the cluster, such as `etcd-prod` in `coordination`.
   *
   * Fails at synthesis if two environments would share one.
   */
  public static fromNamespace(scope: Construct, id: string, namespace: string, options: EtcdFromNamespaceOptions = {}): IEtcdCluster {
    return new ExistingEtcd(scope, id, (etcd) => endpointInside(etcd, StoreEngine.ETCD, namespace, options));
  }

  /**
   * An etcd cluster outside of the Kubernetes cluster.
   *
   * Fails at synthesis if two environments would share one.
   */
  public static fromHost(scope: Construct, id: string, host: string, options: EtcdFromHostOptions): IEtcdCluster {
    return new ExistingEtcd(scope, id, (etcd) => endpointOutside(etcd, StoreEngine.ETCD, host, options));
  }

  /** Where services find it. */
  public readonly stateEndpoint: StoreEndpoint;

  /** The name of its EtcdCluster. */
  public readonly name: string;

  /** The labels by which its members are selected. */
  public readonly selectorLabels: { [name: string]: string };

  /** How many members it has. */
  public readonly minReplicas: number;

  /**
   * Defines the cluster `id`, which is the name of its EtcdCluster and a DNS label of at most 40 characters.
   */
  constructor(scope: Construct, id: string, props: EtcdClusterProps = {}) {
    super(scope, id);
    const etcd = etcdDefinition(this, props);
    this.name = etcd.name;
    this.selectorLabels = { app: etcd.name };
    this.minReplicas = etcd.settings.size;
    this.stateEndpoint = endpointHosted(this, StoreEngine.ETCD, ETCD.client);
    defineEtcd(this, etcd);
  }
}

class ExistingEtcd extends Construct implements IEtcdCluster {
  public readonly stateEndpoint: StoreEndpoint;

  constructor(scope: Construct, id: string, endpoint: (construct: Construct) => StoreEndpoint) {
    super(scope, id);
    this.stateEndpoint = endpoint(this);
  }
}

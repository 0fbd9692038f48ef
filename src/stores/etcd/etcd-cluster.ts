import { Construct } from 'constructs';
import { defineEtcd, decideEtcd } from './etcd-objects';
import type { EtcdSettings } from './etcd-settings';
import { ETCD_ENGINE } from './etcd-store-engine';
import type { IStateStore, StoreEndpoint } from '../../core/store-endpoint';
import type { StoreFromHostOptions, StoreFromNamespaceOptions } from '../../core/store-places';
import type { IReplicated } from '../../core/workload';
import { constructId } from '../../values/construct-id';
import type { HostedStoreProps } from '../hosted/hosted-store-props';

/**
 * Properties for `EtcdCluster`.
 */
export interface EtcdClusterProps extends EtcdSettings, HostedStoreProps {
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
export class EtcdCluster extends Construct implements IStateStore, IReplicated {
  /**
   * The instance of this environment in a namespace of the cluster, such as `etcd-prod` in `coordination`.
   *
   * The Secret `<instance>-client-tls` has the keys `ca.crt`, `tls.crt` and `tls.key`. Fails at synthesis if two environments would share one.
   */
  public static fromNamespace(scope: Construct, id: string, namespace: string, options: StoreFromNamespaceOptions = {}): IStateStore {
    return ETCD_ENGINE.fromNamespace(scope, id, namespace, options);
  }

  /**
   * An etcd cluster outside of the Kubernetes cluster.
   *
   * Its Secret has the keys `ca.crt`, `tls.crt` and `tls.key`. Fails at synthesis if two environments would share one.
   */
  public static fromHost(scope: Construct, id: string, host: string, options: StoreFromHostOptions): IStateStore {
    return ETCD_ENGINE.fromHost(scope, id, host, options);
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
    super(scope, constructId(scope, id, new.target, props));
    const etcd = decideEtcd(this, props);
    this.name = etcd.name;
    this.selectorLabels = { app: etcd.name };
    this.minReplicas = etcd.settings.size;
    this.stateEndpoint = ETCD_ENGINE.hosted(this);
    defineEtcd(this, etcd);
  }
}

import type { IRule } from '../rule';
import { Severity } from '../severity';

export const ETCD_WITHOUT_TLS: IRule = {
  id: 'MS-STORE-002',
  severity: Severity.WARNING,
  why: 'The operator of etcd 0.2.0 makes the certificates of a cluster with TLS, but starts its members without them, so no sidecar would get an answer.',
  fix: 'Install a version in which https://github.com/etcd-io/etcd-operator/issues/371 is fixed.',
  check: (manifests) => manifests.of('EtcdCluster', 'operator.etcd.io').filter(({ spec }) => spec.tls !== undefined).map((manifest) => ({ manifest, field: '/spec/tls' })),
};

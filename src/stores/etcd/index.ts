export * from './etcd-cluster';
export * from './etcd-settings';

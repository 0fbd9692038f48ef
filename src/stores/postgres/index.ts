export * from './cloud-native-pg/cloud-native-pg-settings';
export * from './postgres-access';
export * from './postgres-cluster';
export * from './postgres-engine';
export * from './postgres-settings';

export * from './adapter';
export * from './ambassador';
export * from './container-settings';
export * from './sidecar';

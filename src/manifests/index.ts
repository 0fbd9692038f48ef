export * from './manifest';
export * from './manifest-set';

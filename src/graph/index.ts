export * from './edge';
export * from './endpoint';
export * from './http-request';
export * from './ports';
export * from './reachability';

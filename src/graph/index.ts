export * from './edge';
export * from './endpoint';
export * from './http-request';
export * from './policy-decision';
export * from './ports';
export * from './reachability';

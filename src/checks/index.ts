export * from './checks';
export * from './finding';
export * from './report';
export * from './rule';
export * from './severity';
export * from './violation';

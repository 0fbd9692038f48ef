export * from './connections';
export * from './custom-object';
export * from './declared-edges';
export * from './synthesis-step';

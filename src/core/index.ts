export * from './connections';
export * from './declared-edges';
export * from './synthesis-step';

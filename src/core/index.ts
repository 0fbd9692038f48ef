export * from '../profile/profile-section';
export * from './connections';
export * from './custom-object';
export * from './declared-edges';
export * from './output-file';
export * from './synthesis-step';

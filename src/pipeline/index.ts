export * from './delivery-pipeline';
export * from './delivery-pipeline-props';
export * from './image-signing';
export * from './pipeline-defaults';
export * from './pipeline-engine';
export * from './pipeline-settings';
export * from './pipeline-step';

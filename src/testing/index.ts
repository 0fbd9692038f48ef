export * from './rendered-objects';

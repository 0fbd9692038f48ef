export * from '../core/event-sink';
export * from './event-delivery';
export * from './event-settings';
export * from './eventing-settings';
export * from './knative-broker';
export * from './knative-trigger';

export * from '../values/network-peer';
export * from '../values/network-policy-engine';
export * from './network-defaults';
export * from './network-settings';
export * from './service-network-policy';

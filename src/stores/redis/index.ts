export * from './broker/broker-settings';
export * from './broker/message-broker';
export * from './redis-access';
export * from './redis-cluster';
export * from './redis-engine';
export * from './redis-member-settings';
export * from './redis-scripting';
export * from './redis-settings';

export * from './fault-rehearsal';
export * from './mesh';
export * from './mesh-defaults';
export * from './mesh-settings';
export * from './traffic-shift';

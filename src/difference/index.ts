export * from './field-change';
export * from './manifest-difference';
export * from './object-change';
export * from './risk';

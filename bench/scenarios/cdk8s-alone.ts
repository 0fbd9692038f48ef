import 'cdk8s';

/** Nothing: loading cdk8s is all that is measured. */
export function run(): void {}

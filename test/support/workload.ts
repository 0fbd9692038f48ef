import { Construct } from 'constructs';
import type { IReplicated } from '../../src/core/workload';

/** A workload that is no `Microservice`: the least that capabilities know. */
export class Workload extends Construct implements IReplicated {
  public readonly selectorLabels: { [name: string]: string };

  public constructor(scope: Construct, public readonly name: string, public minReplicas: number) {
    super(scope, name);
    this.selectorLabels = { app: name };
  }
}

export function workload(scope: Construct, name = 'order', minReplicas = 3): Workload {
  return new Workload(scope, name, minReplicas);
}

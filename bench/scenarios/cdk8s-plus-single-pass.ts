import { defineServices } from './cdk8s-plus-tree';
import { App } from '../../src';

export function run(outdir: string, services: string): void {
  const app = new App({ outdir });
  defineServices(app, Number(services));
  app.synth();
}

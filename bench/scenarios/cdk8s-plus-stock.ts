import { App } from 'cdk8s';
import { defineServices } from './cdk8s-plus-tree';

export function run(outdir: string, services: string): void {
  const app = new App({ outdir });
  defineServices(app, Number(services));
  app.synth();
}

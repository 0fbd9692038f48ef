import { CoreBusiness } from '../../examples/shop/core-business';
import { Infrastructure } from '../../examples/shop/infrastructure';
import { Platform } from '../../examples/shop/platform';
import { App, Environment } from '../../src';

/**
 * The manifests of the example: nine services and their stores in three environments, without the charts and pipelines that are made of them.
 */
export function run(outdir: string): void {
  const environments = Environment.standard();
  const app = new App({ outdir });
  new Infrastructure(app, environments);
  for (const environment of environments) {
    new CoreBusiness(app, environment);
    new Platform(app, environment);
  }
  app.synth();
}

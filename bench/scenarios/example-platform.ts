import { CoreBusiness } from '../../examples/shop/core-business';
import { Infrastructure } from '../../examples/shop/infrastructure';
import { Platform } from '../../examples/shop/platform';
import { App, Environment } from '../../src';

/**
 * The manifests of the example: nine services and their stores in three environments, without the charts and pipelines that are made of them.
 */
export function run(outdir: string): void {
  const app = new App({ outdir });
  for (const environment of Environment.standard()) {
    new Infrastructure(app, environment);
    new CoreBusiness(app, environment);
    new Platform(app, environment);
  }
  app.synth();
}

import { CoreBusiness } from './core-business';
import { Infrastructure } from './infrastructure';
import { organisation } from './organisation';
import { Platform } from './platform';
import { Environment, App } from '../../src';

const app = new App();
new Infrastructure(app, organisation);
for (const environment of Environment.standard()) {
  new CoreBusiness(app, environment);
  new Platform(app, environment);
}
app.synth();

import { CoreBusiness } from './core-business';
import { Infrastructure } from './infrastructure';
import { Platform } from './platform';
import { Environment, App } from '../../src';

const environments = Environment.standard();

const app = new App();
new Infrastructure(app, environments);
for (const environment of environments) {
  new CoreBusiness(app, environment);
  new Platform(app, environment);
}
app.synth();

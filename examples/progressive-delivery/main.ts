import { Shop } from './shop';
import { App, Environment } from '../../src';

const [production] = Environment.standard().reverse();

const app = new App({ outdir: process.env.CDK8S_OUTDIR ?? 'examples/progressive-delivery/dist' });
new Shop(app, production);
app.synth();

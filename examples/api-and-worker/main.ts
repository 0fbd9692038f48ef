import { Infrastructure } from './infrastructure';
import { Media } from './media';
import { App, Environment } from '../../src';

const [production] = Environment.standard().reverse();

const app = new App({ outdir: process.env.CDK8S_OUTDIR ?? 'examples/api-and-worker/dist' });
new Infrastructure(app, production);
new Media(app, production);
app.synth();

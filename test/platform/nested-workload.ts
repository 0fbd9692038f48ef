/** A program for `two-copies.test.ts`: a workload that is defined below another one belongs to the file of that one. */
import { App, Environment, Image, Microservice, ServiceChart, workloads } from '../../src';

const app = new App();
const chart = new ServiceChart(app, 'shop', { environment: Environment.standard()[0] });
const order = new Microservice(chart, 'order', { image: Image.of('registry.example.com/order', { tag: '1.0.0' }) });
new workloads.OneOffJob(order, 'order-migration', { image: Image.of('registry.example.com/migration', { tag: '1.0.0' }) });
app.synth();

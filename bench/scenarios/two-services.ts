import { App, Environment, Image, Microservice, ServiceChart } from '../../src';

/** The smallest program: it shows what loading the library costs. */
export function run(outdir: string): void {
  const app = new App({ outdir });
  const chart = new ServiceChart(app, 'shop', { environment: Environment.of('prod', { capacityPool: 'production' }) });
  const order = new Microservice(chart, 'order', { image: Image.of('registry.example.com/order', { tag: '1.0' }) });
  new Microservice(chart, 'checkout', { image: Image.of('registry.example.com/checkout', { tag: '1.0' }) }).calls(order);
  app.synth();
}

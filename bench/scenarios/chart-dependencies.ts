import { ApiObject, Chart } from 'cdk8s';
import { App } from '../../src';

/** How many services depend on the first of the shared charts. */
const SERVICES = 200;

/**
 * Service charts that depend on a chain of shared charts.
 */
export function run(outdir: string, depth: string): void {
  const app = new App({ outdir });
  // the same number of charts and objects at any depth
  const shared = Array.from({ length: 6 }, (_, index) => defineChart(app, `shared-${index}`));
  shared.slice(1, Number(depth)).forEach((chart, index) => shared[index].addDependency(chart));
  for (let index = 0; index < SERVICES; index++) {
    defineChart(app, `service-${index}`).addDependency(shared[0]);
  }
  app.synth();
}

function defineChart(app: App, id: string): Chart {
  const chart = new Chart(app, id, { namespace: 'default' });
  for (let index = 0; index < 10; index++) {
    new ApiObject(chart, `object-${index}`, { apiVersion: 'v1', kind: 'ConfigMap', data: { key: 'value' } });
  }
  return chart;
}

import { ApiObject, Chart } from 'cdk8s';
import type { App } from 'cdk8s';
import { PROD, ROOMY } from './platform';
import { ServiceChart } from '../../src/platform/service-chart';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Port } from '../../src/values/port';
import { Probe } from '../../src/values/probe';
import { Resources } from '../../src/values/resources';
import { Microservice } from '../../src/workloads/microservice';

/** The selector of a Deployment that somebody wrote by hand. */
export const SELECTOR = { 'app.kubernetes.io/name': 'order', 'app.kubernetes.io/instance': 'shop' };

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'order' },
  spec: {
    replicas: 3,
    selector: { matchLabels: SELECTOR },
    template: {
      metadata: { labels: SELECTOR },
      spec: {
        containers: [{
          name: 'order',
          image: 'registry.example.com/order:1.4.2',
          ports: [{ name: 'http', containerPort: 8080 }],
          env: [{ name: 'CURRENCY', value: 'EUR' }],
          readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
          livenessProbe: { httpGet: { path: '/live', port: 'http' } },
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
        }],
      },
    },
  },
};

const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'order' },
  spec: { selector: SELECTOR, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
};

/** The rest of the chart, which stays as it is. */
const REST = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'banner' }, data: { text: 'hello' } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'report' },
    spec: {
      selector: { matchLabels: { app: 'report' } },
      template: { metadata: { labels: { app: 'report' } }, spec: { containers: [{ name: 'report', image: 'registry.example.com/report:1.0.0' }] } },
    },
  },
];

/** A chart of cdk8s in which every object is written by hand. */
export function writtenByHand(app: App): Chart {
  const chart = new Chart(app, 'legacy', { namespace: 'legacy' });
  [DEPLOYMENT, SERVICE, ...REST].forEach((object) => new ApiObject(chart, `${object.kind}-${object.metadata.name}`, object));
  return chart;
}

/** The same chart with one service of this library in place of two objects. */
export function adopted(app: App): Chart {
  const chart = new Chart(app, 'legacy', { namespace: 'legacy' });
  ServiceChart.adopt(chart, 'shop', { environment: PROD, profile: ROOMY.customize({ dapr: Dapr.none('the services of legacy have none') }) });
  new Microservice(chart, 'order', {
    selectorLabels: SELECTOR,
    image: Image.parse('registry.example.com/order:1.4.2'),
    ports: [Port.http(8080, { servicePort: 80 })],
    env: { CURRENCY: 'EUR' },
    probes: { readiness: Probe.httpGet('/ready'), liveness: Probe.httpGet('/live'), startup: Probe.httpGet('/live') },
    resources: Resources.of({ cpuRequest: '100m', cpuLimit: '500m', memoryRequest: '128Mi', memoryLimit: '256Mi' }),
  });
  REST.forEach((object) => new ApiObject(chart, `${object.kind}-${object.metadata.name}`, object));
  return chart;
}

import { SecretReference } from '../../src';
import { HttpEndpoint, type HttpEndpointProps } from '../../src/components';
import { Endpoint } from '../../src/graph/endpoint';
import type { ServiceChart } from '../../src/platform/service-chart';
import { Dapr } from '../../src/values/dapr';
import { messageOf } from '../support/message-of';
import { bare, errorsOf, group, manifestsOf, service } from '../support/platform';

const CRM = { baseUrl: 'https://crm.example.com/api', cidrs: ['203.0.113.0/24'] };

test('is an HTTPEndpoint for exactly the services that invoke it, with the way out', () => {
  const chart = group();
  const crm = new HttpEndpoint(chart, 'crm', {
    ...CRM, headers: { 'X-Shop': 'eu' }, secretHeaders: { Authorization: SecretReference.of('crm', 'authorization') }, rootCa: SecretReference.of('crm', 'ca.crt'),
  });
  service(chart, 'order', { dapr: Dapr.sidecar({ appId: 'orders' }) }).invokes(crm);
  service(chart, 'catalog');
  const manifests = manifestsOf(chart);
  expect(bare(manifests.get('HTTPEndpoint', 'crm'))).toEqual({
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'HTTPEndpoint',
    metadata: { name: 'crm' },
    spec: {
      baseUrl: 'https://crm.example.com/api',
      headers: [{ name: 'X-Shop', value: 'eu' }, { name: 'Authorization', secretKeyRef: { name: 'crm', key: 'authorization' } }],
      clientTLS: { rootCA: { secretKeyRef: { name: 'crm', key: 'ca.crt' } } },
    },
    auth: { secretStore: 'kubernetes' },
    scopes: ['orders'],
  });
  expect(manifests.of('Component')).toEqual([]);
  expect(manifests.get('NetworkPolicy', 'order-calls').spec.egress).toEqual([{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 443, protocol: 'TCP' }] }]);
});

test('that nothing invokes is not rendered', () => {
  const chart = group();
  new HttpEndpoint(chart, 'crm', CRM);
  expect(manifestsOf(chart).of('HTTPEndpoint')).toEqual([]);
});

test('a workload of the program as the server', () => {
  const chart = group();
  const crm = service(chart, 'crm', { dapr: Dapr.none('plain HTTP') });
  service(chart, 'order').invokes(new HttpEndpoint(chart, 'crm-api', { baseUrl: crm.address!.replace(/^/, 'http://'), server: crm }));
  const reaches = manifestsOf(chart).reachability.reaches(
    Endpoint.ofPods('core-business-prod', { app: 'order' }), Endpoint.ofPods('core-business-prod', { app: 'crm' }), 8000);
  expect(reaches).toBe(true);
});

test.each<[string, Partial<HttpEndpointProps>, string]>([
  ['an address that is none', { baseUrl: 'crm.example.com' }, "expected baseUrl to be an address by HTTP, got 'crm.example.com'. Write it as 'https://crm.example.com'."],
  ['credentials in the address', { baseUrl: 'https://shop:secret@crm.example.com' },
    'baseUrl contains credentials, which everyone who may read the manifest would see. Set them in secretHeaders.'],
  ['a credential in plain text', { headers: { Authorization: 'Bearer x' } }, "the header 'Authorization' looks like a secret in plain text: it is a credential. Set it in secretHeaders."],
  ['a name of no object', { name: 'CRM' }, "name 'CRM' is not a DNS subdomain: it has 'C'. Write 'crm'."],
])('refuses %s', (_what, props, error) => {
  expect(messageOf(() => new HttpEndpoint(group(), 'crm', { ...CRM, ...props }))).toBe(`[core-business-prod/crm] ${error}`);
});

test.each<[string, (chart: ServiceChart, crm: HttpEndpoint) => void, string]>([
  ['uses', (chart, crm) => service(chart).uses(crm), "uses 'crm', a component of type 'HTTPEndpoint'. Declare invokes()."],
  ['triggeredBy', (chart, crm) => service(chart).triggeredBy(crm), "is triggered by 'crm', which is a component of type 'HTTPEndpoint' and no binding. Declare invokes()."],
])('is not for %s', (_verb, relate, error) => {
  expect(errorsOf((chart) => relate(chart, new HttpEndpoint(chart, 'crm', CRM)))).toEqual([`[core-business-prod/checkout] ${error}`]);
});

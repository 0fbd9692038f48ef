import { errorsOf, findings, group, manifestsOf, podOf, service } from '../support/platform';

test('a detail that nothing else can set arrives, with its reason for those who review', () => {
  const chart = group();
  const checkout = service(chart);
  checkout.patch('Deployment', '/spec/template/spec/hostname', 'till', 'the licence server knows hosts');
  checkout.patch('Deployment', '/spec/template/metadata/annotations/example.com~1team', 'shop', 'asked for by operations');
  expect(podOf(chart).spec.hostname).toBe('till');
  expect(podOf(chart).metadata.annotations['example.com/team']).toBe('shop');
  expect(manifestsOf(chart).get('Deployment', 'checkout').metadata.annotations).toEqual({
    'cdk8s-microservices/patches': '/spec/template/metadata/annotations/example.com~1team: asked for by operations\n/spec/template/spec/hostname: the licence server knows hosts',
  });
  expect(findings(chart)).toEqual([
    'MS-PATCH-001 [core-business-prod/checkout/Deployment] is patched: asked for by operations (/spec/template/metadata/annotations/example.com~1team)',
    'MS-PATCH-001 [core-business-prod/checkout/Deployment] is patched: the licence server knows hosts (/spec/template/spec/hostname)',
  ]);
});

test('a value is appended to a list', () => {
  const chart = group();
  service(chart).patch('Service', '/spec/ports/-', { port: 8081, name: 'admin' }, 'the old console');
  expect(manifestsOf(chart).get('Service', 'checkout').spec.ports[2]).toEqual({ name: 'admin', port: 8081 });
});

describe('a patch fails', () => {
  test.each<[string, string, any, string, string]>([
    ['Deploymnt', '/spec/x', 1, 'why', 'a patch needs one Deploymnt, and there is none. Did you mean Deployment?'],
    ['Ingress', '/spec/x', 1, 'why', 'a patch needs one Ingress, and there is none. Patch one of Deployment, HorizontalPodAutoscaler, PodDisruptionBudget, Service, ServiceAccount.'],
    ['Deployment', 'spec/x', 1, 'why', "'spec/x' is no field that a patch can set. Write a JSON pointer into the manifest, such as '/spec/template/spec/hostname'."],
    ['Deployment', '/metadata/name', 'other', 'why', "'/metadata/name' is no field that a patch can set. Write a JSON pointer into the manifest, such as '/spec/template/spec/hostname'."],
    ['Deployment', '/spec/x', undefined, 'why', "a patch of '/spec/x' sets no value, which a manifest cannot hold. Give a value, or remove the field with removeField."],
    ['Deployment', '/spec/x', 1, ' ', 'reason of a patch is empty. Write at least one word.'],
    ['Deployment', '/spec/x', 1, 'two\nlines', 'reason of a patch "two\\nlines" has the control or invisible character U+000A. Write one line of plain text.'],
    ['Deployment', '/spec/missing/x', 1, 'why', 'the patch of Deployment at /spec/missing/x did not arrive in the manifest. Give a path whose parent exists, and a value that YAML can hold.'],
    ['Deployment', '/spec/x', NaN, 'why', 'the patch of Deployment at /spec/x did not arrive in the manifest. Give a path whose parent exists, and a value that YAML can hold.'],
  ])('of %s at %s: %#', (kind, path, value, reason, message) => {
    expect(errorsOf((chart) => service(chart).patch(kind, path, value, reason))).toEqual([`[core-business-prod/checkout] ${message}`]);
  });
});

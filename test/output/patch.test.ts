import { ApiObject } from 'cdk8s';
import { KubernetesVersion } from '../../src';
import { Authentication, GatewayEngine } from '../../src/gateway';
import { App } from '../../src/platform/app';
import { INGRESS, objectsOfShop, type Shop, shop } from '../support/gateway';
import { errorsOf, findings, group, Manifests, manifestsOf, podOf, service } from '../support/platform';
import { type AnyChanges, customized } from '../support/settings';

const SPEC = '/spec/template/spec';
const ARRIVES = 'Change the value';

function errorOf({ app }: Pick<Shop, 'app'>): string {
  try {
    (app as App).synthYaml();
  } catch (error) {
    return (error as Error).message.replace('Validation failed with the following errors:\n  ', '');
  }
  return '';
}

describe('a patch names its object', () => {
  const exposed = () => {
    const all = shop();
    all.gateway.exposes(all.checkout);
    return all;
  };

  test('and reaches one of several, also one that is rendered late', () => {
    const all = exposed();
    all.gateway.patch('HTTPRoute/api-checkout', '/spec/rules/0/sessionPersistence', { sessionName: 'sticky' }, 'sticky sessions');
    all.gateway.patch('HTTPRoute/core-business-prod/api-checkout', '/spec/rules/0/name', 'first', 'named in alerts');
    const manifests = new Manifests(objectsOfShop(all));
    expect(manifests.get('HTTPRoute', 'api-checkout').spec.rules[0].sessionPersistence).toEqual({ sessionName: 'sticky' });
    expect(manifests.get('HTTPRoute', 'api-redirect').spec.rules[0].sessionPersistence).toBeUndefined();
    expect(manifests.get('HTTPRoute', 'api-checkout').spec.rules[0].name).toBe('first');
  });

  test.each<[string, string]>([
    ['HTTPRoute', 'a patch needs one HTTPRoute, and there are 2. Patch one of HTTPRoute/api-checkout, HTTPRoute/api-redirect.'],
    ['SecurityPolicy', 'a patch needs one SecurityPolicy, and there are 2. Patch one of SecurityPolicy/api, SecurityPolicy/api-checkout.'],
    ['HTTPRoute/checkout', "there is no HTTPRoute 'checkout' to patch. Patch one of HTTPRoute/api-checkout, HTTPRoute/api-redirect."],
    ['Ingress', 'a patch needs one Ingress, and there is none. Patch one of BackendTrafficPolicy, Certificate, ClientTrafficPolicy, Gateway, HTTPRoute, NetworkPolicy, SecurityPolicy.'],
    ['HttpRoute', 'a patch needs one HttpRoute, and there is none. Did you mean HTTPRoute?'],
  ])('%s', (kind, message) => {
    const all = exposed();
    all.gateway.patch(kind, '/metadata/labels/a', 'b', 'why');
    expect(errorOf(all)).toBe(`[${all.gateway.node.path}] ${message}`);
  });

  test('where a gateway has no route yet', () => {
    const all = shop({ engine: GatewayEngine.INGRESS, authentication: Authentication.none('a test') }, INGRESS);
    all.gateway.patch('Gateway', '/metadata/labels/a', 'b', 'why');
    expect(errorOf(all)).toBe(`[${all.gateway.node.path}] a patch needs one Gateway, and there is none. Patch the construct that defines the object.`);
  });

  test('by namespace where names are the same', () => {
    const chart = group();
    const checkout = service(chart);
    ['one', 'two'].forEach((namespace) => new ApiObject(checkout, namespace, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'same', namespace } }));
    checkout.patch('ConfigMap/same', '/data', { a: 'b' }, 'why');
    expect(errorOf({ app: chart.node.root as App })).toBe('[core-business-prod/checkout] a patch needs one ConfigMap/same, and there are 2. '
      + 'Patch one of ConfigMap/one/same, ConfigMap/two/same.');
  });
});

describe('a patch removes a field', () => {
  test('and says why', () => {
    const chart = group();
    service(chart).removeField('Deployment', `${SPEC}/containers/0/livenessProbe`, 'the process ends by itself');
    expect(podOf(chart).spec.containers[0].livenessProbe).toBeUndefined();
    expect(manifestsOf(chart).get('Deployment', 'checkout').metadata.annotations).toEqual({
      'cdk8s-microservices/patches': `${SPEC}/containers/0/livenessProbe: the process ends by itself`,
    });
    expect(findings(chart)).toEqual([`MS-PATCH-001 [core-business-prod/checkout/Deployment] is patched: the process ends by itself (${SPEC}/containers/0/livenessProbe)`]);
  });

  test.each<[string, string, string]>([
    ['Deployment', `${SPEC}/hostname`, `the patch of Deployment at ${SPEC}/hostname removes a field that the manifest does not have. Correct the path, or remove the patch.`],
    ['Service', '/spec/x/y', 'the patch of Service at /spec/x/y removes a field that the manifest does not have. Correct the path, or remove the patch.'],
    ['Deployment', '/spec/selector', 'the patch of Deployment at /spec/selector makes a manifest that the API server refuses: /spec/selector is missing, and the schema requires it. Set it.'],
    ['Deployment', `${SPEC}/containers/0/securityContext/allowPrivilegeEscalation`, `the patch of Deployment at ${SPEC}/containers/0/securityContext/allowPrivilegeEscalation makes a manifest that the API server refuses: `
      + `${SPEC}/containers/0/securityContext/allowPrivilegeEscalation is not false, which Pod Security 'restricted' refuses. Remove the patch, or choose another podSecurityLevel for the platform.`],
  ])('%s %s', (kind, path, message) => {
    expect(errorsOf((chart) => service(chart).removeField(kind, path, 'why'))).toEqual([`[core-business-prod/checkout] ${message}`]);
  });
});

test('a patch that changes nothing is refused, so that no review is told of a change', () => {
  expect(errorsOf((chart) => {
    service(chart).patch('Service', '/spec/type', 'ClusterIP', 'why');
    service(chart, 'order').patch('Deployment', `${SPEC}/automountServiceAccountToken`, false, 'why');
  })).toEqual([
    '[core-business-prod/checkout] the patch of Service at /spec/type changes nothing, because the manifest has that value already. Remove the patch.',
    `[core-business-prod/order] the patch of Deployment at ${SPEC}/automountServiceAccountToken changes nothing, because the manifest has that value already. Remove the patch.`,
  ]);
});

describe('a patch that the API server would refuse is an error', () => {
  const refused = (path: string, text: string) => `[core-business-prod/checkout] the patch of Deployment at ${path} makes a manifest that the API server refuses: ${text}`;
  const SECURITY = "which Pod Security 'restricted' refuses. Remove the patch, or choose another podSecurityLevel for the platform.";

  test.each<[string, any, string]>([
    [`${SPEC}/containers/0/arg`, ['x'], `${SPEC}/containers/0/arg is a field that the schema does not have. Did you mean 'args'?`],
    [`${SPEC}/containers/0`, { name: 'checkout', image: 1 }, `${SPEC}/containers/0/image is 1, expected text. ${ARRIVES}.`],
    ['/spec/minReadySeconds', '10', `/spec/minReadySeconds is '10', expected a whole number. ${ARRIVES}.`],
    [`${SPEC}/containers/0/securityContext/privileged`, true, `${SPEC}/containers/0/securityContext/privileged makes the container privileged, ${SECURITY}`],
    [`${SPEC}/hostNetwork`, true, `${SPEC}/hostNetwork shares the host with the pod, ${SECURITY}`],
    [`${SPEC}/containers/0/securityContext/capabilities/add`, ['SYS_ADMIN'], `${SPEC}/containers/0/securityContext/capabilities/add adds the capability SYS_ADMIN, ${SECURITY}`],
    [`${SPEC}/securityContext/runAsUser`, 0, `${SPEC}/securityContext/runAsUser is root, ${SECURITY}`],
  ])('%s', (path, value, text) => {
    expect(errorsOf((chart) => service(chart).patch('Deployment', path, value, 'why'))[0]).toBe(refused(path, text));
  });

  /** What synthesis of a patched service refuses, on a platform with some settings. */
  const refusalOf = (settings: AnyChanges, field: string, value: unknown) => {
    const app = new App();
    const chart = group({ app, profile: customized(settings) });
    service(chart).patch('Deployment', `${SPEC}/${field}`, value, 'why');
    return errorOf({ app });
  };

  test('unless the platform chooses another level', () => {
    expect(refusalOf({ security: { podSecurityLevel: 'privileged' } }, 'hostNetwork', true)).toBe('');
    expect(refusalOf({ security: { podSecurityLevel: 'baseline' } }, 'hostNetwork', true)).toBe(refused(`${SPEC}/hostNetwork`,
      `${SPEC}/hostNetwork shares the host with the pod, which Pod Security 'baseline' refuses. Remove the patch, or choose another podSecurityLevel for the platform.`));
  });

  test('by the schema of the version that the platform has', () => {
    const of = (version: string) => refusalOf({ kubernetesVersion: KubernetesVersion.of(version) }, 'hostnameOverride', 'till');
    expect(of('1.37')).toBe('');
    expect(of('1.30')).toBe(refused(`${SPEC}/hostnameOverride`,
      `${SPEC}/hostnameOverride exists only from Kubernetes 1.34 on, and the manifest is for 1.30. Remove the patch for this version.`));
  });
});

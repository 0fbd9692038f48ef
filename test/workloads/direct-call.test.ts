import { Testing } from 'cdk8s';
import type { CallOptions } from '../../src/core/connection-options';
import { Endpoint } from '../../src/graph/endpoint';
import { Mesh } from '../../src/mesh/mesh';
import type { ServiceChart } from '../../src/platform/service-chart';
import { Dapr } from '../../src/values/dapr';
import { Port } from '../../src/values/port';
import { ImportedService } from '../../src/workloads/imported-service';
import type { Microservice } from '../../src/workloads/microservice';
import { errorsOf, group, manifestsOf, manifestsOfApp, profileWith, ROOMY, service } from '../support/platform';

/** `basket` calls `identity`, both with sidecars. */
function basket(call: (basket: Microservice, identity: Microservice) => void): ServiceChart {
  const chart = group({ profile: ROOMY });
  call(service(chart, 'basket'), service(chart, 'identity'));
  return chart;
}

/** The ports of `identity` that `basket` reaches. */
function reached(chart: ServiceChart): number[] {
  const { reachability } = manifestsOf(chart);
  const [from, to] = ['basket', 'identity'].map((app) => Endpoint.ofPods('core-business-prod', { app }));
  return [8000, 9000, 50002].filter((port) => reachability.reaches(from, to, port));
}

describe('a direct call between two services with sidecars', () => {
  const direct = basket((from, to) => from.calls(to, { direct: true, as: 'IDENTITY_ADDR' }));

  test('reaches the ports of the application and not the sidecar', () => {
    expect(reached(direct)).toEqual([8000, 9000]);
  });

  test('sets the variable to the address of the application', () => {
    const { env } = manifestsOf(direct).objects.podTemplate('basket').spec.containers[0];
    expect(env.filter(({ name }: any) => name === 'IDENTITY_ADDR')).toEqual([{ name: 'IDENTITY_ADDR', value: 'identity:8000' }]);
  });

  test('gives neither access in Dapr nor a Resiliency, which would claim what no sidecar does', () => {
    const manifests = manifestsOf(direct);
    expect(manifests.of('Configuration').map(({ metadata }) => metadata.name)).toEqual(['appconfig']);
    expect(manifests.of('Resiliency')).toEqual([]);
  });

  test('may be declared besides a call through the sidecars, in any order, and each statement replaces only its own kind', () => {
    const statements: ((from: Microservice, to: Microservice) => void)[] = [
      (from, to) => from.calls(to, { retries: 1 }), (from, to) => from.calls(to, { direct: true, as: 'IDENTITY_ADDR' }), (from, to) => from.calls(to, { retries: 2 }),
    ];
    const all = basket((from, to) => statements.forEach((statement) => statement(from, to)));
    expect(reached(all)).toEqual([8000, 9000, 50002]);
    expect(manifestsOf(all).of('Configuration').map(({ metadata }) => metadata.name)).toEqual(['appconfig', 'identity-appconfig']);
    const turned = basket((from, to) => [statements[1], statements[2]].forEach((statement) => statement(from, to)));
    expect(manifestsOf(turned).all).toEqual(manifestsOf(all).all);
  });
});

describe('in a mesh', () => {
  /** The kinds of objects about the direct callers of `identity`. */
  const about = (mesh: Mesh, options: CallOptions) => {
    const app = Testing.app();
    const chart = group({ app, profile: profileWith({ mesh, defaultQuota: { cpu: '1000', memory: '2000Gi' } }) });
    service(chart, 'basket').calls(service(chart, 'identity'), options);
    return manifestsOfApp(app).all.filter(({ metadata, apiVersion }) => /istio|linkerd|cilium/.test(apiVersion) && metadata.name.startsWith('identity'))
      .map(({ kind, spec }) => [kind, JSON.stringify(spec).includes('basket')]);
  };

  test.each<[string, Mesh, string]>([
    ['Istio', Mesh.istio(), 'AuthorizationPolicy'],
    ['Linkerd', Mesh.linkerd(), 'MeshTLSAuthentication'],
    ['Cilium', Mesh.cilium(), 'CiliumNetworkPolicy'],
  ])('%s admits the caller at the ports of the application', (_, mesh, kind) => {
    expect(about(mesh, { direct: true })).toContainEqual([kind, true]);
  });

  test.each([['Istio', Mesh.istio()], ['Linkerd', Mesh.linkerd()]])('%s admits no caller that calls through the sidecars', (_, mesh) => {
    expect(about(mesh, {}).filter(([, named]) => named)).toEqual([]);
  });
});

describe('fails', () => {
  const place = '[core-business-prod/basket]';

  test('where the ports of the callee are unknown', () => {
    expect(errorsOf((chart) => service(chart, 'basket').calls(ImportedService.fromName(chart, 'ledger', { namespace: 'legacy' }), { direct: true })))
      .toEqual([`${place} calls 'ledger' directly, and the ports of its pods are unknown. Name ports of the ImportedService.`]);
  });

  test('where a call with direct repeats one that is direct anyway', () => {
    expect(errorsOf((chart) => {
      const [from, to] = [service(chart, 'basket'), service(chart, 'identity', { dapr: Dapr.none('plain HTTP'), ports: [Port.http(8080)] })];
      from.calls(to);
      from.calls(to, { direct: true });
    })).toEqual([`${place} calls 'identity' both with and without direct, and has no way through sidecars, so that both are direct. Remove one of the calls.`]);
  });
});

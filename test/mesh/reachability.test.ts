import { Testing } from 'cdk8s';
import fc from 'fast-check';
import type { CallOptions } from '../../src/core/connection-options';
import { ServiceReference } from '../../src/core/service-reference';
import type { Endpoint } from '../../src/graph/endpoint';
import type { Reachability } from '../../src/graph/reachability';
import { MeshDefaults } from '../../src/mesh';
import { Mesh } from '../../src/mesh/mesh';
import { Environment } from '../../src/profile/environment';
import { Dapr } from '../../src/values/dapr';
import type { Microservice } from '../../src/workloads/microservice';
import type { Manifests } from '../support/platform';
import { group, manifestsOfApp, ROOMY, service } from '../support/platform';

/** Services of two groups, each with or without a sidecar, and who calls whom. */
interface Program {
  readonly sidecars: readonly boolean[];
  readonly calls: readonly { readonly from: number; readonly to: number; readonly options: CallOptions }[];
  readonly admissions: readonly { readonly service: number; readonly group: number }[];
}

const GROUPS = ['core-business', 'platform'];
const SERVICES = ['auth', 'cart', 'order', 'web'].map((name, index) => ({ name, group: GROUPS[index % 2], namespace: `${GROUPS[index % 2]}-prod` }));
const PATHS = ['/orders', '/orders/open', '/carts'];
const METHODS = ['GET', 'POST'];
const ASKED = ['/orders', '/orders/open', '/orders/open/1', '/ordersx', '/carts', '/']
  .flatMap((path) => [...METHODS, 'DELETE'].map((method) => ({ method, path })));
const PORTS = [8000, 9000];
const DAPR_PORT = 50002;

const index = fc.nat({ max: SERVICES.length - 1 });
const some = (values: string[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined });
const callOptions = fc.record({ methods: some(METHODS), paths: some(PATHS), direct: fc.constantFrom(true, undefined) });
const programs: fc.Arbitrary<Program> = fc.record({
  sidecars: fc.array(fc.boolean(), { minLength: SERVICES.length, maxLength: SERVICES.length }),
  calls: fc.uniqueArray(
    fc.record({ from: index, to: index, options: callOptions }).filter(({ from, to }) => from !== to),
    { selector: ({ from, to }) => `${from}-${to}`, maxLength: 6 },
  ),
  admissions: fc.uniqueArray(fc.record({ service: index, group: fc.nat({ max: 1 }) }), { selector: ({ service: at, group: of }) => `${at}-${of}`, maxLength: 2 }),
});

/** Renders a program, its statements in the order that is given. */
function render({ sidecars, calls, admissions }: Program, mesh: Mesh): Manifests {
  const app = Testing.app();
  const environment = Environment.of('prod', { capacityPool: 'production', scaling: { min: 2, max: 2 } }).with(MeshDefaults.of({ mesh }));
  const charts = GROUPS.map((name) => group({ app, name, environment, profile: ROOMY }));
  const services: Microservice[] = SERVICES.map(({ name }, at) => service(charts[at % 2], name, { dapr: sidecars[at] ? undefined : Dapr.none('plain') }));
  calls.forEach(({ from, to, options }) => services[from].calls(ServiceReference.of(SERVICES[to].group, SERVICES[to].name), options));
  admissions.forEach((each) => services[each.service].allowsGroup(GROUPS[each.group]));
  return manifestsOfApp(app);
}

/** What the program says of a request, without any document. */
function stated({ sidecars, calls, admissions }: Program, from: number, to: number, port: number, ask?: { method: string; path: string }): boolean {
  const call = calls.find((each) => each.from === from && each.to === to);
  const through = sidecars[from] && sidecars[to] && !call?.options.direct;
  const admitted = admissions.some((each) => each.service === to && GROUPS[each.group] === SERVICES[from].group);
  const { methods, paths } = call?.options ?? {};
  const asked = ask === undefined || ((methods ?? [ask.method]).includes(ask.method)
    && (paths ?? [ask.path]).some((path) => ask.path === path || ask.path.startsWith(`${path}/`)));
  return port === DAPR_PORT ? call !== undefined && through && asked : admitted || (call !== undefined && !through && asked);
}

function* pairs(): Generator<[number, number, number]> {
  for (const from of SERVICES.keys()) {
    for (const to of SERVICES.keys()) {
      for (const port of [...PORTS, DAPR_PORT]) {
        yield [from, to, port];
      }
    }
  }
}

const sentence = (from: number, to: number, port: number, ask = { method: '', path: '' }) =>
  `${SERVICES[from].name} -> ${SERVICES[to].name}:${port} ${ask.method} ${ask.path}`.trim();

/** Every connection that the network lets through. */
function connections({ reachability }: Manifests): string[] {
  const at = (end: number) => endpoint(reachability, end);
  return [...pairs()].filter(([from, to, port]) => from !== to && reachability.reaches(at(from), at(to), port)).map((pair) => sentence(...pair));
}

function endpoint(reachability: Reachability, at: number): Endpoint {
  return reachability.workload(SERVICES[at].name, SERVICES[at].namespace);
}

/** Every request that arrives, by all layers together. */
function requests(program: Program, { reachability }: Manifests): string[] {
  const sidecar = (port: number, ...ends: number[]) => port !== DAPR_PORT || ends.every((end) => program.sidecars[end]);
  return [...pairs()].filter(([from, to, port]) => from !== to && sidecar(port, from, to)).flatMap(([from, to, port]) => {
    const [source, target] = [endpoint(reachability, from), endpoint(reachability, to)];
    return ASKED.filter((ask) => reachability.admits(source, target, port, ask)).map((ask) => sentence(from, to, port, ask));
  });
}

const MESHES = [['istio', Mesh.istio()], ['linkerd', Mesh.linkerd()], ['cilium', Mesh.cilium()]] as const;

describe('the same edges', () => {
  test('are what NetworkPolicies let through, with no mesh', () => {
    fc.assert(fc.property(programs, (program) => {
      const expected = [...pairs()].filter(([from, to, port]) => from !== to && stated(program, from, to, port)).map((pair) => sentence(...pair));
      expect(connections(render(program, Mesh.none()))).toEqual(expected);
    }), { numRuns: 20 });
  });

  test.each(MESHES)('are, to the request, what arrives with %s', (_name, mesh) => {
    fc.assert(fc.property(programs, (program) => {
      const expected = [...pairs()].filter(([from, to]) => from !== to)
        .flatMap(([from, to, port]) => ASKED.filter((ask) => stated(program, from, to, port, ask)).map((ask) => sentence(from, to, port, ask)));
      expect(requests(program, render(program, mesh))).toEqual(expected);
    }), { numRuns: 20 });
  });

  test('without methods and paths, let the same arrive with every mesh and with none', () => {
    fc.assert(fc.property(programs, (program) => {
      const plain = { ...program, calls: program.calls.map((call) => ({ ...call, options: {} })) };
      const sets = [Mesh.none(), Mesh.istio(), Mesh.linkerd(), Mesh.cilium()].map((mesh) => requests(plain, render(plain, mesh)));
      expect(new Set(sets.map((set) => set.join('\n'))).size).toBe(1);
    }), { numRuns: 10 });
  });
});

describe('what the comparison would find', () => {
  const program: Program = {
    sidecars: [false, false, true, false],
    calls: [{ from: 3, to: 2, options: { methods: ['GET'], paths: ['/orders'] } }, { from: 1, to: 0, options: {} }],
    admissions: [],
  };
  const [auth, cart, order, web] = SERVICES.keys();
  const arrives = ({ reachability }: Manifests, from: number, to: number, port: number, path = '/orders', method = 'GET') =>
    reachability.admits(endpoint(reachability, from), endpoint(reachability, to), port, { method, path });

  test.each(MESHES)('with %s: all of it is there to begin with', (_name, mesh) => {
    const manifests = render(program, mesh);
    const asked = [[web, order], [cart, auth], [web, auth]];
    expect(asked.map(([from, to]) => arrives(manifests, from, to, 8000))).toEqual([true, true, false]);
    expect([arrives(manifests, web, order, 8000, '/carts'), arrives(manifests, web, order, 8000, '/orders', 'POST')]).toEqual([false, false]);
  });

  test('Istio without its AuthorizationPolicies, which limit requests', () => {
    const manifests = render(program, Mesh.istio());
    manifests.all.splice(0, manifests.all.length, ...manifests.all.filter((each) => each.kind !== 'AuthorizationPolicy'));
    expect(arrives(manifests, web, order, 8000, '/carts')).toBe(true);
  });

  test('Istio without its PeerAuthentication, which refuses callers outside of the mesh', () => {
    const manifests = render(program, Mesh.istio());
    manifests.get('Deployment', 'web').spec.template.metadata.labels['sidecar.istio.io/inject'] = 'false';
    manifests.all.splice(0, manifests.all.length, ...manifests.all.filter((each) => each.kind !== 'AuthorizationPolicy'));
    expect(arrives(manifests, web, order, 8000)).toBe(false);
    manifests.all.splice(0, manifests.all.length, ...manifests.all.filter((each) => each.kind !== 'PeerAuthentication'));
    expect(arrives(manifests, web, order, 8000)).toBe(true);
  });

  test('a Linkerd proxy whose own port no NetworkPolicy opens', () => {
    const manifests = render(program, Mesh.linkerd());
    manifests.of('NetworkPolicy').forEach(({ spec }) => [...spec.ingress ?? [], ...spec.egress ?? []].forEach((rule) => {
      rule.ports = rule.ports?.filter(({ port }: any) => port !== 4143);
    }));
    expect(arrives(manifests, web, order, 8000)).toBe(false);
  });

  test('a port that goes around the mesh at one end only', () => {
    const manifests = render({ ...program, sidecars: [true, true, true, true] }, Mesh.istio());
    expect(arrives(manifests, web, order, DAPR_PORT)).toBe(true);
    delete manifests.get('Deployment', 'order').spec.template.metadata.annotations['traffic.sidecar.istio.io/excludeInboundPorts'];
    expect(arrives(manifests, web, order, DAPR_PORT)).toBe(false);
  });

  test('a NetworkPolicy beside a policy of Cilium, by which limits of requests would have no effect', () => {
    const manifests = render(program, Mesh.cilium());
    expect(manifests.names).not.toContain('NetworkPolicy/order-callers');
    manifests.all.push(render(program, Mesh.none()).get('NetworkPolicy', 'order-callers'));
    expect(arrives(manifests, web, order, 8000, '/carts')).toBe(true);
  });
});

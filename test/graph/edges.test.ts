import fc from 'fast-check';
import { policy, reachabilityOf, workload } from './manifests';
import { CLUSTERS, PORTS } from './random-cluster';
import { Protocol } from '../../src/graph/ports';
import { Reachability } from '../../src/graph/reachability';
import { ManifestSet } from '../../src/manifests/manifest-set';

test('edges are what single questions answer, for any policies', () => {
  fc.assert(fc.property(CLUSTERS, (objects) => {
    const reachability = reachabilityOf(...objects);
    const questions = [...PORTS.map((number) => [number, Protocol.TCP] as const), [53, Protocol.UDP] as const];
    const asked = reachability.workloads.flatMap((from) => reachability.workloads.flatMap((to) => questions
      .filter(([number, protocol]) => reachability.reaches(from, to, number, protocol)).map(([number, protocol]) => `${from} ${to} ${protocol} ${number}`)));
    const listed = reachability.edges.flatMap(({ from, to, ports }) => questions
      .filter(([number, protocol]) => ports.some((range) => range.protocol === protocol && range.first <= number && number <= range.last))
      .map(([number, protocol]) => `${from} ${to} ${protocol} ${number}`));
    expect(listed).toEqual(asked);
  }), { numRuns: 300 });
});

/** Services in a ring, each of which may call the next one, under a policy that denies the rest; and one that calls all. */
function ring(size: number): any[] {
  const names = Array.from({ length: size }, (_, index) => `service-${index}`);
  const ports = [{ port: 'http' }];
  const of = (app: string) => ({ matchLabels: { app } });
  return [
    ...['hub', ...names].map((name) => workload(name, 'shop')),
    policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy({ podSelector: of('hub'), policyTypes: ['Egress'], egress: names.map((name) => ({ to: [{ podSelector: of(name) }], ports })) }),
    ...names.flatMap((name, index) => [
      policy({ podSelector: of(name), policyTypes: ['Egress'], egress: [{ to: [{ podSelector: of(names[(index + 1) % size]) }], ports }] }),
      policy({ podSelector: of(name), ingress: [{ from: [{ podSelector: of(names[(index + size - 1) % size]) }, { podSelector: of('hub') }], ports }] }),
    ]),
  ];
}

test('the time to find edges grows with their number', () => {
  const seconds = (size: number): number => {
    const manifests = ring(size);
    const runs = Array.from({ length: 3 }, () => {
      const before = process.cpuUsage();
      expect(Reachability.of(ManifestSet.ofJson(manifests)).edges.length).toBe(2 * size);
      return process.cpuUsage(before).user / 1e6;
    });
    return Math.min(...runs);
  };
  seconds(200);
  const [small, large] = [seconds(500), seconds(2000)];
  expect(Math.log(large / small) / Math.log(4)).toBeLessThan(1.5);
});

import fc from 'fast-check';
import { namespace, policy, workload } from './manifests';

const NAMES = ['a', 'b', 'c'];
const NAMESPACES = ['one', 'two'];

/** Ports that random policies name, and neighbours of theirs. */
export const PORTS = [80, 8000, 8005, 8010, 9000];

const label = fc.constantFrom('x', 'y');
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const selector = fc.oneof(
  fc.constant({}),
  fc.constantFrom(...NAMES).map((app) => ({ matchLabels: { app } })),
  label.map((tier) => ({ matchLabels: { tier } })),
  fc.record({ key: fc.constant('tier'), operator: fc.constantFrom('In', 'NotIn'), values: fc.array(label, { minLength: 1, maxLength: 2 }) })
    .map((each) => ({ matchExpressions: [each] })),
  fc.constantFrom('Exists', 'DoesNotExist').map((operator) => ({ matchExpressions: [{ key: 'canary', operator }] })),
);
const namespaceSelector = fc.oneof(
  fc.constant({}),
  fc.constantFrom(...NAMESPACES).map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })),
  fc.constant({ matchLabels: { team: 'x' } }),
);
const peer = fc.oneof(
  selector.map((podSelector): object => ({ podSelector })),
  namespaceSelector.map((each): object => ({ namespaceSelector: each })),
  fc.record({ namespaceSelector, podSelector: selector }),
  fc.constantFrom<object>({ ipBlock: { cidr: '10.0.0.0/8' } }, { ipBlock: { cidr: '192.0.2.0/24', except: ['192.0.2.0/25'] } }),
);
const port = fc.constantFrom<object>(
  ...PORTS.map((number) => ({ port: number })), { port: 8000, endPort: 8010 }, { port: 'http' }, { protocol: 'UDP' }, { protocol: 'UDP', port: 53 },
);
const rules = (peers: 'from' | 'to') => optional(fc.array(
  fc.record({ [peers]: optional(fc.array(peer, { maxLength: 2 })), ports: fc.array(port, { maxLength: 2 }) }), { maxLength: 2 },
));
const spec = fc.record({
  podSelector: selector,
  policyTypes: optional(fc.subarray(['Ingress', 'Egress'])),
  ingress: rules('from'),
  egress: rules('to'),
});
const policies = fc.array(fc.record({ within: fc.constantFrom(...NAMESPACES), spec }), { maxLength: 5 });

/** Two namespaces with three workloads each, whose labels and ports differ, and any policies. */
export const CLUSTERS: fc.Arbitrary<any[]> = fc.record({
  policies,
  tiers: fc.array(label, {
    minLength: 6,
    maxLength: 6,
  }),
}).map(({ policies: list, tiers }) => [
  namespace('one', { 'kubernetes.io/metadata.name': 'one' }),
  namespace('two', { 'kubernetes.io/metadata.name': 'two', 'team': 'x' }),
  ...NAMESPACES.flatMap((within, i) => NAMES.map((name, k) => workload(name, within, {
    labels: { tier: tiers[i * NAMES.length + k], ...k === 1 && { canary: 'yes' } }, ports: { http: k === 0 ? 8000 : 9000 },
  }))),
  ...list.map(({ within, spec: each }, index) => ({ ...policy(each, within), metadata: { name: `policy-${index}`, namespace: within } })),
]);

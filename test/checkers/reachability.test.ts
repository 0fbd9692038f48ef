import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { EXAMPLES, readManifests } from './manifests';
import { Endpoint } from '../../src/graph/endpoint';
import { Protocol } from '../../src/graph/ports';
import { Reachability } from '../../src/graph/reachability';
import { ManifestSet } from '../../src/manifests/manifest-set';
import { CLUSTERS } from '../graph/random-cluster';

const analyzer = join(execFileSync(resolve(__dirname, '..', '..', '.ci', 'tools.sh'), ['--where-network'], { encoding: 'utf8' }).trim(), 'nca');

/** A connection as the analyzer prints it: `shop/web[Deployment] => shop/cart[Deployment] : {protocols:TCP,dst_ports:8000-8010,9000}`. */
interface Connection {
  readonly from: string;
  readonly to: string;
  readonly ports: readonly string[];
}

const ALL = ['TCP 1-65535', 'UDP 1-65535', 'SCTP 1-65535'];

/** What network-config-analyzer says of the policies of a folder or file. It adds servers of DNS, which are left out. */
function analyzed(path: string): Connection[] {
  const text = execFileSync(analyzer, ['--connectivity', path, '--ns_list', path, '--pod_list', path, '--output_format', 'txt_no_fw_rules'], {
    encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e9,
  });
  return text.split('\n').flatMap((line): Connection[] => {
    const [, from, to, connections] = /^(\S+) => (\S+) : (.*)$/.exec(line) ?? [];
    return from === undefined || line.includes('-livesim[') ? [] : [{ from: from.split('[')[0], to: to.split('[')[0], ports: portsOf(connections) }];
  });
}

function portsOf(text: string): string[] {
  if (text === 'All connections') {
    return ALL;
  }
  const [, protocols, ports = '1-65535'] = /^\{protocols:((?:TCP|UDP|SCTP)(?:, (?:TCP|UDP|SCTP))*)(?:,dst_ports:([\d,-]+))?\}$/.exec(text) ?? [];
  if (protocols === undefined) {
    throw new Error(`not understood: ${text}`);
  }
  return protocols.split(', ').flatMap((protocol) => ports.split(',').map((range) => `${protocol} ${range}`));
}

/** The connections between workloads, each with all of its ports. The analyzer leaves out those of pods among their own. */
function byAnalyzer(connections: readonly Connection[]): string[] {
  const pairs = new Map<string, string[]>();
  connections.filter(({ from, to }) => from !== to && from.includes('/') && to.includes('/'))
    .forEach(({ from, to, ports }) => pairs.set(`${from} -> ${to}`, [...pairs.get(`${from} -> ${to}`) ?? [], ...ports]));
  return [...pairs].map(([pair, ports]) => `${pair} ${[...ports].sort().join(', ')}`).sort();
}

function byReachability({ edges }: Reachability): string[] {
  return edges.filter(({ from, to }) => from !== to).map(({ from, to, ports }) => {
    const texts = ports.map(({ protocol, first, last }) => `${protocol} ${first === last ? first : `${first}-${last}`}`);
    return `${from} -> ${to} ${texts.sort().join(', ')}`;
  }).sort();
}

/** Connections to addresses and from them, of which the first address is asked. */
function wrongAddresses(reachability: Reachability, connections: readonly Connection[]): string[] {
  const endpoint = (text: string): Endpoint => text.includes('/') && !/^[\d.]+\//.test(text)
    ? reachability.workload(text.split('/')[1], text.split('/')[0]) : Endpoint.ofAddress(text.split(/[-/]/)[0]);
  return connections.filter(({ from, to }) => [from, to].some((end) => /^\d/.test(end))).flatMap(({ from, to, ports }) => ports
    .filter((range) => {
      const [, protocol, first] = /^(\w+) (\d+)/.exec(range)!;
      return !reachability.reaches(endpoint(from), endpoint(to), Number(first), protocol as Protocol);
    })
    .map((range) => `${from} -> ${to} ${range}`));
}

test.each(EXAMPLES)('$name: network-config-analyzer finds the same connections', ({ dist }) => {
  const reachability = Reachability.of(ManifestSet.ofJson(readManifests(dist)));
  const connections = analyzed(dist);
  expect(byAnalyzer(connections).length).toBeGreaterThan(0);
  expect(byReachability(reachability)).toEqual(byAnalyzer(connections));
  expect(wrongAddresses(reachability, connections)).toEqual([]);
});

/**
 * The same policies in words that the analyzer takes as the API server does: it refuses rules of a direction that `policyTypes` does not
 * name, takes an empty list of egress rules for a restriction where `policyTypes` is missing, and looks for pods by `Exists` and
 * `DoesNotExist` in the namespace of the policy only.
 */
function plain({ spec, ...rest }: any): any {
  if (rest.kind !== 'NetworkPolicy') {
    return { ...rest, spec };
  }
  const { policyTypes = [], ingress, egress = [], ...selectors } = JSON.parse(JSON.stringify(spec), (_, value) => value?.key !== 'canary' ? value
    : { ...value, operator: value.operator === 'Exists' ? 'In' : 'NotIn', values: ['yes'] });
  const types = policyTypes.length > 0 ? policyTypes : ['Ingress', ...egress.length > 0 ? ['Egress'] : []];
  const rules = { ingress: types.includes('Ingress') ? ingress : undefined, egress: types.includes('Egress') ? egress : undefined };
  return { ...rest, spec: { ...selectors, policyTypes: types, ...rules } };
}

test('network-config-analyzer finds the same connections for any policies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reachability-'));
  try {
    const sizes: number[] = [];
    fc.assert(fc.property(CLUSTERS, (objects) => {
      const file = join(folder, 'cluster.yaml');
      writeFileSync(file, objects.map((object) => JSON.stringify(plain(object))).join('\n---\n'));
      const reachability = Reachability.of(ManifestSet.ofJson(objects));
      const connections = analyzed(file);
      expect(byReachability(reachability)).toEqual(byAnalyzer(connections));
      expect(wrongAddresses(reachability, connections)).toEqual([]);
      sizes.push(connections.length);
    }), { numRuns: 30, seed: 7, endOnFailure: true });
    expect(new Set(sizes).size).toBeGreaterThan(8);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

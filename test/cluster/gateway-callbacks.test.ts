import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './support/port';
import { eventually, Server } from './support/process';
import { Topic } from '../../src';
import { RoutePath } from '../../src/gateway';
import { RedisCluster } from '../../src/stores';
import { objectsOfShop, shop } from '../support/gateway';

const TOOLS = resolve(__dirname, '..', '..', '.ci', 'tools.sh');

interface Match {
  readonly path: { readonly type: string; readonly value: string };
  /** Whether the rule has a service. */
  readonly passes: boolean;
  readonly strips: boolean;
}

/** The matches of the HTTPRoutes of `checkout` in the order in which Gateway API compares them: exact paths, then long ones. */
function matches(): Match[] {
  const all = shop();
  all.checkout.subscribes(new Topic(all.core, 'paid', { broker: RedisCluster.fromNamespace(all.core, 'redis', 'infrastructure') }));
  all.gateway.exposes(all.checkout);
  all.gateway.exposes(all.checkout, { name: 'shop', paths: [RoutePath.prefix('/shop')], stripPrefix: true });
  const rules = objectsOfShop(all).filter(({ kind }) => kind === 'HTTPRoute').flatMap(({ spec }) => spec.rules)
    .filter(({ filters }) => !JSON.stringify(filters ?? []).includes('RequestRedirect'));
  const matchOf = (rule: any, { path }: any): Match => ({ path, passes: rule.backendRefs !== undefined, strips: rule.filters !== undefined });
  return rules.flatMap((rule): Match[] => rule.matches.map((match: any) => matchOf(rule, match)))
    .sort((a, b) => Number(b.path.type === 'Exact') - Number(a.path.type === 'Exact') || b.path.value.length - a.path.value.length);
}

/** Paths are normalised as Envoy Gateway does by default, and by the rendered ClientTrafficPolicy. */
function configuration(port: number, application: number): object {
  const routes = matches().map(({ path: { type, value }, passes, strips }) => ({
    match: type === 'Exact' ? { path: value } : value === '/' ? { prefix: '/' } : { path_separated_prefix: value },
    ...passes ? { route: { cluster: 'application', ...strips ? { regex_rewrite: { pattern: { regex: `^${value}/*` }, substitution: '/' } } : {} } }
      : { direct_response: { status: 404 } },
  }));
  const address = (number: number) => ({ socket_address: { address: '127.0.0.1', port_value: number } });
  return {
    static_resources: {
      listeners: [{
        address: address(port),
        filter_chains: [{
          filters: [{
            name: 'http',
            typed_config: {
              '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
              'stat_prefix': 'gateway',
              'normalize_path': true,
              'merge_slashes': true,
              'path_with_escaped_slashes_action': 'UNESCAPE_AND_REDIRECT',
              'route_config': { virtual_hosts: [{ name: 'all', domains: ['*'], routes }] },
              'http_filters': [{ name: 'router', typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' } }],
            },
          }],
        }],
      }],
      clusters: [{
        name: 'application',
        load_assignment: { cluster_name: 'application', endpoints: [{ lb_endpoints: [{ endpoint: { address: address(application) } }] }] },
      }],
    },
  };
}

describe('Envoy with the rendered routes of a service that takes events', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  const asked: string[] = [];
  let application: HttpServer;
  let envoy: Server;
  let port: number;

  beforeAll(async () => {
    application = createServer(({ url }, answer) => {
      asked.push(url!);
      answer.end();
    });
    await new Promise<void>((done) => { application.listen(0, '127.0.0.1', done); });
    port = await freePort();
    writeFileSync(join(folder, 'envoy.json'), JSON.stringify(configuration(port, (application.address() as AddressInfo).port)));
    const program = join(execFileSync(TOOLS, ['--where-envoy'], { encoding: 'utf8' }).trim(), 'envoy');
    envoy = Server.start(join(folder, 'log'), program, ['--config-path', join(folder, 'envoy.json'), '--use-dynamic-base-id']);
    await eventually(async () => expect(await post('/orders')).toBe(200), 30);
  }, 60_000);
  afterAll(async () => {
    await envoy?.stop();
    application?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => asked.splice(0));

  /** The status of a request, whose path is sent as it stands. */
  const post = (path: string) => new Promise<number>((done, failed) => {
    request({ host: '127.0.0.1', port, path, method: 'POST' }, (answer) => {
      answer.resume();
      done(answer.statusCode!);
    }).on('error', failed).end();
  });

  test.each([
    '/events/paid', '/events/paid/', '/events/paid?x=1', '//events/paid', '/events//paid', '/orders/../events/paid', '/./events/paid', '/%65vents/paid', '/dapr/subscribe',
    '/dapr', '/job/nightly', '/shop/events/paid', '/shop//events/paid', '/shop/job/nightly', '/shop/x/../dapr/config',
  ])('keeps POST %s from the application', async (path) => {
    expect(await post(path)).toBe(404);
    expect(asked).toEqual([]);
  });

  test('keeps an escaped slash from it, too, by a redirect to the path without', async () => {
    expect(await post('/events%2Fpaid')).toBe(307);
    expect(asked).toEqual([]);
  });

  test.each([
    ['/', '/'], ['/events', '/events'], ['/events/paid-late', '/events/paid-late'], ['/jobs', '/jobs'], ['/shop/orders', '/orders'],
    // paths of frameworks that ignore case need a token
    ['/Events/Paid', '/Events/Paid'],
  ])('passes POST %s on', async (path, expected) => {
    expect(await post(path)).toBe(200);
    expect(asked).toEqual([expected]);
  });
});

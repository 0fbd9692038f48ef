import { Duration } from 'cdk8s';
import { loadAll } from 'js-yaml';
import type { AnyChanges } from './settings';
import { customized } from './settings';
import { App, Environment, Image, Microservice, ServiceChart } from '../../src';
import type { ApiGatewayProps } from '../../src/gateway';
import { ApiGateway, Authentication, GatewayEngine, RateLimit, RoutePath } from '../../src/gateway';

export const JWT = { issuer: 'https://login.example.com/', jwksUri: 'https://login.example.com/.well-known/jwks.json', audiences: ['shop-api'] };
export const TOKENS = Authentication.jwt(JWT);
/** Where the pods of an Ingress controller are, which nobody else can know. */
export const INGRESS: AnyChanges = {
  gateway: { ingressClass: 'traefik' },
  network: { ingressController: { namespace: 'traefik', label: 'app.kubernetes.io/name', values: ['traefik'] } },
};

/** Two groups with a gateway in the first of them. */
export interface Shop {
  readonly app: App;
  readonly core: ServiceChart;
  readonly platform: ServiceChart;
  readonly checkout: Microservice;
  readonly catalog: Microservice;
  readonly auth: Microservice;
  readonly gateway: ApiGateway;
}

export function shop(props: ApiGatewayProps = {}, changes: AnyChanges = {}, environment = 'prod'): Shop {
  const app = new App();
  const place = {
    environment: Environment.standard().find(({ name }) => name === environment)!,
    profile: customized(changes),
  };
  const [core, platform] = ['core-business', 'platform'].map((name) => new ServiceChart(app, name, place));
  const image = (name: string) => Image.of(`registry.example.com/${name}`, { tag: '1.4.2' });
  const service = (chart: ServiceChart, name: string) => new Microservice(chart, name, { image: image(name) });
  const [checkout, catalog, auth] = [service(core, 'checkout'), service(core, 'catalog'), service(platform, 'auth')];
  const gateway = new ApiGateway(core, 'api', { hostnames: ['api.example.com'], authentication: TOKENS, ...props });
  return { app, core, platform, checkout, catalog, auth, gateway };
}

/** All manifests. Nothing is written. */
export function objectsOfShop({ app }: Shop): any[] {
  return loadAll(app.synthYaml()).filter((manifest) => manifest !== null && manifest !== undefined);
}

/** A gateway with everything that the engine can say. */
export function fullShop(engine: GatewayEngine): Shop {
  const [istio, ingress] = ['istio', 'ingress'].map((name) => engine.toString() === name);
  const open = Authentication.none('the catalog is public');
  if (ingress) {
    const all = shop({ engine, authentication: open }, INGRESS);
    all.gateway.exposes(all.checkout, { paths: [RoutePath.prefix('/checkout'), RoutePath.exact('/cart')] });
    all.gateway.exposes(all.auth, { paths: [RoutePath.prefix('/auth')] });
    return all;
  }
  const all = shop({
    engine,
    hostnames: ['api.example.com', 'grpc.example.com', '*.shops.example.com'],
    rateLimit: RateLimit.perSecond(100),
    cors: { origins: ['https://shop.example.com'], methods: ['PUT'], headers: ['authorization'], credentials: true },
  });
  const { gateway, checkout, catalog, auth } = all;
  const tenant = Authentication.jwt({ ...JWT, scopes: ['orders:write'], claims: [{ name: 'roles', values: ['clerk', 'manager'], list: true }] });
  gateway.exposes(checkout, { hostnames: ['api.example.com'], paths: [RoutePath.prefix('/checkout')], stripPrefix: true, timeout: Duration.seconds(90) });
  gateway.exposes(checkout, {
    name: 'orders',
    hostnames: ['api.example.com'],
    paths: [RoutePath.prefix('/orders'), RoutePath.exact('/cart')],
    methods: ['GET', 'POST'],
    headers: { 'x-version': '2' },
    authentication: tenant,
    percent: 90,
    alongside: [{ service: catalog, percent: 10 }],
    ...istio ? {} : { retries: 2, idempotent: true, rateLimit: RateLimit.perMinute(60, { shared: true }) },
  });
  gateway.exposes(catalog, { hostnames: ['europe.shops.example.com', 'api.example.com'], paths: [RoutePath.prefix('/catalog')], authentication: open });
  gateway.exposes(auth, { hostnames: ['api.example.com'], paths: [RoutePath.prefix('/auth')], port: 'http' });
  gateway.exposes(checkout, {
    name: 'grpc', hostnames: ['grpc.example.com'], paths: [RoutePath.grpc('shop.v1.Orders'), RoutePath.grpc('shop.v1.Carts', 'AddItem')], headers: { 'x-version': '2' },
  });
  if (!istio) {
    gateway.exposes(catalog, {
      name: 'backoffice',
      hostnames: ['office.shops.example.com'],
      paths: [RoutePath.prefix('/office')],
      authentication: Authentication.oidc({ issuer: 'https://login.example.com/', clientId: 'backoffice', clientSecret: 'backoffice-login', scopes: ['profile'] }),
    });
  }
  return all;
}

export const ENGINES = { envoyGateway: GatewayEngine.ENVOY_GATEWAY, istio: GatewayEngine.ISTIO, ingress: GatewayEngine.INGRESS };

import {
  App, checks, Dapr, Environment, Image, Microservice, Namespace, PlatformProfile, Port, Probe, ProbeSettings,
  Resources, Scaling, ServiceChart, workloads,
} from '../../src';

const profile = PlatformProfile.standard().customize({ dapr: Dapr.none('services call each other by gRPC') });
const imageOf = (name: string) => Image.of(`registry.example.com/boutique/${name}`, { tag: '0.10.3' });
const amounts = (cpuRequest: string, memoryRequest: string, cpuLimit: string, memoryLimit: string) =>
  Resources.of({ cpuRequest, memoryRequest, cpuLimit, memoryLimit });
const SMALL = amounts('100m', '64Mi', '200m', '128Mi');
const LARGE = amounts('100m', '220Mi', '200m', '450Mi');
const probedBy = (probe: Probe): ProbeSettings => ({ startup: probe, liveness: probe, readiness: probe });
const ALIVE = Probe.httpGet('/_healthz', { headers: { Cookie: 'shop_session-id=x-readiness-probe' } });

/** The public shop of eleven services and a Redis, without Dapr, in one namespace that exists already. */
class Boutique extends ServiceChart {
  constructor(app: App, environment: Environment) {
    super(app, 'boutique', { environment, profile, namespace: Namespace.existing('boutique') });

    const ad = this.grpc('adservice', Port.grpc(9555), amounts('200m', '180Mi', '300m', '300Mi'));
    const cart = this.grpc('cartservice', Port.grpc(7070), amounts('200m', '64Mi', '300m', '128Mi'));
    const checkout = this.grpc('checkoutservice', Port.grpc(5050));
    const currency = this.grpc('currencyservice', Port.grpc(7000));
    const email = this.grpc('emailservice', Port.grpc(8080, { servicePort: 5000 }));
    const payment = this.grpc('paymentservice', Port.grpc(50_051));
    const products = this.grpc('productcatalogservice', Port.grpc(3550));
    const recommendations = this.grpc('recommendationservice', Port.grpc(8080), LARGE);
    const shipping = this.grpc('shippingservice', Port.grpc(50_051));
    const frontend = new Microservice(this, 'frontend', {
      image: imageOf('frontend'),
      ports: [Port.http(8080, { servicePort: 80 })],
      probes: probedBy(ALIVE),
      resources: SMALL,
      env: { PORT: '8080', ENABLE_PROFILER: '0' },
    });
    const redis = new Microservice(this, 'redis-cart', {
      image: Image.of('docker.io/library/redis', { tag: '7.2.16' }),
      ports: [Port.of('redis', 6379)],
      probes: probedBy(Probe.tcpSocket()),
      resources: amounts('70m', '200Mi', '125m', '256Mi'),
      scaling: Scaling.replicas(1),
      scratchFolders: { '/data': '256Mi' },
    });
    const load = new Microservice(this, 'loadgenerator', {
      image: imageOf('loadgenerator'),
      ports: [],
      resources: amounts('300m', '256Mi', '500m', '512Mi'),
      scaling: Scaling.replicas(1),
      env: { USERS: '10', RATE: '1' },
      initContainers: [{
        name: 'frontend-check',
        image: Image.of('docker.io/library/busybox', { tag: '1.37.0' }),
        command: ['sh', '-c', 'until wget -qO- "http://$FRONTEND_ADDR/_healthz"; do sleep 2; done'],
        env: { FRONTEND_ADDR: frontend.address! },
      }],
    });
    new workloads.LoadBalancer(frontend, 'external');

    frontend.calls(ad, { as: 'AD_SERVICE_ADDR' });
    frontend.calls(cart, { as: 'CART_SERVICE_ADDR' });
    frontend.calls(checkout, { as: 'CHECKOUT_SERVICE_ADDR' });
    frontend.calls(currency, { as: 'CURRENCY_SERVICE_ADDR' });
    frontend.calls(products, { as: 'PRODUCT_CATALOG_SERVICE_ADDR' });
    frontend.calls(recommendations, { as: 'RECOMMENDATION_SERVICE_ADDR' });
    frontend.calls(shipping, { as: 'SHIPPING_SERVICE_ADDR' });
    checkout.calls(cart, { as: 'CART_SERVICE_ADDR' });
    checkout.calls(currency, { as: 'CURRENCY_SERVICE_ADDR' });
    checkout.calls(email, { as: 'EMAIL_SERVICE_ADDR' });
    checkout.calls(payment, { as: 'PAYMENT_SERVICE_ADDR' });
    checkout.calls(products, { as: 'PRODUCT_CATALOG_SERVICE_ADDR' });
    checkout.calls(shipping, { as: 'SHIPPING_SERVICE_ADDR' });
    recommendations.calls(products, { as: 'PRODUCT_CATALOG_SERVICE_ADDR' });
    cart.calls(redis, { as: 'REDIS_ADDR' });
    load.calls(frontend, { as: 'FRONTEND_ADDR' });
  }

  private grpc(name: string, port: Port, resources = SMALL): Microservice {
    const [image, probes] = [imageOf(name), probedBy(Probe.grpc())];
    const env = { PORT: `${port.number}`, DISABLE_PROFILER: '1' };
    return new Microservice(this, name, { image, ports: [port], probes, resources, env });
  }
}

const app = new App({ outdir: process.env.CDK8S_OUTDIR ?? 'examples/boutique/dist' });
const findings = checks.Checks.of(app);
findings.acknowledge('MS-STORE-004', { reason: 'redis-cart contains carts, and cartservice alone reaches it' });
findings.acknowledge('MS-STORE-005', { reason: 'network policies admit cartservice alone' });
findings.acknowledge('MS-NET-002', { reason: 'the shop is public' });
Environment.standard().forEach((environment) => new Boutique(app, environment));
app.synth();

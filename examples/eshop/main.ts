import {
  ApiRule, App, checks, components, Dapr, Environment, gateway, Image, Microservice, Namespace, network,
  PlatformProfile, Port, Probe, SecretReference, ServiceChart, Topic, workloads,
} from '../../src';

const profile = PlatformProfile.standard()
  .with(workloads.WorkloadDefaults.of({ daprConfiguration: { traceProtocol: 'zipkin' } }))
  .with(network.NetworkDefaults.of({
    network: {
      apiServerCidrs: ['10.96.0.1/32'],
      traceCollector: { namespace: 'backing', label: 'app', values: ['zipkin'] },
      traceCollectorService: 'zipkin',
    },
  }));
const SECRETS = 'eshopondapr-secrets';
const PUBLIC = { authentication: gateway.Authentication.none('each service checks the tokens of identity-api') };
const ALIVE = Probe.httpGet('/liveness');

/** The public shop eShopOnDapr with its own names. RabbitMQ, the databases and Seq run in another namespace. */
class EShop extends ServiceChart {
  private readonly rabbitmq = this.backing('rabbitmq', Port.of('amqp', 5672));
  private readonly postgresql = this.backing('postgresql', Port.of('postgresql', 5432));
  private readonly mail = this.backing('maildev', Port.of('smtp', 1025));
  private readonly sqlServer = this.backing('sqldata', Port.of('mssql', 1433));
  private readonly seq = this.backing('seq', Port.http(80));

  private readonly pubsub = new components.DaprComponent(this, 'eshopondapr-pubsub', {
    type: 'pubsub.rabbitmq',
    secrets: { connectionString: SecretReference.of(SECRETS, 'rabbitmq') },
    connectsTo: [this.rabbitmq],
  });
  private readonly state = new components.DaprComponent(this, 'eshopondapr-statestore', {
    type: 'state.postgresql',
    version: 'v2',
    secrets: { connectionString: SecretReference.of(SECRETS, 'postgresql') },
    connectsTo: [this.postgresql],
  });
  private readonly secrets = new components.DaprComponent(this, 'eshopondapr-secretstore', {
    type: 'secretstores.kubernetes',
  });
  private readonly sendmail = new components.DaprComponent(this, 'sendmail', {
    type: 'bindings.smtp',
    metadata: { host: this.mail.host, port: `${this.mail.port}`, skipTLSVerify: 'true' },
    secrets: { user: SecretReference.of(SECRETS, 'smtp-user'), password: SecretReference.of(SECRETS, 'smtp-password') },
    connectsTo: [this.mail],
  });

  constructor(app: App, environment: Environment) {
    super(app, 'eshop', { environment, profile, namespace: Namespace.existing('eshop') });

    const identity = this.service('identity-api', Dapr.none('services call it by its address'));
    const apiAccess = [{ resources: ['secrets'], verbs: ['get'], resourceNames: [SECRETS] }];
    const [catalog, basket, ordering, payment] = ['catalog-api', 'basket-api', 'ordering-api', 'payment-api']
      .map((name) => this.service(name, Dapr.sidecar(), apiAccess));
    const aggregator = this.service('webshoppingagg');
    const client = this.service('blazor-client', Dapr.none('it is a web client'));

    [identity, catalog, basket, ordering, payment, aggregator].forEach((service) => service.calls(this.seq));
    [identity, catalog, ordering].forEach((service) => service.calls(this.sqlServer));
    [basket, ordering, aggregator].forEach((service) => service.calls(identity, { as: 'IdentityUrl' }));
    [catalog, basket, ordering, payment].forEach((each) => each.uses(this.secrets));
    aggregator.calls(basket);
    aggregator.calls(catalog);
    basket.uses(this.state);
    ordering.uses(this.state, { actors: true });
    ordering.invokes(this.sendmail);

    this.event('UserCheckoutAccepted', basket, [ordering]);
    this.event('OrderStatusChangedToSubmitted', ordering, [ordering, basket]);
    this.event('OrderStatusChangedToAwaitingStockValidation', ordering, [ordering, catalog]);
    this.event('OrderStatusChangedToValidated', ordering, [ordering, payment]);
    this.event('OrderStatusChangedToPaid', ordering, [ordering, catalog]);
    this.event('OrderStatusChangedToShipped', ordering, [ordering]);
    this.event('OrderStatusChangedToCancelled', ordering, [ordering]);
    this.event('OrderStockConfirmed', catalog, [ordering]);
    this.event('OrderStockRejected', catalog, [ordering]);
    this.event('OrderPaymentSucceeded', payment, [ordering]);
    this.event('OrderPaymentFailed', payment, [ordering]);

    const hostnames = [`${environment.name}.eshop.example.com`];
    const api = new gateway.ApiGateway(this, 'gateway', { hostnames, ...PUBLIC });
    const routes: [Microservice, string, string?][] = [
      [catalog, '/c'], [ordering, '/o'], [ordering, '/hub/notificationhub', 'notifications'], [identity, '/identity'],
      [aggregator, '/api'], [client, '/'],
    ];
    routes.forEach(([service, path, name]) => api.exposes(service, { name, paths: [gateway.RoutePath.prefix(path)] }));
    api.exposes(basket, { paths: [gateway.RoutePath.prefix('/b')], stripPrefix: true });
  }

  private service(name: string, dapr = Dapr.sidecar(), apiAccess?: ApiRule[]): Microservice {
    return new Microservice(this, name, {
      image: Image.of(`registry.example.com/eshopondapr/${name}`, { tag: '1.0.0' }),
      ports: [Port.http(8080, { servicePort: 80 })],
      probes: { startup: ALIVE, liveness: ALIVE, readiness: Probe.httpGet('/hc') },
      env: { ASPNETCORE_URLS: 'http://0.0.0.0:8080' },
      apiAccess,
      dapr,
    });
  }

  private backing(name: string, port: Port): workloads.ImportedService {
    return workloads.ImportedService.fromName(this, name, { namespace: 'backing', ports: [port] });
  }

  private event(name: string, publisher: Microservice, subscribers: Microservice[]): void {
    const topic = new Topic(this, `${name}IntegrationEvent`, { broker: this.pubsub });
    publisher.publishes(topic);
    subscribers.forEach((each) => each.subscribes(topic, { route: `/${name}`, declaredByApplication: true }));
  }
}

const app = new App({ outdir: process.env.CDK8S_OUTDIR ?? 'examples/eshop/dist' });
const findings = checks.Checks.of(app);
findings.acknowledge('MS-DAPR-002', { reason: 'neither identity-api nor blazor-client uses Dapr' });
findings.acknowledge('MS-GATE-002', { reason: 'the shop is public, and its services check tokens' });
Environment.standard().forEach((environment) => new EShop(app, environment));
app.synth();

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, YamlOutputType } from 'cdk8s';
import { load, loadAll } from 'js-yaml';
import { App, Dapr, Environment, ServiceChart, SharedChart, Values } from '../../src';
import type { InstalledChartOptions } from '../../src/delivery';
import { ArgoCdRepository, DeliveryDefaults } from '../../src/delivery';
import { ApiGateway, Authentication } from '../../src/gateway';
import { Mesh, MeshDefaults } from '../../src/mesh';
import { RedisCluster } from '../../src/stores';
import { CanaryTraffic, ProgressiveDelivery } from '../../src/workloads';
import { filesIn, newOutdir } from '../output/output-folders';
import { DEV, group, PROD, profileWith, ROOMY, service, STAGING } from '../support/platform';
import { customized } from '../support/settings';
import { useOwnWorkingDirectory, write } from '../support/working-directory';

const ADDRESS = 'https://git.example.com/acme/shop.git';
const HEADER = '# Rendered by cdk8s-microservices, and replaced at each synthesis. Change the program instead.';

useOwnWorkingDirectory();

/** With an API server that policies can admit. */
const REACHABLE = customized({ network: { apiServerCidrs: ['10.0.0.1/32'] } }, ROOMY);

interface Setup {
  readonly app?: App;
  readonly environments?: Environment[];
  readonly values?: Values;
  readonly props?: { repository?: string; directory?: string; manifests?: string };
}

/** One service in each environment, and the repository. */
function setup({ app = new App(), environments = [DEV, PROD], values, props }: Setup = {}) {
  const repository = new ArgoCdRepository(app, 'shop', { repository: ADDRESS, directory: 'applications', manifests: 'dist', ...props });
  const charts = environments.map((environment) => group({ app, environment, profile: REACHABLE, values }));
  const services = charts.map((chart) => service(chart));
  return { app, repository, charts, services };
}

const read = (file: string): any => load(readFileSync(join('applications', file), 'utf8'));
const elementsOf = (file: string): any[] => read(file).spec.generators[0].list.elements;
const objects = (file: string): any[] => loadAll(readFileSync(join('dist', file), 'utf8')) as any[];

describe('what is written', () => {
  test('is a file for each app, one for each group, and one for all', () => {
    const { app } = setup();
    app.synth();
    expect(filesIn('applications')).toEqual([
      'main/checkout/checkout-appset.yaml',
      'main/core-business-namespace/core-business-namespace-appset.yaml',
      'main/core-business-project.yaml',
      'shop.yaml',
    ]);
    expect(filesIn('applications').filter((file) => !readFileSync(`applications/${file}`, 'utf8').startsWith(`${HEADER}\napiVersion: argoproj.io/`))).toEqual([]);
    expect(filesIn('dist').filter((file) => !file.endsWith('.k8s.yaml'))).toEqual([]);
  });

  test('stands beside the values files, of which none is touched', () => {
    write('applications/main/checkout/prod/tag.yaml', 'image: { tag: "1.4.2" } # CI\n');
    write('applications/main/checkout/values-base.yaml', '# people\n');
    const { app } = setup({ values: Values.directory('applications/main/') });
    app.synth();
    expect(filesIn('applications/main/checkout')).toEqual(['checkout-appset.yaml', 'prod/tag.yaml', 'values-base.yaml']);
    expect(readFileSync('applications/main/checkout/prod/tag.yaml', 'utf8')).toBe('image: { tag: "1.4.2" } # CI\n');
    expect(readFileSync('applications/main/checkout/values-base.yaml', 'utf8')).toBe('# people\n');
  });

  test('goes when the service goes, and nothing else does', () => {
    // of an earlier process: what another app of this one wrote is not stale
    write('applications/main/order/order-appset.yaml', `${HEADER}\nkind: ApplicationSet\n`);
    write('applications/main/payment/payment-appset.yaml', `${HEADER}\r\nkind: ApplicationSet\r\n`);
    write('applications/main/order/dev/tag.yaml', 'image: { tag: "1.4.2" }\n');
    write('applications/main/search/search-appset.yaml', '# by hand\n');
    setup().app.synth();
    expect(filesIn('applications/main').filter((file) => !file.startsWith('core-business'))).toEqual([
      'checkout/checkout-appset.yaml', 'order/dev/tag.yaml', 'search/search-appset.yaml',
    ]);
  });

  test('is the same whatever the order of statements, and at the second synthesis', () => {
    const { app } = setup();
    app.synth();
    const texts = () => filesIn('applications').map((file) => readFileSync(`applications/${file}`, 'utf8'));
    const before = texts();
    app.synth();
    expect(texts()).toEqual(before);
    setup({ environments: [PROD, DEV] }).app.synth();
    expect(texts()).toEqual(before);
  });

  test('has what was said after the first synthesis', () => {
    const { app } = setup({ environments: [PROD] });
    app.synth();
    service(group({ app, environment: DEV, profile: ROOMY }));
    app.synth();
    expect(elementsOf('main/checkout/checkout-appset.yaml').map(({ name }) => name)).toEqual(['checkout-dev', 'checkout-prod']);
  });

  test('goes at the second synthesis of an app, too', () => {
    const { app, charts: [chart] } = setup({ environments: [PROD] });
    service(chart, 'order');
    app.synth();
    chart.node.tryRemoveChild('order');
    expect(filesIn('applications')).toContain('main/order/order-appset.yaml');
    app.synth();
    expect(filesIn('applications')).not.toContain('main/order/order-appset.yaml');
  });

  test('goes below an output folder outside of the working directory, so that a trial changes no repository', () => {
    const outdir = newOutdir();
    setup({ app: new App({ outdir }) }).app.synth();
    expect(filesIn('.')).toEqual([]);
    expect(filesIn(outdir)).toContain('applications/main/checkout/checkout-appset.yaml');
  });

  test('is nothing when anything is wrong', () => {
    const { app, charts } = setup();
    charts[0].node.addValidation({ validate: () => ['is wrong.'] });
    expect(() => app.synth()).toThrow('is wrong.');
    expect(filesIn('.')).toEqual([]);
  });

  test('never takes the place of a file that somebody else wrote', () => {
    write('applications/main/checkout/checkout-appset.yaml', 'kind: ApplicationSet\n');
    const { app } = setup();
    expect(() => app.synth()).toThrow("[shop/Deployables/Set-checkout] output file 'main/checkout/checkout-appset.yaml' would overwrite "
      + `'applications/main/checkout/checkout-appset.yaml', which does not begin with '${HEADER}', so somebody else wrote it. Move it away or remove it.`);
    expect(filesIn('.')).toEqual(['applications/main/checkout/checkout-appset.yaml']);
    expect(readFileSync('applications/main/checkout/checkout-appset.yaml', 'utf8')).toBe('kind: ApplicationSet\n');
  });
});

describe('an Application', () => {
  test('applies the file of its environment, as the environment says', () => {
    const { app } = setup({
      environments: [
        DEV, STAGING, Environment.of('prod', { appEnv: 'production' }).with(DeliveryDefaults.of({ argoCd: { cluster: 'prod-eu', revision: 'release/1', autoSync: false } })),
      ],
    });
    app.synth();
    const common = { file: 'checkout.k8s.yaml', selfHeal: true };
    expect(elementsOf('main/checkout/checkout-appset.yaml')).toEqual([
      {
        ...common,
        name: 'checkout-dev',
        environment: 'dev',
        namespace: 'core-business-dev',
        path: 'dist/dev/core-business',
        cluster: 'in-cluster',
        revision: 'main',
        autoSync: true,
        prune: true,
        selfHeal: false,
      },
      {
        ...common,
        name: 'checkout-prod',
        environment: 'prod',
        namespace: 'core-business-prod',
        path: 'dist/prod/core-business',
        cluster: 'prod-eu',
        revision: 'release/1',
        autoSync: false,
        prune: true,
      },
      {
        ...common,
        name: 'checkout-staging',
        environment: 'staging',
        namespace: 'core-business-staging',
        path: 'dist/staging/core-business',
        cluster: 'in-cluster',
        revision: 'main',
        autoSync: true,
        prune: true,
      },
    ]);
    expect(read('main/core-business-project.yaml').spec.destinations).toEqual([
      { name: 'in-cluster', namespace: 'core-business-dev' },
      { name: 'prod-eu', namespace: 'core-business-prod' },
      { name: 'in-cluster', namespace: 'core-business-staging' },
    ]);
  });

  test('of a store is that of the environment after which it is named', () => {
    const app = new App();
    const shared = new SharedChart(app, 'infrastructure', { profile: ROOMY });
    new RedisCluster(shared, 'redis-dev', { environment: DEV });
    new RedisCluster(shared, 'redis-prod', { environment: PROD });
    setup({ app });
    app.synth();
    expect(elementsOf('infrastructure/redis/redis-appset.yaml')).toEqual([
      expect.objectContaining({ name: 'redis-dev', environment: 'dev', namespace: 'infrastructure', file: 'redis-dev.k8s.yaml', prune: true }),
      expect.objectContaining({ name: 'redis-prod', environment: 'prod', namespace: 'infrastructure', file: 'redis-prod.k8s.yaml', prune: true }),
    ]);
    expect(elementsOf('infrastructure/infrastructure-namespace/infrastructure-namespace-appset.yaml')).toEqual([
      expect.objectContaining({ name: 'infrastructure-namespace', path: 'dist/shared/infrastructure' }),
    ]);
    const wave = (file: string) => Number(read(file).metadata.annotations['argocd.argoproj.io/sync-wave']);
    expect([
      'infrastructure/infrastructure-project.yaml',
      'infrastructure/infrastructure-namespace/infrastructure-namespace-appset.yaml',
      'main/core-business-namespace/core-business-namespace-appset.yaml',
      'infrastructure/redis/redis-appset.yaml',
      'main/checkout/checkout-appset.yaml',
    ].map(wave)).toEqual([-1, 0, 2, 3, 4]);
  });

  test('of a store is in the namespace of its environment, and all those namespaces are one group', () => {
    const app = new App();
    for (const [namespace, environment] of [['infrastructure-dev', DEV], ['infrastructure', PROD]] as const) {
      new RedisCluster(new SharedChart(app, namespace, { profile: ROOMY, capacityPool: environment.capacityPool }), `redis-${environment.name}`, { environment });
    }
    setup({ app });
    app.synth();
    expect(elementsOf('infrastructure/redis/redis-appset.yaml').map(({ name, namespace, path }) => [name, namespace, path])).toEqual([
      ['redis-dev', 'infrastructure-dev', 'dist/shared/infrastructure-dev'],
      ['redis-prod', 'infrastructure', 'dist/shared/infrastructure'],
    ]);
    expect(elementsOf('infrastructure/infrastructure-namespace/infrastructure-namespace-appset.yaml').map(({ name, namespace, environment }) => [name, namespace, environment])).toEqual([
      ['infrastructure-namespace', 'infrastructure', undefined],
      ['infrastructure-namespace-dev', 'infrastructure-dev', 'dev'],
    ]);
    expect(read('infrastructure/redis/redis-appset.yaml').spec.template.spec.project).toBe('infrastructure');
    expect(read('infrastructure/infrastructure-project.yaml').spec.destinations.map(({ namespace }: any) => namespace)).toEqual(['infrastructure', 'infrastructure-dev']);
  });

  test('leaves the number of replicas to whatever scales the workload', () => {
    const { app, charts: [chart] } = setup({ environments: [PROD] });
    new ApiObject(service(chart, 'order'), 'Scaled', {
      apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 'worker' }, spec: { scaleTargetRef: { name: 'worker' } },
    });
    new ApiObject(service(chart, 'payment'), 'Scaled', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'rollout' },
      spec: { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'rollout' } },
    });
    app.synth();
    const ignored = (name: string) => read(`main/${name}/${name}-appset.yaml`).spec.template.spec.ignoreDifferences;
    const replicas = { jsonPointers: ['/spec/replicas'] };
    expect(ignored('order')).toEqual([
      { group: 'apps', kind: 'Deployment', name: 'order', ...replicas }, { group: 'apps', kind: 'Deployment', name: 'worker', ...replicas },
    ]);
    expect(ignored('payment')).toEqual([
      { group: 'apps', kind: 'Deployment', name: 'payment', ...replicas }, { group: 'argoproj.io', kind: 'Rollout', name: 'rollout', ...replicas },
    ]);
    expect(ignored('core-business-namespace')).toBeUndefined();
  });
});

describe('what Argo Rollouts changes', () => {
  const ignored = (name: string) => read(`main/${name}/${name}-appset.yaml`).spec.template.spec.ignoreDifferences;
  const field = (apiGroup: string, kind: string, name: string, ...jsonPointers: string[]) => ({ group: apiGroup, kind, name, jsonPointers });
  const direct = { dapr: Dapr.none('speaks plain HTTP') };

  test('is left alone: replicas, the selectors of both Services, and the weights of routes, wherever they stand', () => {
    const { app, charts: [chart], services: [checkout] } = setup({ environments: [PROD] });
    service(chart, 'order', { delivery: ProgressiveDelivery.blueGreen() });
    const catalog = service(chart, 'catalog', { ...direct, delivery: ProgressiveDelivery.canary({ traffic: CanaryTraffic.GATEWAY_API }) });
    new ApiGateway(chart, 'api', { hostnames: ['api.example.com'], authentication: Authentication.none('a test') }).exposes(catalog);
    app.synth();
    expect(ignored('order')).toEqual([
      field('', 'Service', 'order', '/spec/selector'), field('', 'Service', 'order-preview', '/spec/selector'), field('argoproj.io', 'Rollout', 'order', '/spec/replicas'),
    ]);
    expect(ignored('catalog')).toEqual([
      field('', 'Service', 'catalog', '/spec/selector'), field('', 'Service', 'catalog-canary', '/spec/selector'), field('argoproj.io', 'Rollout', 'catalog', '/spec/replicas'),
    ]);
    expect(ignored('api')).toEqual([
      {
        group: 'gateway.networking.k8s.io',
        kind: 'HTTPRoute',
        name: 'api-catalog',
        jqPathExpressions: ['select(.metadata.labels["rollouts.argoproj.io/gatewayapi-canary"] == "in-progress") | .spec.rules'],
      },
    ]);
    const annotations = (name: string) => read(`main/${name}/${name}-appset.yaml`).spec.template.metadata.annotations;
    expect(annotations('api')).toEqual({ 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' });
    expect(annotations('catalog')).toBeUndefined();
    expect(ignored(checkout.name)).toEqual([field('apps', 'Deployment', 'checkout', '/spec/replicas')]);
    expect(objects('prod/core-business/order.k8s.yaml').filter(({ kind }) => kind === 'AnalysisTemplate')
      .map(({ metadata }) => metadata.annotations['argocd.argoproj.io/sync-wave'])).toEqual(['-1', '-1', '-1']);
  });

  test('so are the weights of a VirtualService', () => {
    const app = new App();
    new ArgoCdRepository(app, 'shop', { repository: ADDRESS, directory: 'applications', manifests: 'dist' });
    const chart = group({ app, profile: ROOMY.with(MeshDefaults.of({ mesh: Mesh.istio() })) });
    const catalog = service(chart, 'catalog', { ...direct, delivery: ProgressiveDelivery.canary({ traffic: CanaryTraffic.ISTIO }) });
    service(chart, 'basket', direct).calls(catalog);
    app.synth();
    expect(ignored('catalog')).toContainEqual({
      group: 'networking.istio.io',
      kind: 'VirtualService',
      name: 'catalog',
      jqPathExpressions: ['select(any(.spec.http[]?.route[]?; .weight > 0 and (.destination.host == "catalog-canary.core-business-prod.svc.cluster.local"))) | .spec.http'],
    });
  });
});

describe('an AppProject', () => {
  test('permits kinds and namespaces that are rendered, also those that a program adds', () => {
    const { app, charts: [chart], services: [checkout] } = setup({ environments: [PROD] });
    new ApiObject(checkout, 'Elsewhere', { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'sweep', namespace: 'infrastructure' } });
    new ApiObject(chart, 'Certificate', { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'checkout' } });
    app.synth();
    const { spec } = read('main/core-business-project.yaml');
    expect(spec.destinations).toEqual([{ name: 'in-cluster', namespace: 'core-business-prod' }, { name: 'in-cluster', namespace: 'infrastructure' }]);
    expect(spec.clusterResourceWhitelist).toEqual([{ group: '', kind: 'Namespace' }, { group: 'scheduling.k8s.io', kind: 'PriorityClass' }]);
    expect(spec.namespaceResourceWhitelist).toEqual(expect.arrayContaining([{ group: 'batch', kind: 'CronJob' }, { group: 'cert-manager.io', kind: 'Certificate' }]));
    expect(spec.namespaceResourceWhitelist).not.toContainEqual({ group: '', kind: 'Secret' });
    expect(spec.sourceRepos).toEqual([ADDRESS]);
  });

  test('permits the kinds of permissions although none is rendered, so that the last one of a group can be deleted', () => {
    const app = new App();
    const { services: [checkout] } = setup({ app, environments: [PROD] });
    const other = group({ app, name: 'platform', profile: REACHABLE });
    service(other, 'auth', { apiAccess: [{ resources: ['pods'], verbs: ['list'] }] }).uses(RedisCluster.fromNamespace(other, 'redis', 'infrastructure'));
    app.synth();
    const kinds = read('main/core-business-project.yaml').spec.namespaceResourceWhitelist.map(({ group: api, kind }: any) => `${kind}.${api}`);
    expect(kinds).toEqual(expect.arrayContaining(['NetworkPolicy.networking.k8s.io', 'Role.rbac.authorization.k8s.io', 'RoleBinding.rbac.authorization.k8s.io', 'Component.dapr.io']));
    expect(objects('prod/core-business/checkout.k8s.yaml').map(({ kind }) => kind)).not.toContain('Role');
    expect(checkout.name).toBe('checkout');
  });
});

describe('Argo CD applies', () => {
  const annotation = (object: any, name: string) => object.metadata.annotations?.[`argocd.argoproj.io/${name}`];
  const waves = (file: string) => new Map(objects(file).map((object) => [object.kind, annotation(object, 'sync-wave') ?? '0']));

  test('kinds, then namespaces and quotas, then configuration, then workloads', () => {
    const { app, services: [checkout] } = setup({ environments: [PROD] });
    new ApiObject(checkout, 'Definition', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'carts.example.com' } });
    app.synth();
    expect(Object.fromEntries([...waves('prod/core-business/namespace.k8s.yaml'), ...waves('prod/core-business/checkout.k8s.yaml')])).toEqual({
      CustomResourceDefinition: '-3',
      Namespace: '-2',
      ResourceQuota: '-2',
      LimitRange: '-2',
      PriorityClass: '-2',
      NetworkPolicy: '-1',
      Configuration: '-1',
      ServiceAccount: '-1',
      Deployment: '0',
      Service: '0',
      HorizontalPodAutoscaler: '0',
      PodDisruptionBudget: '0',
    });
  });

  test('an object in the wave that it names itself', () => {
    const { app, services: [checkout] } = setup({ environments: [PROD] });
    new ApiObject(checkout, 'Late', {
      apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'late', annotations: { 'argocd.argoproj.io/sync-wave': '7' } },
    });
    app.synth();
    expect(waves('prod/core-business/checkout.k8s.yaml').get('ConfigMap')).toBe('7');
  });

  test('and deletes neither namespaces nor claims', () => {
    const { app, services: [checkout] } = setup({ environments: [PROD] });
    new ApiObject(checkout, 'Claim', { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' } });
    app.synth();
    const kept = ['namespace', 'checkout'].flatMap((file) => objects(`prod/core-business/${file}.k8s.yaml`))
      .filter((object) => annotation(object, 'sync-options') === 'Delete=false,Prune=false').map(({ kind }) => kind);
    expect(kept).toEqual(['Namespace', 'PersistentVolumeClaim']);
  });

  describe('and deletes what is no longer rendered:', () => {
    const options = (file: string) => Object.fromEntries(objects(file).map((object) => [object.kind, annotation(object, 'sync-options')]));
    const permissions = { NetworkPolicy: undefined, Role: undefined, RoleBinding: undefined, Resiliency: undefined };
    const define = (environments: Environment[]) => {
      const { app, charts } = setup({ environments });
      charts.forEach((chart) => service(chart, 'order', { apiAccess: [{ resources: ['pods'], verbs: ['list'] }] }).calls(service(chart, 'payment')));
      app.synth();
    };

    test('permissions alone, where an environment does not prune', () => {
      define([PROD]);
      expect(options('prod/core-business/order.k8s.yaml')).toEqual({
        ...permissions, Deployment: 'Prune=false', Service: 'Prune=false', ServiceAccount: 'Prune=false', HorizontalPodAutoscaler: 'Prune=false', PodDisruptionBudget: 'Prune=false',
      });
      expect(elementsOf('main/order/order-appset.yaml').map(({ prune }) => prune)).toEqual([true]);
    });

    test('everything but data, where all environments prune', () => {
      define([DEV]);
      expect(Object.values(options('dev/core-business/order.k8s.yaml')).filter((option) => option !== undefined)).toEqual([]);
    });

    test('as each environment says, where they differ', () => {
      define([DEV, PROD]);
      expect(options('dev/core-business/order.k8s.yaml')).toMatchObject({ ...permissions, Deployment: 'Prune=true', ServiceAccount: 'Prune=true' });
      expect(options('prod/core-business/order.k8s.yaml')).toMatchObject({ ...permissions, Deployment: 'Prune=false', ServiceAccount: 'Prune=false' });
    });

    test('a call that is removed takes a policy with it that nothing keeps', () => {
      const policies = (calls: boolean) => {
        const { app, services: [checkout], charts: [chart] } = setup({ environments: [PROD] });
        const order = service(chart, 'order');
        if (calls) {
          checkout.calls(order);
        }
        app.synth();
        return objects('prod/core-business/order.k8s.yaml').filter(({ kind }) => kind === 'NetworkPolicy');
      };
      const before = policies(true);
      const after = new Set(policies(false).map(({ metadata }) => metadata.name));
      const removed = before.filter(({ metadata }) => !after.has(metadata.name));
      expect(removed.map(({ metadata }) => metadata.name)).toEqual(['order-callers']);
      expect(removed.map((object) => annotation(object, 'sync-options'))).toEqual([undefined]);
    });

    test('beside options of a manifest itself, which stay', () => {
      const { app, services: [checkout] } = setup({ environments: [PROD] });
      const claim = (name: string, option: string) => new ApiObject(checkout, name, {
        apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, annotations: { 'argocd.argoproj.io/sync-options': option } },
      });
      claim('replaced', 'Replace=true');
      claim('asked', 'Prune=confirm');
      app.synth();
      expect(objects('prod/core-business/checkout.k8s.yaml').filter(({ kind }) => kind === 'ConfigMap').map((object) => annotation(object, 'sync-options')).sort())
        .toEqual(['Prune=confirm', 'Replace=true,Prune=false']);
    });
  });

  test('nothing in waves where there is no repository', () => {
    const app = new App();
    service(group({ app, profile: ROOMY }));
    app.synth();
    expect([...waves('prod/core-business/checkout.k8s.yaml').values()].filter((wave) => wave !== '0')).toEqual([]);
  });
});

describe('a chart of somebody else', () => {
  const options = { repository: 'https://charts.example.com/stable', version: '1.4.2', namespace: 'infrastructure' };
  const base = 'applications/thirdparties/operator/values-base.yaml';

  test('is installed with the values files beside it', () => {
    write(base, 'replicas: 3\n');
    const { app, repository } = setup();
    repository.installs('operator', { ...options, clusterKinds: ['Namespace', 'ClusterRole.rbac.authorization.k8s.io'] });
    app.synth();
    expect(read('thirdparties/operator/operator-appset.yaml').spec.template.spec).toMatchObject({
      project: 'operator',
      sources: [
        {
          repoURL: options.repository,
          chart: 'operator',
          targetRevision: '1.4.2',
          helm: {
            releaseName: 'operator', ignoreMissingValueFiles: false, valueFiles: ['$values/applications/thirdparties/operator/values-base.yaml'],
          },
        },
        { repoURL: ADDRESS, targetRevision: '{{ .revision }}', ref: 'values' },
      ],
    });
    expect(read('thirdparties/operator/operator-project.yaml').spec).toEqual({
      description: 'The chart operator',
      sourceRepos: [options.repository, ADDRESS],
      destinations: [{ name: 'in-cluster', namespace: 'infrastructure' }],
      clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }, { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' }],
    });
  });

  test('keeps the fields that its software writes, by pointers or jq paths', () => {
    write(base, '');
    const { app, repository } = setup();
    const ignoreDifferences = [
      { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', name: 'subscriptions.dapr.io', jsonPointers: ['/spec/conversion/webhook/clientConfig/service/namespace'] },
      { group: 'apps', kind: 'Deployment', name: 'operator', jqPathExpressions: ['.spec.template.spec.containers[] | select(.name == "proxy")'] },
    ];
    repository.installs('operator', { ...options, ignoreDifferences });
    app.synth();
    expect(read('thirdparties/operator/operator-appset.yaml').spec.template.spec.ignoreDifferences).toEqual(ignoreDifferences);
  });

  test('is installed for each environment with its values over the others', () => {
    write(base, '');
    write('applications/thirdparties/operator/dev/values.yaml', '');
    write('applications/thirdparties/operator/prod/values.yaml', '');
    const { app, repository } = setup();
    const far = Environment.of('prod').with(DeliveryDefaults.of({ argoCd: { cluster: 'prod-eu' } }));
    repository.installs('operator', { ...options, chart: 'the-operator', environments: [far, DEV] });
    app.synth();
    const { sources } = read('thirdparties/operator/operator-appset.yaml').spec.template.spec;
    expect(sources[0]).toMatchObject({
      chart: 'the-operator',
      helm: {
        valueFiles: [
          '$values/applications/thirdparties/operator/values-base.yaml', '$values/applications/thirdparties/operator/{{ .environment }}/values.yaml',
        ],
      },
    });
    expect(elementsOf('thirdparties/operator/operator-appset.yaml').map(({ name, cluster }) => [name, cluster]))
      .toEqual([['operator-dev', 'in-cluster'], ['operator-prod', 'prod-eu']]);
  });

  const wrong: [string, Partial<InstalledChartOptions>, string][] = [
    ['a range of versions', { version: '^1.4' }, "[shop] version '^1.4' of the chart 'operator' is not one version. Write all three numbers, such as '1.4.2'."],
    ['a version with a template', { version: '{{ .v }}' },
      "[shop] version '{{ .v }}' of the chart 'operator' is not one version. Write all three numbers, such as '1.4.2'."],
    ['a repository with a password', { repository: 'https://me:secret@charts.example.com' },
      '[shop] the address of the repository holds credentials, and everybody reads it. Leave them out, and add the repository with its credentials to Argo CD.'],
    ['a repository without https', { repository: 'http://charts.example.com' },
      "[shop] repository 'http://charts.example.com' is not the address of a repository of charts. Write one such as 'https://charts.example.com/stable'."],
    ['a kind that is none', { clusterKinds: ['*'] },
      "[shop] '*' in clusterKinds is not a kind. Write kind and group, such as 'ClusterRole.rbac.authorization.k8s.io'."],
    ['a template in what is ignored', { ignoreDifferences: [{ group: '', kind: 'Secret', name: '{{ .name }}', jsonPointers: ['/data'] }] },
      "[shop] '{{ .name }}' in ignoreDifferences is a template, which Argo CD would fill in. Write the value itself."],
    ['a template in a jq path', { ignoreDifferences: [{ group: '', kind: 'Secret', name: 'a', jqPathExpressions: ['.data["{{ .key }}"]'] }] },
      "[shop] '.data[\"{{ .key }}\"]' in ignoreDifferences is a template, which Argo CD would fill in. Write the value itself."],
    ['no field that is ignored', { ignoreDifferences: [{ group: '', kind: 'Secret', name: 'a', jsonPointers: [] }] },
      "[shop] a field is missing in ignoreDifferences of 'Secret'. Write fields such as '/spec/replicas'."],
    ['a field that is no pointer', { ignoreDifferences: [{ group: '', kind: 'Secret', name: 'a', jsonPointers: ['.data'] }] },
      "[shop] '.data' is not a JSON pointer in ignoreDifferences of 'Secret'. Write fields such as '/spec/replicas'."],
    ['no environment', { environments: [] },
      "[shop] 'operator' is installed for no environment. Name one in environments, or leave that out for one installation for all."],
    ['an environment without values', { environments: [DEV] },
      'applications/thirdparties/operator/dev/values.yaml: is not there. Write it, empty if the chart needs nothing said: Argo CD fails without it.'],
  ];
  test.each(wrong)('is refused with %s', (_what, change, message) => {
    write(base, '');
    expect(() => setup().repository.installs('operator', { ...options, ...change })).toThrow(new Error(message));
  });

  test('is refused without its values file', () => {
    expect(() => setup().repository.installs('operator', options)).toThrow(new Error(
      'applications/thirdparties/operator/values-base.yaml: is not there. Write it, empty if the chart needs nothing said: Argo CD fails without it.'));
  });

  test('is refused where two environments would share one installation', () => {
    write(base, '');
    write('applications/thirdparties/operator/dev/values.yaml', '');
    write('applications/thirdparties/operator/staging/values.yaml', '');
    expect(() => setup().repository.installs('operator', { ...options, environments: [DEV, STAGING] })).toThrow(new Error(
      "[shop] 'operator' would be installed twice in namespace 'infrastructure' of the cluster 'in-cluster'. "
      + 'Leave environments out for one installation for all, or give each environment a cluster of its own by argoCd.cluster.'));
  });

  test('is refused under a name that is taken', () => {
    write(base, '');
    const { repository } = setup();
    repository.installs('operator', options);
    expect(() => repository.installs('operator', options)).toThrow(new Error("[shop] 'operator' is installed already. Give one of them another name."));
  });
});

describe('a repository is refused', () => {
  test.each([
    ['repository', 'https://user:pass@git.example.com/a.git',
      '[shop] the address of the repository holds credentials, and everybody reads it. Leave them out, and add the repository with its credentials to Argo CD.'],
    ['repository', '{{ .repo }}', "[shop] repository '{{ .repo }}' is not the address of a Git repository. "
      + "Write one such as 'https://git.example.com/acme/shop.git' or 'ssh://git@git.example.com/acme/shop.git'."],
    ['directory', '../applications', "[shop] directory '../applications' is not folders joined by '/'. "
      + "Write them from the root of the repository, such as 'applications' or 'deploy/dist'."],
    ['manifests', '/dist', "[shop] manifests '/dist' is not folders joined by '/'. Write them from the root of the repository, such as 'applications' or 'deploy/dist'."],
  ])('with the wrong %s %s', (what, value, message) => {
    expect(() => setup({ props: { [what]: value } })).toThrow(new Error(message));
  });

  test('where two groups have an app of one name', () => {
    const { app } = setup({ environments: [PROD] });
    service(new ServiceChart(app, 'platform', { environment: PROD, profile: ROOMY }));
    expect(() => app.synth()).toThrow(new Error("[platform-prod/checkout] would be deployed under the name 'checkout', as core-business-prod/checkout is, "
      + 'and Argo CD has one ApplicationSet of a name. Rename one of them.'));
  });

  test('where the values files are elsewhere', () => {
    mkdirSync('values');
    const { app } = setup({ values: Values.directory('values') });
    expect(() => app.synth()).toThrow(new Error(
      "[shop] the values files of 'checkout' are in 'values', which is not below 'applications'. Move them below it, such as to main."));
  });

  test('where each environment has its values files elsewhere', () => {
    mkdirSync('applications/a', { recursive: true });
    mkdirSync('applications/b', { recursive: true });
    const { app } = setup({ environments: [PROD], values: Values.directory('applications/a') });
    service(group({ app, environment: DEV, profile: ROOMY, values: Values.directory('applications/b') }));
    expect(() => app.synth()).toThrow(new Error("[shop] the values files of 'checkout' are in 'applications/a' and in 'applications/b', "
      + 'so there is no one place beside them. Give all environments of the group one folder.'));
  });

  test('in an app whose files are not those of services', () => {
    const { app } = setup({ app: new App({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE }) });
    expect(() => app.synth()).toThrow('[shop] deploys the files of services, and this app writes others. '
      + 'Leave yamlOutputType out, or set it to YamlOutputType.FILE_PER_CHART.');
  });

  test.each([
    [{ revision: '{{ .x }}' }, "argoCd.revision '{{ .x }}' is not a branch, tag or commit. Use letters, digits, '.', '_', '-', '+' and '/', such as 'main' or 'v1.4.2'."],
    [{ revision: '-x' }, "argoCd.revision '-x' is not a branch, tag or commit. Use letters, digits, '.', '_', '-', '+' and '/', such as 'main' or 'v1.4.2'."],
    [{ cluster: '*' }, "argoCd.cluster '*' is not a DNS subdomain: it has '*'. Use a to z, 0 to 9 and '-', at most 253 characters."],
    [{ namespace: 'argo.cd' }, "argoCd.namespace 'argo.cd' is not a DNS label: it has '.'. Write 'argo-cd'."],
    [{ retries: 0 }, 'expected argoCd.retries to be a whole number from 1 to 100, got 0. Use 1 or more.'],
  ])('by a profile that says %j', (argoCd, message) => {
    expect(() => profileWith({ argoCd })).toThrow(new Error(`PlatformProfile.customize: ${message}`));
  });
});

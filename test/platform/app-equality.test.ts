import * as fs from 'fs';
import { ApiObject, App as StockApp, AppProps, Chart, Include, JsonPatch, Lazy, Size, Testing, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { App } from '../../src/platform/app';
import { buildTree, treeRecipes } from '../output/construct-trees';
import { contentsOf, documentsOf, foldersIn, newOutdir } from '../output/output-folders';

const OUTPUT_TYPES = [
  YamlOutputType.FILE_PER_APP,
  YamlOutputType.FILE_PER_CHART,
  YamlOutputType.FILE_PER_RESOURCE,
  YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
];

type Define = (app: StockApp) => void;

/** cdk8s begins the route of a dependency cycle elsewhere, and may leave out constructs of it. */
function withoutRoute(message: string): string {
  const [, first, last] = /^Dependency cycle detected: (.+?) => (?:.+ => )?(.+)$/.exec(message) ?? [];
  return first !== undefined && first === last ? 'a dependency cycle' : message;
}

/** What a synthesis leaves behind: files and folders, or its error. */
function outcome(create: (props: AppProps) => StockApp, define: Define, props: AppProps): unknown {
  const outdir = newOutdir();
  try {
    const app = create({ outdir, ...props });
    define(app);
    app.synth();
    // as text, because the order of keys and the sign of zero count too
    return JSON.stringify({ contents: contentsOf(outdir), folders: foldersIn(outdir) }, null, 1);
  } catch (error) {
    return withoutRoute((error as Error).message);
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

function expectEqual(define: Define, props: AppProps = {}): void {
  for (const yamlOutputType of OUTPUT_TYPES) {
    const all = { yamlOutputType, recordConstructMetadata: true, ...props };
    expect(outcome((each) => new App(each), define, all)).toEqual(outcome((each) => new StockApp(each), define, all));
  }
  expect(yamlOutcome(new App(props), define)).toEqual(yamlOutcome(new StockApp(props), define));
}

function yamlOutcome(app: StockApp, define: Define): unknown {
  try {
    define(app);
    return JSON.stringify(documentsOf(app.synthYaml()), null, 1);
  } catch (error) {
    return withoutRoute((error as Error).message);
  }
}

describe('the app of this library beside that of cdk8s', () => {
  test('gives the same files and documents, or fails as well, for any tree with any dependencies', () => {
    fc.assert(fc.property(treeRecipes, (recipe) => {
      const define = (app: StockApp) => void buildTree(app, recipe);
      const files = { yamlOutputType: YamlOutputType.FILE_PER_CHART, recordConstructMetadata: true };
      expect(outcome((props) => new App(props), define, files)).toEqual(outcome((props) => new StockApp(props), define, files));
      expect(yamlOutcome(new App(), define)).toEqual(yamlOutcome(new StockApp(), define));
    }), { numRuns: 400, seed: 27 });
  });

  test('gives the same files for objects of the generated classes', () => {
    expectEqual((app) => {
      const chart = new Chart(app, 'shop', { namespace: 'shop', labels: { team: 'a' } });
      new k8s.KubeDeployment(chart, 'Deployment', {
        metadata: { name: 'order', annotations: { empty: '' } },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: 'order' } },
          template: {
            metadata: { labels: { app: 'order' } },
            spec: {
              containers: [{
                name: 'order',
                image: 'registry.example.com/order:1.0',
                args: ['--flag', 'no', '0777', '1e3'],
                env: [{ name: 'A', value: '' }],
                ports: [{ containerPort: 8080 }],
                resources: { requests: { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromNumber(1024) } },
                readinessProbe: { httpGet: { path: '/', port: k8s.IntOrString.fromNumber(8080) } },
              }],
              volumes: [{ name: 'cache', emptyDir: {} }],
            },
          },
        },
      });
      new k8s.KubePriorityClass(chart, 'Priority', { metadata: { name: 'high' }, value: 1000, globalDefault: false });
      new k8s.KubeNetworkPolicy(chart, 'Policy', { spec: { podSelector: {}, ingress: [], policyTypes: ['Ingress'] } });
    });
  });

  test('gives the same files for objects of cdk8s-plus', () => {
    expectEqual((app) => {
      for (const environment of ['dev', 'prod']) {
        const chart = new Chart(app, environment, { namespace: environment });
        const settings = new kplus.ConfigMap(chart, 'Settings', { data: { 'a.properties': 'x=1\ny=2\n', 'b': 'yes' } });
        const deployment = new kplus.Deployment(chart, 'Order', {
          replicas: 2,
          containers: [{ image: 'order:1.0', portNumber: 8080, envVariables: { MODE: settings.node.id ? kplus.EnvValue.fromConfigMap(settings, 'b') : kplus.EnvValue.fromValue('') } }],
        });
        deployment.containers[0].mount('/cache', kplus.Volume.fromEmptyDir(chart, 'Cache', 'cache', { sizeLimit: Size.mebibytes(10) }));
        deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
        new kplus.HorizontalPodAutoscaler(chart, 'Scaling', { target: deployment, maxReplicas: 4, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))] });
        deployment.scheduling.separate(kplus.Pods.select(chart, 'Others', { labels: { app: 'other' } }));
        deployment.node.addDependency(settings);
      }
    });
  });

  test('gives the same files for lazy values, tokens, patches and objects that render themselves', () => {
    class Renamed extends ApiObject {
      public toJson(): any {
        return { ...super.toJson(), extra: [1, 2.5, -3, true, null, { deep: {} }] };
      }
    }
    class LeftOut extends ApiObject {
      public toJson(): any {
        return undefined;
      }
    }
    expectEqual((app) => {
      const chart = new Chart(app, 'values', { labels: { from: 'chart' } });
      let late = 'early';
      const object = new ApiObject(chart, 'lazy', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'lazy', labels: { late: Lazy.any({ produce: () => late }) } },
        data: {
          lazy: Lazy.any({ produce: () => ({ inner: Lazy.any({ produce: () => [late] }) }) }),
          token: { resolve: () => ({ resolved: true }) },
          union: k8s.IntOrString.fromNumber(1),
          plain: { value: 1, kept: 2 },
          list: [Lazy.any({ produce: () => 'x' }), { a: Lazy.any({ produce: () => undefined }) }],
          gone: undefined,
          none: null,
        },
      });
      late = 'late';
      object.addJsonPatch(JsonPatch.add('/data/patched', 'yes'), JsonPatch.remove('/data/plain'));
      object.metadata.addAnnotation('added', 'later');
      object.metadata.add('value', 'a field that looks like a union');
      new ApiObject(chart, 'top-level-value', { apiVersion: 'v1', kind: 'PriorityClass', value: 7 });
      new ApiObject(chart, 'top-level-text', { apiVersion: 'v1', kind: 'PriorityClass', value: 'seven', more: { value: 7 } });
      new Renamed(chart, 'self', { apiVersion: 'v1', kind: 'Own' });
      if (app.yamlOutputType !== YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE && app.yamlOutputType !== YamlOutputType.FILE_PER_APP) {
        new LeftOut(chart, 'left-out', { apiVersion: 'v1', kind: 'Own' });
      }
    });
  });

  test('gives the same files for included manifests', () => {
    const folder = newOutdir('');
    fs.writeFileSync(`${folder}/crd.yaml`, [
      'apiVersion: apiextensions.k8s.io/v1',
      'kind: CustomResourceDefinition',
      'metadata:',
      '  name: things.example.com',
      'spec:',
      '  nullable: true',
      '  enum: [a, null, 1e3, 0o17, 1:30]',
      '---',
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata: { name: script, namespace: other }',
      'data:',
      '  run.sh: |',
      '    #!/bin/sh',
      '',
      '    echo "$X"   ',
      '      --- no end',
      '',
    ].join('\n'));
    expectEqual((app) => {
      const include = new Include(new Chart(app, 'included'), 'Include', { url: `${folder}/crd.yaml` });
      include.node.addDependency(new ApiObject(new Chart(app, 'before'), 'x', { apiVersion: 'v1', kind: 'X' }));
    });
  });

  test('gives the same files with a resolver of the user, which sees the values as they were', () => {
    const resolve = (context: { key: string[]; value: unknown; replaceValue(value: unknown): void }) => {
      if (context.key[context.key.length - 1] === 'secret') {
        context.replaceValue(Lazy.any({ produce: () => `replaced-${context.key.join('.')}` }));
      }
    };
    expectEqual((app) => {
      new ApiObject(new Chart(app, 'chart'), 'object', { apiVersion: 'v1', kind: 'X', a: { secret: 1 }, b: [{ secret: 2 }] });
    }, { resolvers: [{ resolve }] });
    // a resolver that replaces each time it is asked would recurse without end, so this one must stop by the type
  });

  test('gives the same files for charts that render themselves', () => {
    class Wrapped extends Chart {
      public toJson(): any[] {
        return [...super.toJson(), { apiVersion: 'v1', kind: 'Added', metadata: { name: 'added' } }];
      }
    }
    expectEqual((app) => {
      new ApiObject(new Wrapped(app, 'wrapped'), 'object', { apiVersion: 'v1', kind: 'X' });
    });
  });

  test('gives the same files for charts without objects, nested charts and another extension', () => {
    expectEqual((app) => {
      const outer = new Chart(app, 'outer');
      const inner = new Chart(new Construct(outer, 'between'), 'inner');
      new ApiObject(inner, 'object', { apiVersion: 'v1', kind: 'X' });
      new Chart(outer, 'empty');
      new Chart(app, '12');
      new Chart(app, '3');
    }, { outputFileExtension: '.yml' });
    expectEqual(() => undefined);
  });

  test('reports the same validation errors, all of them', () => {
    expectEqual((app) => {
      const chart = new Chart(app, 'chart');
      chart.node.addValidation({ validate: () => ['first', 'second'] });
      new Construct(chart, 'inner').node.addValidation({ validate: () => ['third\n of two lines'] });
      app.node.addValidation({ validate: () => ['of the app'] });
    });
  });

  test('reports the same error for an object that cannot be serialized', () => {
    expectEqual((app) => {
      new ApiObject(new Chart(app, 'chart'), 'object', { apiVersion: 'v1', kind: 'X', when: new Date(0) });
    });
  });

  test('serves Testing.synth and Chart.toJson as well', () => {
    const define = (app: StockApp) => {
      const chart = new Chart(app, 'chart');
      new k8s.KubeService(chart, 'service', { spec: { ports: [{ port: 80, targetPort: k8s.IntOrString.fromString('http') }] } });
      return chart;
    };
    expect(Testing.synth(define(new App()))).toEqual(Testing.synth(define(new StockApp())));
    expect(define(new App()).toJson()).toEqual(define(new StockApp()).toJson());
  });

  test('takes folder and metadata from the environment as cdk8s does', () => {
    const outdir = newOutdir();
    process.env.CDK8S_OUTDIR = outdir;
    process.env.CDK8S_RECORD_CONSTRUCT_METADATA = 'true';
    try {
      const app = new App();
      new ApiObject(new Chart(app, 'chart'), 'object', { apiVersion: 'v1', kind: 'X', metadata: { name: 'x' } });
      app.synth();
    } finally {
      delete process.env.CDK8S_OUTDIR;
      delete process.env.CDK8S_RECORD_CONSTRUCT_METADATA;
    }
    expect(contentsOf(outdir)).toEqual({
      'chart.k8s.yaml': [{ apiVersion: 'v1', kind: 'X', metadata: { name: 'x' } }],
      'construct-metadata.json': { version: '1.0.0', resources: { x: { path: 'chart/object' } } },
    });
  });
});

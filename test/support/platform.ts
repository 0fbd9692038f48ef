import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ApiObject, Chart, Testing } from 'cdk8s';
import type { App as StockApp } from 'cdk8s';
import type { Construct } from 'constructs';
import { customized, ORGANISATION } from './settings';
import type { AnyChanges } from './settings';
import { BUILT_IN_RULES } from '../../src/checks/built-in-rules';
import { findingLine } from '../../src/checks/finding';
import { judge } from '../../src/checks/judge';
import { registryOf } from '../../src/checks/registry';
import { LOADED_CHECKSUM } from '../../src/dapr/loaded-objects';
import { Reachability } from '../../src/graph/reachability';
import { Manifest } from '../../src/manifests/manifest';
import { ManifestSet } from '../../src/manifests/manifest-set';
import { App } from '../../src/platform/app';
import type { ServiceChartProps } from '../../src/platform/service-chart';
import { ServiceChart } from '../../src/platform/service-chart';
import { Environment } from '../../src/profile/environment';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { RenderedObjects } from '../../src/testing/rendered-objects';
import { Image } from '../../src/values/image';
import { Microservice } from '../../src/workloads/microservice';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { filesIn, newOutdir } from '../output/output-folders';

export const [DEV, STAGING, PROD] = Environment.standard();

/** The standard profile with some settings changed. */
export function profileWith(changes: AnyChanges): PlatformProfile {
  return customized(changes);
}

/** A namespace and a cluster that hold everything, for tests that are not about size. */
export const ROOMY = profileWith({
  defaultQuota: { cpu: '1000', memory: '2000Gi' },
  capacity: Object.fromEntries(['production', 'staging', 'development'].map((pool) => [pool, { cpu: '100000', memory: '200000Gi' }])),
});

/** The group `core-business` in prod, in an app of its own unless told otherwise. */
export function group(props: Partial<ServiceChartProps> & { app?: StockApp; name?: string } = {}): ServiceChart {
  const { app = Testing.app(), name = 'core-business', ...rest } = props;
  return new ServiceChart(app, name, { environment: PROD, profile: ORGANISATION, ...rest });
}

/** A service with an image set in code. */
export function service(scope: Construct, id = 'checkout', props: MicroserviceProps = {}): Microservice {
  return new Microservice(scope, id, { image: Image.of(`registry.example.com/${/^[a-z]+$/.test(id) ? id : 'shop'}`, { tag: '1.4.2' }), ...props });
}

/** Manifests, as plain data. */
export class Manifests {
  public readonly set: ManifestSet;
  public readonly objects: RenderedObjects;

  public constructor(public readonly all: any[]) {
    this.set = ManifestSet.ofJson(all);
    this.objects = RenderedObjects.of(this.set);
  }

  public of(kind: string): any[] {
    return this.set.of(kind).map(({ json }) => json);
  }

  /** Who reaches whom by these manifests, as they are now. */
  public get reachability(): Reachability {
    return Reachability.of(ManifestSet.ofJson(this.all));
  }

  /** `Kind/name` of each, sorted. */
  public get names(): string[] {
    return this.objects.names;
  }

  public find(kind: string, name: string): any {
    return this.of(kind).find(({ metadata }) => metadata.name === name);
  }

  public get(kind: string, name: string, namespace?: string): any {
    return this.objects.get(kind, name, namespace);
  }
}

/** The manifests of a chart, by the synthesis of cdk8s itself. */
export function manifestsOf(chart: Chart): Manifests {
  return new Manifests(Testing.synth(chart));
}

/** The manifests of all charts of an app, by the synthesis of cdk8s itself. */
export function manifestsOfApp(app: StockApp): Manifests {
  return new Manifests(app.charts.flatMap((chart) => Testing.synth(chart)));
}

export function podOf(chart: Chart, name = 'checkout'): any {
  return manifestsOf(chart).objects.podTemplate(name);
}

/** The manifest without what every manifest of a service has, and without the checksum of Dapr objects that its pods have. */
export function bare(manifest: any): any {
  const { labels: _labels, namespace: _namespace, ...metadata } = manifest.metadata;
  const annotations = manifest.spec?.template?.metadata?.annotations;
  return annotations?.[LOADED_CHECKSUM] === undefined ? { ...manifest, metadata } : { ...withoutChecksum(manifest), metadata };
}

/** The manifest of a workload without the checksum of the Dapr objects that its pods read. */
export function withoutChecksum(manifest: any): any {
  const { metadata, spec } = manifest.spec.template;
  const { [LOADED_CHECKSUM]: _checksum, ...annotations } = metadata.annotations;
  return { ...manifest, spec: { ...manifest.spec, template: { metadata: { ...metadata, annotations }, spec } } };
}

/** What the checks of the whole app find, each with the id of its rule. */
export function findings(chart: Construct): string[] {
  const app = chart.node.root as StockApp;
  app.charts.forEach((each) => Testing.synth(each));
  const objects = app.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each));
  const manifests = new ManifestSet(objects.map((object) => new Manifest(object.toJson(), { path: object.node.path })));
  return judge(manifests, BUILT_IN_RULES, registryOf(app)).findings.map((finding) => `${finding.rule.id} ${findingLine(finding)}`);
}

/** What the `App` of this library writes: each file with its text. */
export function writtenBy(define: (app: App) => void): Record<string, string> {
  const outdir = newOutdir();
  try {
    const app = new App({ outdir });
    define(app);
    quietly(() => app.synth());
    return Object.fromEntries(filesIn(outdir).map((file) => [file, readFileSync(join(outdir, file), 'utf8')]));
  } finally {
    rmSync(dirname(outdir), { recursive: true, force: true });
  }
}

/** The message with which the program fails in the `App` of this library, which must have written nothing then. */
export function refusal(define: (app: App) => void): string {
  const outdir = newOutdir();
  try {
    const app = new App({ outdir });
    quietly(() => {
      define(app);
      app.synth();
    });
  } catch (error) {
    expect(existsSync(outdir)).toBe(false);
    return (error as Error).message;
  } finally {
    rmSync(dirname(outdir), { recursive: true, force: true });
  }
  throw new Error('the program did not fail');
}

/** The errors that synthesis reports for `core-business` in prod, without their head. */
export function errorsOf(define: (chart: ServiceChart) => void, props: Partial<ServiceChartProps> = {}): string[] {
  const message = refusal((app) => define(group({ app, profile: ROOMY, ...props })));
  const [head, ...errors] = message.split('\n  ');
  return errors.length > 0 ? errors : [head];
}

/** Runs an action without what it says on standard error. */
function quietly(action: () => void): void {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    action();
  } finally {
    write.mockRestore();
  }
}

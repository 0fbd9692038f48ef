import type { Construct } from 'constructs';
import * as library from '../../src';
import { Environment, Image, Microservice, ServiceChart, SharedChart } from '../../src';
import { CustomObject } from '../../src/core/custom-object';
import { GitRepository } from '../../src/delivery';
import { App } from '../../src/platform/app';
import { ObjectStorage, RedisCluster, StorageCredentials } from '../../src/stores';
import { SIGNATURES } from '../../src/values/signatures';
import { CronExpression, CustomWorkload, QueueSource, type Worker, WorkItems } from '../../src/workloads';
import { customized } from '../support/settings';

/** No name, label, host, path, quantity or any other value with rules looks like this. */
const HOSTILE = 'Hostile value:\n- {{ x }}';

const image = Image.parse('registry.example.com/order:1.4.2');
const BUCKET = {
  bucket: 'acme-backups', region: 'eu-central-1', replicaRegion: 'eu-west-1', cidrs: ['10.20.0.0/24'], credentials: StorageCredentials.secret('backup-writer'), readCredentials: StorageCredentials.secret('backup-reader'),
};
const PUBLIC_KEY = ['-----BEGIN PGP PUBLIC KEY BLOCK-----', '', 'mDMEawGGTRYJKwYBBAHaRw8BAQdAaZE3v4CD73vSVUf11zZSvZQLJOik361pmjti', '=NWfR', '-----END PGP PUBLIC KEY BLOCK-----', ''].join('\n');
const SIGNING_KEY = PUBLIC_KEY.replace('NWfR', 'kLq0');
const GIT = GitRepository.ssh('ssh://git@git.example.com/acme/configuration.git', {
  secretName: 'git-writer', cidrs: ['10.40.0.0/28'], knownHosts: ['git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ'], path: 'europe',
});
const PROFILE = customized({ network: { apiServerCidrs: ['10.0.0.1/32'] }, configurationBackup: { repository: GIT, publicKeys: [PUBLIC_KEY], signingKey: SIGNING_KEY }, backups: { storage: ObjectStorage.s3(BUCKET) }, secrets: { store: library.security.SecretStore.cluster('vault'), provider: library.security.SecretProvider.awsSecretsManager() } });
const SEALED = Buffer.concat([Buffer.from([0x02, 0x00]), Buffer.alloc(512, 7), Buffer.alloc(24, 9)]).toString('base64');

function platform() {
  const app = new App();
  const chart = new ServiceChart(app, 'shop', { environment: Environment.of('qa'), profile: PROFILE });
  const shared = new SharedChart(app, 'infrastructure', { profile: PROFILE });
  const redis = new RedisCluster(shared, 'redis-qa');
  const order = new Microservice(chart, 'order', { image });
  const custom = new CustomWorkload(chart, 'custom', { image, replicas: 2 });
  const baseline = new SharedChart(app, 'etcd', { profile: customized({ security: { podSecurityLevel: 'baseline' } }, PROFILE) });
  return { app, chart, shared, baseline, redis, order, custom };
}

type Platform = ReturnType<typeof platform>;

interface Base {
  /** The construct that the construct is defined in. */
  readonly scope?: keyof Platform;
  /** Properties without which there is nothing to check. */
  readonly props?: (all: Platform) => object;
  readonly id?: string;
  /** What the program says of the construct next. */
  readonly then?: (construct: any) => unknown;
}

const workload: Base = { props: () => ({ image }) };
const queue: Base = { props: () => ({ image }), then: (worker: Worker) => worker.scalesOn(QueueSource.prometheus('sum(waiting)')) };

/** How each construct that accepts text is defined. One that is missing here fails the first test. */
const BASES: Record<string, Base> = {
  AdmissionPolicies: { scope: 'shared' },
  ApiAccess: { props: ({ order }) => ({ workload: order, rules: [] }) },
  ApiGateway: { props: () => ({ hostnames: ['shop.example.com'] }) },
  ArgoCdRepository: { scope: 'app', props: () => ({ repository: 'https://git.example.com/acme/shop.git', directory: 'applications', manifests: 'dist' }) },
  Autoscaler: { props: ({ custom }) => ({ workload: custom }) },
  ConfigurationBackup: { scope: 'shared', props: () => ({ image }) },
  CustomObject: { props: () => ({ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' }) },
  CustomWorkload: {
    props: () => ({ image, replicas: 1 }),
    then: (film: CustomWorkload) => new CustomObject(film, 'Deployment', { apiVersion: 'apps/v1', kind: 'Deployment', name: film.name, spec: { template: film.podTemplate } }),
  },
  DaprComponent: { props: () => ({ type: 'bindings.cron', metadata: { schedule: '@daily' } }) },
  EtcdCluster: { scope: 'baseline', id: 'etcd-qa' },
  ExternalSecret: {},
  HelmCharts: { scope: 'app', props: () => ({ directory: 'charts' }) },
  HttpEndpoint: { props: () => ({ baseUrl: 'https://api.example.com', cidrs: ['203.0.113.0/24'] }), then: (endpoint) => endpoint.node.scope.node.findChild('order').invokes(endpoint) },
  ImportedService: { props: () => ({ namespace: 'crm' }) },
  KafkaCluster: { scope: 'shared', id: 'kafka-qa' },
  KnativeBroker: {},
  KnativeFunction: workload,
  LoadBalancer: { scope: 'order' },
  MessageBroker: { scope: 'shared', id: 'broker-qa' },
  Microservice: workload,
  OneOffJob: workload,
  PostgresCluster: { scope: 'shared', id: 'postgres-qa', props: () => ({ image }) },
  RedisCluster: { scope: 'shared', id: 'cache-qa' },
  ScaledJob: queue,
  ScatterGather: { props: () => ({ leaves: 2, root: { image }, leaf: { image } }) },
  ScheduledJob: { props: () => ({ image, schedule: CronExpression.of('0 3 * * *') }) },
  SealedSecret: { props: () => ({ encryptedData: { token: SEALED } }) },
  SecretProviderClass: { props: () => ({ keys: { name: { key: 'shop/payment' } }, sync: true }) },
  ServiceNetworkPolicy: { props: ({ order }) => ({ workload: order, reason: 'callers', ingress: [{ peers: [library.network.NetworkPeer.workload('shop-qa', 'custom')], ports: [8000] }] }) },
  SharedChart: { scope: 'app' },
  VerticalAutoscaler: { props: ({ order }) => ({ workload: order }) },
  VolumeBackup: { scope: 'shared', props: () => ({ namespaces: ['infrastructure'] }) },
  WorkQueue: { props: () => ({ image, items: WorkItems.numbered(4), parallelism: 2 }) },
  Worker: queue,
  WorkloadServiceAccount: { props: ({ redis }) => ({ workload: { name: 'thing', selectorLabels: redis.selectorLabels } }) },
};

/** Base classes, and a construct that synthesis renders into files of other programs. */
const OTHERS = ['BatchWorkload', 'ConnectedWorkload', 'DeliveryPipeline'];

/** Structs in which one property needs others. */
const SIBLINGS: Record<string, object> = {
  ApiRule: { resources: ['configmaps'], verbs: ['get'] },
  CorsOptions: { origins: ['https://shop.example.com'] },
  InitContainer: { name: 'prepare', image },
  RemoteValue: { key: 'shop/payment' },
  SecretGenerator: { name: 'password', kind: 'Password' },
};

/** Keys of maps in which any key has rules. */
const KEYS: [RegExp, string][] = [[/Folders/, '/var/cache/thing'], [/hostAliases/, '10.1.0.4'], [/metadata/, 'schedule']];

/** Properties that carry any text into a container or an annotation. The last test proves that each does. */
const FREE = /(?:^|\.)(?:command|args|env|config|\w*[aA]nnotations)(?:\[0\]|\.name)$/;

type AnyClass = new (scope: Construct, id: string, props: object) => Construct;

const CLASSES = new Map<string, AnyClass>([library, ...Object.values(library as Record<string, unknown>)]
  .flatMap((module) => Object.entries(module as Record<string, AnyClass>)).filter(([name, value]) => typeof value === 'function' && Object.hasOwn(SIGNATURES.classes, name)));

interface Case {
  readonly path: string;
  /** The properties with the hostile value at the path, besides those of the base. */
  readonly change: (value: string) => any;
}

/** Every text in a struct, at any depth, and every name in a map. */
function casesOf(struct: string, prefix = ''): Case[] {
  return Object.entries(SIGNATURES.structs[struct]).flatMap(([name, type]) => casesOfType(`${prefix}${name}`, type.replace('!', ''))
    .map(({ path, change }) => ({ path, change: (value: string) => ({ ...SIBLINGS[struct], [name]: change(value) }) })));
}

function casesOfType(path: string, type: string): { path: string; change: (value: string) => unknown }[] {
  const inner = /^(.*)(\[\]|\{\})$/.exec(type);
  if (inner?.[2] === '[]') {
    return casesOfType(`${path}[0]`, inner[1]).map((each) => ({ path: each.path, change: (value) => [each.change(value)] }));
  }
  if (inner) {
    const key = KEYS.find(([pattern]) => pattern.test(path))?.[1] ?? 'name';
    return [
      ...casesOfType(`${path}.${key}`, inner[1]).map((each) => ({ path: each.path, change: (value: string) => ({ [key]: each.change(value) }) })),
      ...inner[1] === 'string' ? [{ path: `${path}.*`, change: (value: string) => ({ [value]: '1' }) }] : [],
    ];
  }
  if (type === 'string') {
    return [{ path, change: (value) => value }];
  }
  return Object.hasOwn(SIGNATURES.structs, type) && path.split('.').length < 4 ? casesOf(type, `${path}.`) : [];
}

/** The base with a change. A struct of the base keeps what the change does not set. */
function merged(base: any, change: any): any {
  const plain = (value: unknown) => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  const changes = () => Object.entries(change).map(([key, value]) => [key, merged(base[key], value)]);
  return plain(base) && plain(change) ? { ...base, ...Object.fromEntries(changes()) } : change;
}

const ARRIVES = 'arrives in a manifest';
const NOWHERE = 'is in no manifest';

/** What becomes of a value: the message of the error, or where it is. */
function outcome(name: string, { change }: Case, value: string): string {
  const { scope = 'chart', props, id = 'thing', then } = BASES[name];
  const all = platform();
  try {
    const construct = new (CLASSES.get(name)!)(all[scope] as Construct, id, merged(props?.(all) ?? {}, change(value)));
    then?.(construct);
    const text = JSON.stringify(all.app.manifests().all.map(({ json }) => json));
    return text.includes(JSON.stringify(value).slice(1, -1)) ? ARRIVES : NOWHERE;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const CASES = Object.keys(BASES).sort().flatMap((name) => casesOf(SIGNATURES.classes[name].props!.replace('?', '')).map((each): [string, string, Case] => [name, each.path, each]));

test('every construct that accepts text is tried', () => {
  const known = Object.entries(SIGNATURES.classes).filter(([, { props }]) => props !== undefined && casesOf(props.replace('?', '')).length > 0).map(([name]) => name);
  expect(known.filter((name) => !Object.hasOwn(BASES, name) && !OTHERS.includes(name))).toEqual([]);
});

test.each(Object.keys(BASES).filter((name) => name !== 'ExternalSecret'))('%s can be defined', (name) => {
  expect(outcome(name, { path: '', change: () => ({}) }, HOSTILE)).toBe(NOWHERE);
});

test.each(CASES.filter(([, path]) => !FREE.test(path)))('%s refuses a hostile %s', (name, path, each) => {
  const result = outcome(name, each, HOSTILE);
  const parts = path.split(/[.[\]]+/).filter((part) => /^\w{3,}$/.test(part) && part !== 'name');
  // an error about the value, or about its property
  const about = result.replaceAll(' ', '').toLowerCase();
  const isRefused = result.startsWith('Error: ') && ['hostile', ...parts].some((part) => about.includes(part.toLowerCase()));
  expect(result === NOWHERE || isRefused ? '' : result).toBe('');
});

test('every exception is one: a construct renders any text there, and none fails without a reason', () => {
  const free = CASES.filter(([, path]) => FREE.test(path)).map(([name, path, each]) => ({ property: /\w+(?=(?:\[0\]|\.name)$)/.exec(path)![0], result: outcome(name, each, HOSTILE) }));
  const properties = [...new Set(free.map(({ property }) => property))].sort();
  expect(properties).toEqual(['annotations', 'args', 'command', 'config', 'env', 'podAnnotations', 'serviceAccountAnnotations', 'serviceAnnotations']);
  expect(properties.filter((property) => !free.some((each) => each.property === property && each.result === ARRIVES))).toEqual([]);
  expect(free.filter(({ result }) => /^\w+Error: /.test(result))).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BUILT_IN_RULES } from '../../src/checks/built-in-rules';
import { Checks } from '../../src/checks/checks';
import { judge } from '../../src/checks/judge';
import { ManifestSet } from '../../src/manifests/manifest-set';
import { App } from '../../src/platform/app';
import { SharedChart } from '../../src/platform/shared-chart';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Image } from '../../src/values/image';
import { PINS } from '../../src/values/image-pins';

const redis = PINS.redis.image.toString();
const HEAD = 'MS-IMG-003 warning (1): More than 90 days ago, the version of an image that the library names was the newest of its line, so it may lack security fixes. '
  + 'Update the library, or set the image in the platform profile.\n';

const reportAt = (today: string | undefined, manifest: object) => judge(ManifestSet.ofJson([manifest]), BUILT_IN_RULES, undefined, today).toString();
const named = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'store', namespace: 'infrastructure' }, spec });
const statefulSet = (image: string) => named('apps/v1', 'StatefulSet', { template: { spec: { containers: [{ name: 'redis', image, command: ['/bin/sh', 'start.sh'] }] } } });

describe('an image that the library names', () => {
  test.each([
    ['on the last day', '2027-02-28', ''],
    ['a day later', '2027-03-01', `${HEAD}  StatefulSet.apps/infrastructure/store has the image ${redis}, the newest on 2026-11-30: ${PINS.redis.source}\n`],
    ['without a day', undefined, ''],
  ])('is reported as old %s', (_, today, report) => {
    expect(reportAt(today, statefulSet(redis))).toBe(report);
  });

  test.each<[string, object, Image]>([
    ['in a Cluster of CloudNativePG', named('postgresql.cnpg.io/v1', 'Cluster', { imageName: `${PINS.postgresql.image}` }), PINS.postgresql.image],
    ['in the version of an EtcdCluster', named('operator.etcd.io/v1alpha1', 'EtcdCluster', { version: PINS.etcd.image.tag }), PINS.etcd.image],
    ['in a step of a WorkflowTemplate', named('argoproj.io/v1alpha1', 'WorkflowTemplate', { templates: [{ container: { image: `${PINS.buildKit.image}` } }] }), PINS.buildKit.image],
  ])('is found %s', (_, manifest, image) => {
    expect(reportAt('2027-06-01', manifest)).toContain(`has the image ${image}, the newest on 2026-11-30: `);
  });

  test('is not reported where the profile names another', () => {
    expect(reportAt('2030-01-01', statefulSet('registry.example.com/redis:7.2.16'))).toBe('');
  });

  test('is reported for a program on the day that the report is given', () => {
    const app = new App();
    new RedisCluster(new SharedChart(app, 'infrastructure'), 'redis-prod');
    const ids = (today?: string) => Checks.of(app).report({ today }).findings.map(({ rule }) => rule.id);
    expect([ids(), ids('2026-12-01'), ids('2027-12-01')].map((each) => each.includes('MS-IMG-003'))).toEqual([false, false, true]);
  });
});

describe('pins', () => {
  test('have a day and a public source', () => {
    const wrong = Object.entries(PINS).filter(([, { date, source }]) => !/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date)) || !source.startsWith('https://github.com/'));
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  test('are the only images that the sources name', () => {
    const root = resolve(__dirname, '../../src');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('image-pins.ts'));
    const naming = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n')
      .some((line) => /^(?!\s*(?:\*|\/\/)).*Image\.(?:of|parse)\('/.test(line) && !/fail\(|"[^"]*Image\.of|`[^`]*Image\.of|"Image\.parse/.test(line)));
    expect(naming).toEqual([]);
  });

  test('never have the digest of zeros, by which the examples show a placeholder', () => {
    expect(Object.values(PINS).filter(({ image }) => /^sha256:0+$/.test(image.digest ?? ''))).toEqual([]);
    const examples = resolve(__dirname, '../../examples');
    const programs = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const digests = programs.flatMap((file) => readFileSync(join(examples, file), 'utf8').match(/sha256:[0-9a-f]{64}/g) ?? []);
    expect(digests).toEqual([]);
  });
});

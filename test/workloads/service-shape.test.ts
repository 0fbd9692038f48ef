import { Duration } from 'cdk8s';
import { Mesh } from '../../src/mesh/mesh';
import type { ServiceChart } from '../../src/platform/service-chart';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Port } from '../../src/values/port';
import { Scaling } from '../../src/values/scaling';
import { CustomWorkload } from '../../src/workloads/custom-workload';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { ProgressiveDelivery } from '../../src/workloads/progressive/progressive-delivery';
import { Worker } from '../../src/workloads/worker';
import { messageOf } from '../support/message-of';
import { group, manifestsOf, profileWith, service } from '../support/platform';
import { environmentOf } from '../support/settings';

const image = Image.of('registry.example.com/web', { tag: '1.4.2' });
type Shape = Pick<MicroserviceProps, 'headless' | 'sessionAffinity' | 'ports'>;

const KINDS: [string, (chart: ServiceChart, props: Shape) => void, string[]][] = [
  ['Microservice', (chart, props) => service(chart, 'web', props), ['web']],
  ['Rollout', (chart, props) => service(chart, 'web', { ...props, delivery: ProgressiveDelivery.blueGreen() }), ['web', 'web-preview']],
  ['CustomWorkload', (chart, props) => new CustomWorkload(chart, 'web', { replicas: 1, image, ports: [Port.http(8000)], ...props }), ['web']],
];

describe.each(KINDS)('the Services of a %s', (_kind, define, names) => {
  const specs = (props: Shape) => {
    const chart = group();
    define(chart, props);
    return names.map((name) => manifestsOf(chart).get('Service', name).spec);
  };

  test('keep a client at one pod', () => {
    specs({ sessionAffinity: Duration.hours(1) }).forEach((spec) => expect(spec).toMatchObject({
      type: 'ClusterIP', sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 3600 } },
    }));
  });

  test('have no address of their own', () => {
    specs({ headless: true }).forEach((spec) => expect([spec.clusterIP, spec.ports[0].port]).toEqual(['None', 8000]));
  });

  test('have neither by default', () => {
    const fields = specs({}).flatMap(({ clusterIP, sessionAffinity, sessionAffinityConfig }) => [clusterIP, sessionAffinity, sessionAffinityConfig]);
    expect(fields.filter((field) => field !== undefined)).toEqual([]);
  });

  test.each<[Shape, string]>([
    [{ headless: true, sessionAffinity: Duration.hours(1) }, 'has sessionAffinity and a headless Service, whose clients choose a pod themselves. Leave one of them out.'],
    [{ headless: true, ports: [Port.http(8080, { servicePort: 80 })] },
      "the port 'http' has servicePort 80, and clients of a headless Service connect to pods. Leave servicePort out."],
    [{ sessionAffinity: Duration.days(2) }, 'expected the seconds of sessionAffinity to be a whole number from 1 to 86400, got 172800. Use 86400 or less.'],
    [{ sessionAffinity: Duration.millis(1500) }, 'expected the seconds of sessionAffinity to be a whole number from 1 to 86400, got 1.5. Use 1.'],
  ])('fail: %#', (props, message) => {
    expect(messageOf(() => define(group(), props))).toBe(`[core-business-prod/web] ${message}`);
  });

  test('fail on an affinity that the proxies of a mesh ignore', () => {
    const chart = group({ environment: environmentOf('prod', { capacityPool: 'production', mesh: Mesh.istio() }) });
    expect(messageOf(() => define(chart, { sessionAffinity: Duration.hours(1) })))
      .toBe('[core-business-prod/web] has sessionAffinity, and the mesh istio chooses a pod for each request itself. Leave sessionAffinity out.');
  });
});

test('a headless Service offers the container ports of the profile', () => {
  const chart = group({ profile: profileWith({ ports: [Port.http(8080, { servicePort: 80 })] }) });
  const web = service(chart, 'web', { headless: true, dapr: Dapr.none('plain HTTP') });
  expect([web.port, manifestsOf(chart).get('Service', 'web').spec.ports[0].port]).toEqual([8080, 8080]);
});

test.each<[string, (chart: ServiceChart) => void]>([
  ['a worker', (chart) => new Worker(chart, 'web', { image, headless: true, scaling: Scaling.replicas(1) })],
  ['a service without ports', (chart) => service(chart, 'web', { ports: [], headless: true, dapr: Dapr.none('it listens on nothing') })],
])('%s has no Service to shape', (_, define) => {
  expect(messageOf(() => define(group()))).toBe('[core-business-prod/web] sets headless, and has no Service. Leave headless out, or use a Microservice with a port.');
});

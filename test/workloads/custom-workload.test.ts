import { CustomObject } from '../../src/core';
import { Endpoint } from '../../src/graph/endpoint';
import { Values } from '../../src/inputs/values';
import type { ServiceChart } from '../../src/platform/service-chart';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Port } from '../../src/values/port';
import { Scaling } from '../../src/values/scaling';
import type { CustomWorkloadProps } from '../../src/workloads';
import { Autoscaler, CustomWorkload, DisruptionBudget } from '../../src/workloads';
import { errorsOf, group, manifestsOf, podOf, profileWith, service } from '../support/platform';

/** Pods of a StatefulSet of our own. */
function custom(chart: ServiceChart, props: Partial<CustomWorkloadProps> = {}): CustomWorkload {
  const workload = new CustomWorkload(chart, 'render', {
    image: Image.of('registry.example.com/render', { tag: '1.0.0' }), replicas: 3, ports: [Port.http(8080)], kind: 'StatefulSet', ...props,
  });
  new CustomObject(workload, 'StatefulSet', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    name: workload.name,
    spec: { replicas: workload.maxReplicas, selector: { matchLabels: workload.selectorLabels }, template: workload.podTemplate },
  });
  return workload;
}

describe('a workload of a kind of its own', () => {
  test('has the pods of a Microservice with the same settings, but for the label of their version', () => {
    const chart = group();
    custom(chart, { env: { CURRENCY: 'EUR' } });
    const { spec, ...rest } = manifestsOf(chart).objects.podTemplate('render');
    const twin = group();
    service(twin, 'render', { image: Image.of('registry.example.com/render', { tag: '1.0.0' }), ports: [Port.http(8080)], env: { CURRENCY: 'EUR' } });
    const { spec: { topologySpreadConstraints, ...expected }, ...others } = podOf(twin, 'render');
    expect(rest).toEqual(others);
    const unversioned = topologySpreadConstraints.map(({ matchLabelKeys: _versions, ...constraint }: any) => constraint);
    expect(spec).toEqual({ ...expected, topologySpreadConstraints: unversioned });
  });

  test('has what belongs to pods, and no object that runs them', () => {
    const chart = group();
    custom(chart, { dapr: Dapr.none('a renderer'), config: { MODE: 'fast' } });
    const owned = manifestsOf(chart).all.filter(({ metadata }) => metadata.labels?.app === 'render').map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(owned.sort()).toEqual(['ConfigMap/render', 'Service/render', 'ServiceAccount/render', 'StatefulSet/render']);
  });

  test('is called and calls, by policies at both ends', () => {
    const chart = group();
    const render = custom(chart);
    const [web, order] = [service(chart, 'web'), service(chart, 'order')];
    web.calls(render);
    render.calls(order);
    const { reachability } = manifestsOf(chart);
    const pods = (app: string) => Endpoint.ofPods('core-business-prod', { app });
    const reaches = ([from, to]: readonly { readonly name: string }[]) => reachability.reaches(pods(from.name), pods(to.name), 50002);
    expect([[web, render], [render, order], [order, render]].map(reaches)).toEqual([true, true, false]);
    expect(render.address).toBe('render.core-business-prod.svc.cluster.local:8080');
  });

  test('can be patched, scaled and protected', () => {
    const chart = group();
    const render = custom(chart, { minReplicas: 2 });
    new DisruptionBudget(render, 'Budget', { workload: render });
    new Autoscaler(render, 'Autoscaler', { workload: render, scaling: Scaling.utilization({ min: 2, max: 3 }) });
    render.patch('StatefulSet', '/spec/template/spec/nodeSelector', { gpu: 'true' }, 'needs a GPU');
    const { objects } = manifestsOf(chart);
    expect(objects.podTemplate('render').spec.nodeSelector).toEqual({ gpu: 'true' });
    expect(objects.get('HorizontalPodAutoscaler', 'render').spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'render' });
    expect(objects.get('PodDisruptionBudget', 'render').spec).toMatchObject({ maxUnavailable: 1 });
  });

  test('without ports is called by nobody, and has no Service', () => {
    const chart = group();
    const render = custom(chart, { ports: [] });
    expect(render.address).toBeUndefined();
    expect(manifestsOf(chart).find('Service', 'render')).toBeUndefined();
    expect(errorsOf((other) => service(other, 'web').calls(custom(other, { ports: [] })))).toEqual([
      "[core-business-prod/web] calls 'core-business/render', which listens on no port, so no call could arrive there. Call a service that has a port.",
    ]);
  });

  test('counts in the quota of its namespace', () => {
    const errors = errorsOf((chart) => custom(chart, { replicas: 100 }), { profile: profileWith({}) });
    expect(errors.map((error) => /: (render 100 x .*?)\. /.exec(error)?.[1])).toEqual(['render 100 x (500m + 300m)', 'render 100 x (1Gi + 300Mi)']);
  });

  test.each<[Partial<CustomWorkloadProps>, string]>([
    [{ replicas: 0 }, 'expected replicas to be a whole number of 1 or more, got 0. Use 1 or more.'],
    [{ minReplicas: 4 }, 'expected minReplicas to be a whole number from 0 to 3, got 4. Use 3 or less.'],
  ])('fails with %j', (props, message) => {
    expect(() => custom(group(), props)).toThrow(new Error(`[core-business-prod/render] ${message}`));
  });

  test('takes its image from values files, and its replicas from code alone', () => {
    const define = (file: string) => custom(group({ values: Values.of({ 'render/prod/values.yaml': file }) }));
    expect(() => define('image:\n  tag: 2.0.0\n')).not.toThrow();
    expect(() => define('replicas:\n  min: 2\n')).toThrow(new Error(
      "render/prod/values.yaml:2: 'replicas.min' is for a service that is scaled, and the code says how many replicas there are. Remove it."));
  });
});

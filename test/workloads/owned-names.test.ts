import { Mesh } from '../../src/mesh/mesh';
import { SharedChart } from '../../src/platform/shared-chart';
import { Environment } from '../../src/profile/environment';
import { POD_SECURITY_SETTINGS } from '../../src/security/pod-security-settings';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { NetworkPeer } from '../../src/values/network-peer';
import { FileStorage } from '../../src/workloads/file-storage';
import { messageOf } from '../support/message-of';
import { group, profileWith, refusal, service } from '../support/platform';

describe('names that belong to Kubernetes are refused as namespaces', () => {
  test.each(['default', 'kube-system', 'kube-public', 'kube-node-lease'])('%s', (name) => {
    expect(refusal((app) => new SharedChart(app, name))).toBe(
      `[App] namespace '${name}' belongs to Kubernetes, whose pods the policies and quotas of a group would cut off. Give the group another name.`);
  });

  test('those that begin with system-, because of their PriorityClasses', () => {
    expect(refusal((app) => group({ app, name: 'system', environment: Environment.of('dev') }))).toBe(
      "[App] the PriorityClasses of namespace 'system-dev' would begin with 'system-', which Kubernetes keeps for itself. Give the group another name.");
  });
});

describe('names that belong to Dapr and to a mesh are refused', () => {
  test.each([[['order', 'order-dapr']], [['order-dapr', 'order']]])('a service and the Service that Dapr makes for another: %s', (names) => {
    const chart = group();
    expect(messageOf(() => names.forEach((name) => service(chart, name)))).toMatch(/'order-dapr' is the name of .* and of a Service of core-business-prod\/order(?:-dapr)?\. Give one of them another name\.$/);
  });

  test('an app id that begins with a digit', () => {
    expect(messageOf(() => Dapr.sidecar({ appId: '3scale' }))).toBe("Dapr.sidecar: appId '3scale' is not the name of a Service: it begins with a digit. Begin it with a letter.");
  });

  test('a workload with the name of a container that is injected into its pods', () => {
    const chart = group({ profile: profileWith({ mesh: Mesh.istio() }) });
    expect(messageOf(() => service(chart, 'daprd'))).toBe("[core-business-prod/daprd] the name 'daprd' is that of Dapr's sidecar, and a pod has each container name once. Give the workload another name.");
    expect(messageOf(() => service(chart, 'istio-proxy'))).toMatch(/^\[core-business-prod\/istio-proxy\] the name 'istio-proxy' is that of the mesh .*, and a pod has each container name once\. Give the workload another name\.$/);
  });

  test('but not where nothing is injected', () => {
    expect(service(group(), 'daprd', { dapr: Dapr.none('speaks plain HTTP') }).name).toBe('daprd');
  });
});

describe('values that Kubernetes refuses are refused', () => {
  test('labels and their values of pods in other namespaces', () => {
    expect(messageOf(() => NetworkPeer.pods('monitoring', 'app', ['push gateway']))).toBe(
      "NetworkPeer.pods: the label 'app' cannot have the value 'push gateway'. Use letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit.");
    expect(messageOf(() => NetworkPeer.pods('monitoring', 'exa..mple/app', ['gateway']))).toMatch(/^NetworkPeer\.pods: 'exa\.\.mple\/app' is not the name of a label\./);
  });

  test('names of StorageClasses', () => {
    const message = "'Fast SSD' is not a DNS subdomain: it has 'F'. Write 'fast-ssd'.";
    expect(messageOf(() => FileStorage.persistent({ size: '1Gi', mountPath: '/data', storageClass: 'Fast SSD' }))).toBe(`FileStorage: storageClass ${message}`);
    expect(refusal((app) => new RedisCluster(new SharedChart(app, 'infrastructure'), 'redis', { storageClass: 'Fast SSD' }))).toContain(`the StorageClass ${message}`);
  });

  test('names of the Secrets by which images are pulled', () => {
    expect(messageOf(() => POD_SECURITY_SETTINGS.of(profileWith({ security: { imagePullSecrets: ['Bad Name'] } })))).toContain("security.imagePullSecrets 'Bad Name' is not a DNS subdomain: it has 'B'. Write 'bad-name'.");
  });
});

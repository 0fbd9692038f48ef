import { Duration } from 'cdk8s';
import { DaprVersion } from '../../src/values/dapr-version';
import { Image } from '../../src/values/image';
import { Resources } from '../../src/values/resources';
import { OneOffJob } from '../../src/workloads/batch/one-off-job';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import { Microservice } from '../../src/workloads/microservice';
import { Worker } from '../../src/workloads/worker';
import type { WorkloadProps } from '../../src/workloads/workload-props';
import { messageOf } from '../support/message-of';
import { group, manifestsOf, podOf, profileWith, service } from '../support/platform';

const IMAGE = Image.of('registry.example.com/film', { tag: '1.0.0' });

/** Defines a workload, and returns its pods. */
const PAIR: [string, (props: WorkloadProps) => any][] = [
  ['Microservice', (props) => {
    const chart = group();
    new Microservice(chart, 'film', props);
    return podOf(chart, 'film');
  }],
  ['OneOffJob', (props) => {
    const chart = group();
    const { jobName } = new OneOffJob(chart, 'film', props);
    return podOf(chart, jobName);
  }],
];

describe.each(PAIR)('a %s refuses', (_, define) => {
  test.each<[WorkloadProps, string]>([
    [{ command: [] }, 'command is empty, and Kubernetes ignores an empty list. Leave it out, or name at least one word.'],
    [{ args: [] }, 'args is empty, and Kubernetes ignores an empty list. Leave it out, or name at least one word.'],
    [{ args: [7 as unknown as string] }, 'expected args as a list of texts, got 7 at position 1. Write it in quotes.'],
    [{ scratchFolders: { data: '1Mi' } }, "expected each key of scratchFolders as an absolute folder, got 'data'. Write a path such as '/var/lib/catalog'."],
    [{ memoryFolders: { '//': '1Mi' } }, "each key of memoryFolders is the root of the container, and a volume there hides the image. Write a path such as '/var/lib/catalog'."],
    [{ scratchFolders: { '/data': '1GB' } }, "scratchFolders '/data' '1GB' is not a quantity of storage: 'GB' is no unit. Write '1G'."],
    [{ scratchFolders: { '/data': '1Gi' } },
      "the folder '/data' may hold 1Gi, and the kubelet stops the pod at ephemeralStorageLimit 512Mi. Raise ephemeralStorageLimit of the resources, or lower the size."],
    [{ memoryFolders: { '/cache': '128Mi' }, resources: Resources.of({ memoryRequest: '32Mi', memoryLimit: '64Mi' }) },
      "the folder '/cache' may hold 128Mi, and the kubelet stops the pod at memoryLimit 64Mi. Raise memoryLimit of the resources, or lower the size."],
    [{ scratchFolders: { '/a/b': '1Mi', '/a-b': '1Mi' } },
      "'scratch-a-b' is not the name of one volume: it occurs twice, is longer than 63 characters, or ends with '-'. Use other names for folders, containers or Secrets."],
    [{ configMapFolders: { '/etc/film': 'Film' } }, "configMapFolders '/etc/film' 'Film' is not a DNS subdomain: it has 'F'. Write 'film'."],
    [{ secretFolders: { '/tmp': 'film' } }, "two volumes are mounted at '/tmp'. Give each a folder of its own."],
    [{ podLabels: { app: 'web' } }, "the label 'app' is set by the library on every object. Give the label another name, such as one with the prefix of your organisation."],
    [{ podLabels: { team: 'not a value' } },
      "the label 'team' cannot have the value 'not a value'. Use letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit."],
    [{ podAnnotations: { 'dapr.io/enabled': 'false' } }, "the annotation 'dapr.io/enabled' of pods is set by the library. Use Dapr.sidecar({ ... })."],
    [{ podAnnotations: { 'checksum/config': 'x' } }, "the annotation 'checksum/config' of pods is set by the library. Leave it out."],
    [{ serviceAccountAnnotations: { 'a b': 'x' } }, "'a b' is not the name of an annotation. Use letters, digits, '-', '_' and '.', at most 63, such as 'example.com/team'."],
    [{ podAnnotations: { team: 7 as unknown as string } }, "the annotation 'team' is 7, and an annotation is text. Write it in quotes."],
    [{ podAnnotations: { text: 'x'.repeat(262_144) } }, 'has 262148 bytes of annotations, and an object has 262144 at most. Move large values to a ConfigMap.'],
    [{ nodeSelector: { 'a b': 'x' } }, "'a b' is not the name of a label. Use letters, digits, '-', '_' and '.', at most 63, such as 'team' or 'example.com/team'."],
    [{ tolerations: ['a=b=c'] }, "'a=b=c' is not a taint. Write key, value and effect, such as 'dedicated=gpu:NoSchedule', or the key alone."],
    [{ tolerations: [''] }, "'' is not a taint. Write key, value and effect, such as 'dedicated=gpu:NoSchedule', or the key alone."],
    [{ tolerations: ['gpu:NoSchedul'] }, "expected the effect of the taint 'gpu' to be one of NoSchedule, PreferNoSchedule, NoExecute, got 'NoSchedul'. Use 'NoSchedule'."],
    [{ runtimeClassName: 'gVisor' }, "runtimeClassName 'gVisor' is not a DNS subdomain: it has 'V'. Write 'gvisor'."],
    [{ hostAliases: { '10.1.0.0/24': ['a'] } }, "expected each key of hostAliases as an IP address, got '10.1.0.0/24'. Write an address such as '10.1.0.4'."],
    [{ hostAliases: { '10.1.0.4': [] } }, 'hostAliases has no host name for 10.1.0.4. Name at least one, or leave the address out.'],
    [{ hostAliases: { '10.1.0.4': ['Licence'] } }, "a host name of 10.1.0.4 'Licence' is not a DNS subdomain: it has 'L'. Write 'licence'."],
    [{ dnsSearches: Array(33).fill('corp.example') }, 'has 33 dnsSearches, and Kubernetes accepts 32 at most. Leave some out.'],
    [{ dnsOptions: { ndots: 'two' } }, "dnsOptions has 'ndots' with the value 'two', which is no option of a resolver. Write such as { ndots: '2' }, and '' for an option without a value."],
    [{ terminationGracePeriod: Duration.seconds(5) },
      'terminationGracePeriod is 5 seconds, and before and after the application a pod takes 20 (rollout.preStopDelay, rollout.sidecarDrain, rollout.graceMargin and its sidecars). '
      + 'Use Duration.seconds(20) or more, or shorten those by WorkloadDefaults.of().'],
    [{ scratchFolders: { '/tmp/': '1Mi', '//tmp': '2Mi' } }, "two volumes are mounted at '/tmp'. Give each a folder of its own."],
  ])('%j', (props, message) => {
    expect(messageOf(() => define({ image: IMAGE, ...props }))).toBe(`[core-business-prod/film] ${message}`);
  });
});

test.each(['/tmp', '/tmp/', '//tmp'])('%s, a scratch folder of the profile, can have another size', (folder) => {
  const chart = group();
  service(chart, 'checkout', { scratchFolders: { [folder]: '256Mi' } });
  const { spec: { containers: [container], volumes } } = podOf(chart);
  expect(container.volumeMounts).toEqual([{ name: 'scratch-tmp', mountPath: '/tmp' }]);
  expect(volumes).toEqual([{ name: 'scratch-tmp', emptyDir: { sizeLimit: '256Mi' } }]);
});

test.each(PAIR)('the pods of a %s can have more time to leave', (_, define) => {
  const pod = define({ image: IMAGE, terminationGracePeriod: Duration.minutes(5) });
  expect(pod.spec.terminationGracePeriodSeconds).toBe(300);
});

test('a sidecar that is not native keeps its connections while the application may use its time', () => {
  const chart = group({ profile: profileWith({}).customize({ daprVersion: DaprVersion.of('1.17') }) });
  service(chart, 'checkout', { terminationGracePeriod: Duration.minutes(5) });
  expect(podOf(chart).metadata.annotations['dapr.io/block-shutdown-duration']).toBe('290s');
});

test('the Service has labels and annotations of its own, and other objects do not', () => {
  const chart = group();
  service(chart, 'checkout', { serviceAnnotations: { 'example.com/lb': 'internal' }, serviceLabels: { monitored: 'true' } });
  const manifests = manifestsOf(chart);
  expect(manifests.get('Service', 'checkout').metadata).toMatchObject({ annotations: { 'example.com/lb': 'internal' }, labels: { app: 'checkout', monitored: 'true' } });
  expect(manifests.all.filter(({ metadata }) => metadata.labels.monitored !== undefined).map(({ kind }) => kind)).toEqual(['Service']);
});

test.each<[string, (props: WorkloadProps) => unknown]>([
  ['OneOffJob', (props) => new OneOffJob(group(), 'film', props)],
  ['KnativeFunction', (props) => new KnativeFunction(group(), 'film', props)],
  ['Worker', (props) => new Worker(group(), 'film', props)],
  ['Microservice without ports', (props) => new Microservice(group(), 'film', { ...props, ports: [] })],
])('a %s refuses labels and annotations of a Service that it does not have', (_, define) => {
  for (const props of [{ serviceAnnotations: { a: 'b' } }, { serviceLabels: { a: 'b' } }]) {
    expect(messageOf(() => define({ image: IMAGE, ...props })))
      .toBe('[core-business-prod/film] has no Service, so serviceAnnotations and serviceLabels would be lost. Leave them out.');
  }
});

test.each<[WorkloadProps, string]>([
  [{ nodeSelector: { a: 'b' } }, 'has nodeSelector, and Knative refuses it unless its ConfigMap config-features allows kubernetes.podspec-nodeselector. '
    + 'Enable it there and name it in functions.features of the platform profile, or use a Microservice.'],
  [{ dnsOptions: { ndots: '2' } }, 'has dnsOptions, and Knative refuses it unless its ConfigMap config-features allows kubernetes.podspec-dnsconfig. '
    + 'Enable it there and name it in functions.features of the platform profile, or use a Microservice.'],
  [{ terminationGracePeriod: Duration.minutes(5) }, 'has terminationGracePeriod, and Knative gives pods the timeout of their calls to leave. Set timeout.'],
])('a KnativeFunction refuses %j', (props, message) => {
  expect(messageOf(() => new KnativeFunction(group(), 'film', { image: IMAGE, ...props }))).toBe(`[core-business-prod/film] ${message}`);
});

test('pods without folders of their own keep those of the profile', () => {
  const chart = group();
  service(chart);
  expect(manifestsOf(chart).objects.podTemplate('checkout').spec.volumes).toEqual([{ name: 'scratch-tmp', emptyDir: { sizeLimit: '128Mi' } }]);
});

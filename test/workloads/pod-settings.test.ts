import { Image } from '../../src/values/image';
import { Resources } from '../../src/values/resources';
import { OneOffJob } from '../../src/workloads/batch/one-off-job';
import { Microservice } from '../../src/workloads/microservice';
import type { WorkloadProps } from '../../src/workloads/workload-props';
import { messageOf } from '../support/message-of';
import { group, manifestsOf, podOf, service } from '../support/platform';

const IMAGE = Image.of('registry.example.com/film', { tag: '1.0.0' });

const PAIR: [string, (props: WorkloadProps) => void][] = [
  ['Microservice', (props) => new Microservice(group(), 'film', props)],
  ['OneOffJob', (props) => new OneOffJob(group(), 'film', props)],
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

test('pods without folders of their own keep those of the profile', () => {
  const chart = group();
  service(chart);
  expect(manifestsOf(chart).objects.podTemplate('checkout').spec.volumes).toEqual([{ name: 'scratch-tmp', emptyDir: { sizeLimit: '128Mi' } }]);
});

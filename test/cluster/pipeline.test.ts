import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { Cluster } from './support/cluster';
import type { Manifest } from './support/manifest';
import { workflowFaults, workflowPods } from '../support/workflow-graph';

const FOLDER = resolve(__dirname, '..', '..', 'examples/shop/pipelines/argo-workflows');
const read = (file: string) => loadAll(readFileSync(join(FOLDER, file), 'utf8')) as Manifest[];
const documents = readdirSync(FOLDER).sort((a, b) => Number(b === 'namespace.yaml') - Number(a === 'namespace.yaml') || (a < b ? -1 : 1)).flatMap(read);
const templates = documents.filter(({ kind }) => kind === 'WorkflowTemplate');
/** Those that run the one with the steps, each for one service. */
const callers = templates.filter(({ metadata }) => metadata.name !== 'delivery');

function copyOf(kind: string, name: string): any {
  return JSON.parse(JSON.stringify(documents.find((each) => each.kind === kind && each.metadata.name === name)));
}

/** What a person or an event starts. */
const RUN = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Workflow',
  metadata: { name: 'checkout-1', namespace: 'delivery' },
  spec: {
    workflowTemplateRef: { name: 'checkout' }, arguments: { parameters: [{ name: 'revision', value: 'main' }] },
  },
};

// the binary may have to be built first
jest.setTimeout(900_000);

test('there is a WorkflowTemplate for each service, and one that all of them run', () => {
  expect(callers.map(({ metadata }) => metadata.name)).toEqual(['analytics', 'auth', 'catalog', 'checkout', 'customer', 'notification', 'order', 'payment', 'search']);
  expect(workflowFaults(templates)).toEqual([]);
});

describe.each(['1.36', '1.27'])('on Kubernetes %s, with the CRDs of Argo Workflows', (version) => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await Cluster.start(version);
    expect(await cluster.installCrds('argo-workflows.argoproj.io.yaml')).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);
  afterAll(() => cluster?.stop());

  test('every document is taken whole, without a warning, and so is a run', async () => {
    const { status, stdout, stderr } = await cluster.apply(documents);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(documents.length);
    expect(await cluster.apply([RUN as unknown as Manifest])).toMatchObject({ status: 0, stderr: '' });
  });

  test('the pods of all steps are admitted under Pod Security restricted', async () => {
    const pods = callers.flatMap((caller) => workflowPods(caller, templates)) as Manifest[];
    expect(pods.length).toBeGreaterThan(150);
    const { status, stderr } = await cluster.apply(pods);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('what runs beside a step may say how it ended, and nothing else', async () => {
    // the definition of task results is not among those that are installed here, so the server is asked without looking the kind up
    const may = async (verb: string, resource: string) => {
      const [name, group = ''] = resource.split(/\.(.*)/);
      const review = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: {
          user: 'system:serviceaccount:delivery:delivery', resourceAttributes: { namespace: 'delivery', verb, resource: name, group },
        },
      };
      const { stdout } = await cluster.try(['create', '-f', '-', '-o', 'jsonpath={.status.allowed}'], JSON.stringify(review));
      return stdout.trim() === 'true' ? 'yes' : 'no';
    };
    expect(await may('create', 'workflowtaskresults.argoproj.io')).toBe('yes');
    expect(await may('patch', 'workflowtaskresults.argoproj.io')).toBe('yes');
    for (const [verb, resource] of [['get', 'secrets'], ['create', 'pods'], ['patch', 'workflows.argoproj.io'], ['create', 'workflows.argoproj.io'], ['get', 'pods']]) {
      expect([verb, resource, await may(verb, resource)]).toEqual([verb, resource, 'no']);
    }
  });

  test('approvers may resume a run, and start none', async () => {
    const may = async (verb: string) => (await cluster.try(
      ['auth', 'can-i', verb, 'workflows.argoproj.io', '-n', 'delivery', '--as', 'anna', '--as-group', 'release-managers'])).stdout.trim();
    expect([await may('patch'), await may('update'), await may('create'), await may('delete')]).toEqual(['yes', 'yes', 'no', 'no']);
  });

  type Change = (manifest: any) => void;
  const REFUSED: [string, Change, string][] = [
    ['misspells a field', ({ spec }) => { spec.onExitt = 'exit'; }, 'onExitt: field not declared in schema'],
    ['has no templates worth the name', ({ spec }) => { spec.templates[0].name = 'not a name'; }, 'spec.templates[0].name'],
    ['removes its pods in an unknown way', ({ spec }) => { spec.podGC = { strategy: 'Never' }; }, 'Unsupported value: "Never"'],
    ['has a task without a name', ({ spec }) => { delete spec.templates[0].dag.tasks[0].name; }, 'name: Required value'],
    ['waits in two ways', ({ spec }) => { spec.templates[0].dag.tasks[1].dependencies = ['clone']; }, "cannot use both 'depends' and 'dependencies'"],
    ['says a number in words', ({ spec }) => { spec.activeDeadlineSeconds = 'an hour'; }, 'expected numeric'],
  ];
  test.each(REFUSED)('a WorkflowTemplate is refused that %s', async (_what, change, message) => {
    const twin = copyOf('WorkflowTemplate', 'delivery');
    twin.metadata.name = 'twin';
    change(twin);
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });

  const UNSAFE: [string, (pod: any) => void, string][] = [
    ['builds an image itself, as BuildKit without privileges would', (pod) => { pod.spec.securityContext.seccompProfile.type = 'Unconfined'; }, 'seccompProfile'],
    ['may become root', (pod) => { pod.spec.containers[0].securityContext.allowPrivilegeEscalation = true; }, 'allowPrivilegeEscalation'],
    ['keeps capabilities', (pod) => { delete pod.spec.containers[0].securityContext.capabilities; }, 'unrestricted capabilities'],
  ];
  test.each(UNSAFE)('the pod of a step is refused that %s', async (_what, change, message) => {
    const [pod] = JSON.parse(JSON.stringify(workflowPods(copyOf('WorkflowTemplate', 'checkout'), templates)));
    pod.metadata.name = 'twin';
    change(pod);
    const { status, stderr } = await cluster.apply([pod]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });
});

describe('what no schema sees', () => {
  const FAULTS: [string, (delivery: any, checkout: any) => void, string][] = [
    ['a template that is not there', ({ spec }) => { spec.templates[0].dag.tasks[3].template = 'lint'; }, 'delivery/delivery/scan: there is no template lint'],
    ['a called template that is not there', (_, { spec }) => { spec.templates[1].dag.tasks[0].templateRef.template = 'bye'; }, 'checkout/exit/exit: there is no template delivery/bye'],
    ['a task that is not there', ({ spec }) => { spec.templates[0].dag.tasks[3].depends = 'lint'; }, 'delivery/delivery/scan: waits for lint, which is not there'],
    ['a circle', ({ spec }) => { spec.templates[0].dag.tasks[0].depends = 'deploy-prod'; }, 'delivery/delivery/clone: waits for itself'],
    ['a parameter that is not passed', (_, { spec }) => { spec.arguments.parameters = []; }, 'delivery/clone: reads workflow.parameters.revision, which checkout does not define'],
    ['an input that is not defined', ({ spec }) => { delete spec.templates.find(({ name }: any) => name === 'argo-cd').inputs; }, 'delivery/argo-cd: reads inputs.parameters.seconds, which argo-cd does not define'],
    ['an input that is not passed', ({ spec }) => { spec.templates[0].dag.tasks[1].arguments.parameters.pop(); }, 'delivery/delivery/compile: does not pass commands'],
    ['a volume that is not there', (_, { spec }) => { spec.volumeClaimTemplates = []; }, 'delivery/clone: mounts workspace, which is not there'],
    ['an exit that is not there', (_, { spec }) => { spec.onExit = 'bye'; }, 'checkout/onExit: there is no template bye'],
    ['a template of no work', ({ spec }) => { delete spec.templates.at(-1).container; }, 'delivery/revert: has 0 kinds of work'],
  ];
  test.each(FAULTS)('is seen by the test: %s', (_what, change, message) => {
    const [delivery, checkout] = ['delivery', 'checkout'].map((name) => copyOf('WorkflowTemplate', name));
    expect(workflowFaults([delivery, checkout])).toEqual([]);
    change(delivery, checkout);
    expect(workflowFaults([delivery, checkout])).toContain(message);
  });
});

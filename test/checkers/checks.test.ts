import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkov, kubernetesValidate, kubeScore, type Report } from './checkers';
import { covers, EXCEPTIONS } from './exceptions';
import type { Finding } from './finding';
import { sentence } from './finding';
import { DIST, EXAMPLES, readManifests, render, workloads } from './manifests';

/** The version dist/ is rendered for, and the versions the library supports. */
const NEWEST_RENDERED = '1.36';
const SUPPORTED = ['1.27', '1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37'];

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'checks-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

/** The findings of all examples, in which every exception must be found. */
const findings: Finding[] = [];

describe.each(EXAMPLES)('$name', (example) => {
  const { dist } = example;
  const reports: Record<string, Report> = {};
  const manifests = readManifests(dist);

  beforeAll(() => {
    reports['kube-score'] = kubeScore(dist, NEWEST_RENDERED);
    reports.checkov = checkov(dist);
    findings.push(...Object.values(reports).flatMap((report) => report.findings));
  });

  test.each(['kube-score', 'checkov'])('has no finding of %s that is not in the list of exceptions', (tool) => {
    const unlisted = reports[tool].findings.filter((finding) => !EXCEPTIONS.some((exception) => covers(exception, finding)));
    expect(unlisted.map(sentence).sort()).toEqual([]);
  });

  test.each(['kube-score', 'checkov'])('hides no workload from %s', (tool) => {
    const expected = workloads(manifests).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
    expect(expected).not.toEqual([]);
    expect(expected.filter((object) => !reports[tool].seen.has(object))).toEqual([]);
  });

  test('has only kinds that Kubernetes or imports/ define, each valid by its strict schema', () => {
    expect(kubernetesValidate(dist, NEWEST_RENDERED)).toEqual([]);
  });

  test.each(SUPPORTED)('rendered for Kubernetes %s has only fields which that version knows', (version) => {
    render(example, version, folder);
    expect(readManifests(folder).length).toBeGreaterThan(0);
    expect(kubernetesValidate(folder, version)).toEqual([]);
  });
});

test('every exception in the list is needed', () => {
  const unnecessary = EXCEPTIONS.filter((exception) => !findings.some((finding) => covers(exception, finding)));
  expect(unnecessary.map(({ id, tool, check }) => `${id} ${tool} ${check}`)).toEqual([]);
});

describe('a planted defect', () => {
  const manifests = readManifests(DIST);
  const write = (manifest: object) => writeFileSync(join(folder, 'defect.k8s.yaml'), JSON.stringify(manifest));
  const plant = (change: (pod: any) => void) => {
    const workload = JSON.parse(JSON.stringify(workloads(manifests).find(({ kind }) => kind === 'Deployment')));
    change(workload.spec.template.spec);
    write(workload);
  };

  test.each([
    ['kube-score', (defect: string) => kubeScore(defect, NEWEST_RENDERED), 'container-security-context-readonlyrootfilesystem'],
    ['checkov', checkov, 'CKV_K8S_22'],
  ])('is seen by %s', (_tool, judge, check) => {
    plant((pod) => { pod.containers[0].securityContext.readOnlyRootFilesystem = false; });
    expect(judge(folder).findings).toContainEqual(expect.objectContaining({ kind: 'Deployment', check }));
  });

  test('is seen by kubernetes-validate', () => {
    plant((pod) => { pod.containers[0].imagePullPolice = 'Always'; });
    expect(kubernetesValidate(folder, NEWEST_RENDERED)).toEqual([expect.stringContaining("'imagePullPolice' was unexpected")]);
  });

  test('of a kind that nobody defines is seen by kubernetes-validate', () => {
    write({ apiVersion: 'dapr.io/v1alpha1', kind: 'Componant', metadata: { name: 'x' } });
    expect(kubernetesValidate(folder, NEWEST_RENDERED)).toEqual([expect.stringContaining('kind Componant')]);
  });
});

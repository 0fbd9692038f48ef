import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Finding } from './finding';
import { installedByOthers, isInstalledByOthers } from './installed-by-others';
import { customKinds, manifestFiles } from './manifests';

/** What a checker found, and the objects it looked at, each as `<kind> <namespace>/<name>`. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly seen: ReadonlySet<string>;
}

/** Runs kube-score with all its tests, over all files at once because it compares them; annotations silence nothing. */
export function kubeScore(folder: string, kubernetesVersion: string): Report {
  const others = mkdtempSync(join(tmpdir(), 'others-'));
  try {
    const file = join(others, 'installed-by-others.yaml');
    writeFileSync(file, installedByOthers());
    const { findings, seen } = scored([...manifestFiles(folder), file], kubernetesVersion);
    return { findings: findings.filter((finding) => !isInstalledByOthers(finding)), seen };
  } finally {
    rmSync(others, { recursive: true });
  }
}

function scored(files: readonly string[], kubernetesVersion: string): Report {
  const objects: any[] = JSON.parse(run('kube-score', [0, 1], [
    'score', '--all-default-optional', '--disable-ignore-checks-annotations', '--disable-optional-checks-annotations',
    '--kubernetes-version', `v${kubernetesVersion}`, '--output-format', 'json', ...files,
  ]).stdout);
  const best = 10;
  const findings = objects.flatMap(({ type_meta: type, object_meta: meta, checks }) => checks
    .filter(({ grade, skipped }: any) => grade < best && !skipped)
    .map(({ check, comments }: any): Finding => ({
      tool: 'kube-score',
      check: check.id,
      kind: type.kind,
      namespace: meta.namespace ?? '',
      name: meta.name,
      message: (comments ?? []).map(({ path, summary }: any) => [path, summary].filter(Boolean).join(': ')).join('; '),
    })));
  return { findings, seen: new Set(objects.map(({ type_meta, object_meta }) => `${type_meta.kind} ${object_meta.namespace ?? ''}/${object_meta.name}`)) };
}

/** Runs all of checkov's frameworks. What an annotation skipped, and what it could not read, is a finding too. */
export function checkov(folder: string): Report {
  const output = JSON.parse(run('checkov', [0, 1], ['--directory', folder, '--skip-download', '--compact', '--output', 'json']).stdout);
  const reports: any[] = [output].flat().filter(({ results }) => results);
  const records = (outcome: string) => reports.flatMap(({ results }) => results[outcome] as any[]);
  const findings = [...records('failed_checks'), ...records('skipped_checks')].map((record): Finding => ({
    tool: 'checkov',
    check: record.check_id,
    ...identity(record.resource),
    message: record.check_name,
  }));
  const unread = records('parsing_errors').map((file): Finding => ({
    tool: 'checkov', check: 'parsing-error', kind: 'File', namespace: '', name: String(file), message: 'cannot be read',
  }));
  const seen = [...records('passed_checks'), ...records('failed_checks')].map(({ resource }) => identity(resource));
  return { findings: [...findings, ...unread], seen: new Set(seen.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)) };
}

/** checkov names an object `<kind>.<namespace>.<name>`. */
function identity(resource: string): Pick<Finding, 'kind' | 'namespace' | 'name'> {
  const [kind, namespace, ...name] = resource.split('.');
  return { kind, namespace, name: name.join('.') };
}

/** Holds the kinds that Kubernetes defines against its strict schemas; a kind that nobody defines is a complaint. */
export function kubernetesValidate(folder: string, kubernetesVersion: string): string[] {
  const custom = customKinds();
  const { stdout } = run('kubernetes-validate', [0, 1, 2, 3], ['--strict', '--quiet', '-k', kubernetesVersion, ...manifestFiles(folder)]);
  return stdout.split('\n').filter(Boolean).map((line) => line.replaceAll(`${folder}/`, '')).filter((line) => {
    const [, kind, apiVersion] = /Couldn't find schema for kind (\S+) with api version (\S+)/.exec(line) ?? [];
    return !custom.has(`${apiVersion} ${kind}`);
  });
}

let tools: string | undefined;

/** Runs a pinned checker. Any other exit code than the expected ones is an error of the checker, not a finding. */
function run(tool: string, expected: readonly number[], args: readonly string[]): { stdout: string } {
  tools ??= execFileSync(resolve(__dirname, '..', '..', '.ci', 'tools.sh'), ['--where'], { encoding: 'utf8' }).trim();
  const { status, stdout, stderr, error } = spawnSync(join(tools, tool), args, { encoding: 'utf8', maxBuffer: 1e9 });
  if (error || !expected.includes(status ?? -1)) {
    throw error ?? new Error(`${tool} exited with ${status}: ${stderr.slice(-2000)}`);
  }
  return { stdout };
}

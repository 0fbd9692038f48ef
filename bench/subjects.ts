import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { ROOT } from './compile';
import { countObjects, readFiles, readObjects } from './objects';
import type { Measured, Scenario } from './process';
import { inFolder, runCommand, runScenario } from './process';
import { literals, writeHelmChart } from './templates';

/** Something to measure once: what it costs, and what is read of its output. */
export type Subject = <T>(compiled: string, read: (outdir: string) => T) => Measured<T>;

export function scenario(...words: Scenario): Subject {
  return (compiled, read) => runScenario(compiled, words, read);
}

export const services = (size: number) => scenario('services', size);

/** The same objects as literals, through the same emitter. */
export const floor = (size: number): Subject => (compiled, read) => {
  const module = path.join(compiled, 'literals.js');
  if (!fs.existsSync(module)) {
    fs.writeFileSync(module, literals(compiled));
  }
  return runScenario(compiled, ['floor', size], read);
};

/** The same objects by one Helm chart with `range`, a process for each environment. */
export const helm = (size: number): Subject => (compiled, read) => inFolder((chart) => {
  writeHelmChart(compiled, chart, size);
  const program = path.join(helmFolder() ?? '', 'helm');
  return runCommand('for environment in dev staging prod; do '
    + `'${program}' template services '${chart}' --values '${chart}/'$environment.yaml > "$OUT/$environment.yaml" || exit 1; done`, read);
});

/** The folder of the Helm that the checks install, or an empty text for the one on the PATH; undefined if there is none. */
function helmFolder(): string | undefined {
  const candidates = [() => execFileSync(path.join(ROOT, '.ci', 'tools.sh'), ['--where-helm'], { encoding: 'utf8', stdio: 'pipe' }).trim(), () => ''];
  return candidates.map((find) => {
    try {
      const folder = find();
      execFileSync(path.join(folder, 'helm'), ['version'], { stdio: 'ignore' });
      return folder;
    } catch {
      return undefined;
    }
  }).find((folder) => folder !== undefined);
}

export function hasHelm(): boolean {
  return helmFolder() !== undefined;
}

const example = (compiled: string) => `node '${path.join(compiled, 'child.js')}' "$OUT" example-platform`;

/** The manifests of the example by its own program alone. */
export const exampleByNode: Subject = (compiled, read) => inRoot(example(compiled), read);

/** The same by the command of cdk8s; not through npx, which starts a process of its own. */
export const exampleByCdk8s: Subject = (compiled, read) => (
  inRoot(`'${path.join('node_modules', '.bin', 'cdk8s')}' synth --app '${example(compiled)}' --output "$OUT"`, read));

/** The example reads its values files from there. */
function inRoot<T>(command: string, read: (outdir: string) => T): Measured<T> {
  return runCommand(`cd '${ROOT}' && ${command}`, read);
}

// ---- what makes a comparison fair --------------------------------------------------------------------------------------

export type Content = 'bytes' | 'objects' | 'count' | 'any';

const READERS: Readonly<Record<Content, (outdir: string) => unknown>> = {
  bytes: (outdir) => [...readFiles(outdir)],
  objects: readObjects,
  count: countObjects,
  any: () => undefined,
};

/**
 * Fails unless both have the same content: files byte by byte, objects after parsing, or at least as many objects on the left.
 *
 * @returns how much was compared
 */
export function compareContent(compiled: string, ours: Subject, theirs: Subject, content: Content): number {
  const [left, right] = [ours, theirs].map((subject) => subject(compiled, READERS[content]).result);
  const equal = content === 'count' ? left as number >= (right as number) : JSON.stringify(left) === JSON.stringify(right);
  if (!equal) {
    throw new Error(`The contents differ (${content}), so a comparison of times would be unfair.`);
  }
  return Array.isArray(left) ? left.length : left as number;
}

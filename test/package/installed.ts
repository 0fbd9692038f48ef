import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..', '..');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A package as `npm install` records it. */
export interface Installed {
  readonly version: string;
  readonly hasInstallScript?: boolean;
}

/** A folder of a user, in which npm has installed packages. */
export class UserFolder {
  public readonly path = mkdtempSync(join(tmpdir(), 'package-'));

  constructor(...packages: string[]) {
    this.write('package.json', '{ "private": true }');
    const { status, stderr } = this.run('npm', 'install', '--no-audit', '--no-fund', '--loglevel', 'error', ...packages);
    if (status !== 0) {
      throw new Error(stderr);
    }
  }

  /** What is installed, by its path below `node_modules`. */
  public get installed(): Record<string, Installed> {
    const { packages } = JSON.parse(this.read('node_modules/.package-lock.json')) as { packages: Record<string, Installed> };
    return Object.fromEntries(Object.entries(packages)
      .map(([path, { version, hasInstallScript }]) => [path.replace(/^node_modules\//, ''), { version, hasInstallScript }]));
  }

  public run(program: string, ...args: string[]): Ended {
    return spawnSync(program, args, { cwd: this.path, encoding: 'utf8', env: { ...process.env, CDK8S_OUTDIR: undefined, NODE_OPTIONS: undefined } });
  }

  /** Compiles files, with the types of Node as the only ones that are not installed here, and returns the errors. */
  public compile(...args: string[]): string {
    const modules = join(ROOT, 'node_modules');
    const options = ['--strict', '--target', 'es2022', '--module', 'node16', '--typeRoots', join(modules, '@types'), '--types', 'node'];
    return this.run(join(modules, '.bin', 'tsc'), ...options, ...args).stdout;
  }

  public write(file: string, text: string): void {
    mkdirSync(join(this.path, file, '..'), { recursive: true });
    writeFileSync(join(this.path, file), text);
  }

  public read(file: string): string {
    return readFileSync(join(this.path, file), 'utf8');
  }
}

/** The package that `npx projen package:js` writes. */
export function packed(): string {
  const folder = join(ROOT, 'artifacts', 'js');
  return join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz'))!);
}

/** The paths of all files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
}

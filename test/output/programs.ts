import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '..', '..');

export interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** Writes a program that defines a ConfigMap for each chart, and runs it in a process of its own. */
export function run(file: string, outdir: string, charts: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): Ended {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `
const { ApiObject, Chart } = require(${JSON.stringify(require.resolve('cdk8s'))});
const { App } = require(${JSON.stringify(join(root, 'src', 'platform', 'app'))});
const fs = require('fs');
const rename = fs.renameSync;
let left = Number(process.env.KILLED_AT_RENAME ?? 0);
fs.renameSync = (...args) => {
  if (--left === 0) process.kill(process.pid, 'SIGKILL');
  if (process.env.NO_FOLDER_MOVES && fs.statSync(args[0]).isDirectory()) throw Object.assign(new Error('busy'), { code: 'EBUSY' });
  return rename(...args);
};
const write = fs.writeFileSync;
fs.writeFileSync = (...args) => {
  if (process.env.FULL_DISK) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  return write(...args);
};
const app = new App({ outdir: ${JSON.stringify(outdir)} });
for (const [chart, data] of Object.entries(${JSON.stringify(charts)})) {
  new ApiObject(new Chart(app, chart), 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { text: data } });
}
try {
  app.synth();
} catch (error) {
  process.stderr.write(error.message);
  process.exitCode = 1;
}
`);
  const { status, signal, stderr } = spawnSync(process.execPath, ['--require', require.resolve('tsx/cjs'), file],
    { cwd: dirname(file), encoding: 'utf8', timeout: 60_000, env: { ...process.env, ...env, TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json') } });
  return { status, signal, stderr };
}

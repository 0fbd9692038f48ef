import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { countManifests } from './manifests';

/**
 * What a process cost, start included.
 */
export interface Cost {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly objects: number;
}

/**
 * Runs a scenario in a process and folder of its own.
 */
export function runScenario(compiled: string, scenario: string, size: number): Cost {
  return inFolder((outdir) => {
    const output = execFileSync(process.execPath, [path.join(compiled, 'child.js'), scenario, String(size), outdir], {
      encoding: 'utf8',
      // findings of the constructs
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(output) as Cost;
  });
}

/**
 * Runs a command with all the processes it starts; bash counts them together.
 */
export function runCommand(command: (outdir: string) => string): Cost {
  return inFolder((outdir) => {
    const { status, stderr } = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time { ${command(outdir)}; } >/dev/null 2>&1`], {
      encoding: 'utf8',
      env: { ...process.env, CDK8S_OUTDIR: outdir, CDK8S_CHECK_UPGRADE: 'false' },
    });
    if (status !== 0) {
      throw new Error(`${command(outdir)}: exit code ${status}`);
    }
    const [user, system] = stderr.trim().split(' ').map(Number);
    return { cpuSeconds: user + system, peakMegabytes: NaN, objects: countManifests(outdir) };
  });
}

function inFolder<T>(run: (outdir: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    return run(path.join(folder, 'dist'));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { compile, ROOT } from './compile';
import type { Measurement } from './goals';
import { GOALS } from './goals';
import type { Row } from './report';
import { format, isReached, page } from './report';

/**
 * Measures all goals and writes docs/performance.md, or those that `--only` names and writes nothing: `--only growth:canary`, `--only helm`.
 */
async function main(args: readonly string[]): Promise<void> {
  const only = args.filter((arg) => arg !== '--only');
  const goals = GOALS.filter(({ id }) => only.length === 0 || only.some((word) => id === word || id.startsWith(`${word}:`)));
  if (goals.length === 0) {
    throw new Error(`There is no goal ${only.join(', ')}. Choose from ${GOALS.map(({ id }) => id).join(', ')}.`);
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    const compiled = await compile(folder);
    const rows = goals.map((goal): Row => {
      const missing = goal.missing?.();
      if (missing === undefined) {
        goal.check?.(compiled);
      }
      const measured = missing === undefined ? median(Array.from({ length: goal.runs }, () => goal.measure(compiled))) : undefined;
      const row = { goal, missing, measured };
      process.stdout.write(`${format(row)}\n`);
      return row;
    });
    if (only.length === 0) {
      fs.writeFileSync(path.join(ROOT, 'docs', 'performance.md'), page(rows));
    }
    process.exitCode = rows.every(isReached) ? 0 : 1;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function median(measurements: readonly Measurement[]): Measurement {
  return [...measurements].sort((a, b) => a.value - b.value)[Math.floor(measurements.length / 2)];
}

void main(process.argv.slice(2));

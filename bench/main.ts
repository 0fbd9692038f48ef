import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { compile } from './compile';
import { Goal, GOALS, Measurement } from './goals';

const PAGE = path.join(__dirname, '..', 'docs', 'performance.md');

/**
 * Measures all goals, or those whose names contain an argument, and writes the table of docs/performance.md.
 */
function main(words: readonly string[]): void {
  const compiled = compile();
  const goals = GOALS.filter((goal) => words.every((word) => goal.name.includes(word)));
  const rows = goals.map((goal) => {
    const row = { goal, measured: isMissing(goal.requires) ? undefined : median(Array.from({ length: goal.runs }, () => goal.measure(compiled))) };
    process.stdout.write(`${format(row)}\n`);
    return row;
  });
  if (goals.length === GOALS.length) {
    fs.mkdirSync(path.dirname(PAGE), { recursive: true });
    fs.writeFileSync(PAGE, page(rows));
  }
  process.exitCode = rows.every(isReached) ? 0 : 1;
}

interface Row {
  readonly goal: Goal;
  /** Undefined if a program that it requires is missing. */
  readonly measured?: Measurement;
}

function isMissing(program: string | undefined): boolean {
  return program !== undefined && spawnSync(program, ['version']).error !== undefined;
}

function median(measurements: readonly Measurement[]): Measurement {
  return [...measurements].sort((a, b) => a.value - b.value)[Math.floor(measurements.length / 2)];
}

function isReached({ goal, measured }: Row): boolean {
  return measured !== undefined && measured.value <= goal.target;
}

function format(row: Row): string {
  const { goal, measured } = row;
  const number = (value: number) => goal.unit === 'MB' ? `${value.toFixed(0)} MB` : value.toFixed(3);
  const name = `| ${goal.name} | <= ${goal.unit === 'MB' ? number(goal.target) : goal.target} |`;
  return measured === undefined
    ? `${name} | no ${goal.requires} on the PATH | **not measured** |`
    : `${name} ${number(measured.value)} | ${measured.detail} | ${isReached(row) ? 'reached' : '**missed**'} |`;
}

function page(rows: readonly Row[]): string {
  return `# Performance

Written by \`npm run bench\`; do not edit. Each process is measured with its start, in CPU seconds (user and system). The
two sides of a ratio run one after the other; the median of several pairs counts. A service is one chart of ten
cdk8s-plus objects in each of three environments; our constructs define a few more objects, and larger ones, for it.

Measured on ${os.cpus().length} cores and ${Math.round(os.totalmem() / 2 ** 30)} GB of memory, Node ${process.versions.node.split('.')[0]}.

| goal | target | measured | CPU or memory | verdict |
| --- | --- | --- | --- | --- |
${rows.map(format).join('\n')}

## What is not reached

- Our constructs at 100 services: of their time, a quarter of a second starts Node and loads cdk8s and this library, 0.1 s writes a file for each service,
  and the rest builds and renders the tree before the JIT compiler has seen it often. At 500 services the ratio is below its goal.
- The example platform: its stores, backups and alerts are twice the objects that it had when the goal was set, and the library that is loaded has
  grown with them, while what \`cdk8s synth\` adds is the same.
- Our constructs beside one Helm chart with \`range\`: Helm fills in text, and judges nothing. Ours check every value, join the connections of
  both ends and prove the capacity. The goal was set by raw objects without any of this.

## What costs time

- The App of cdk8s validates the whole app, and spreads its dependencies over all objects, once for each chart. Ours does
  both once. The time of cdk8s grows with the square of the number of charts, ours with the number of objects.
- cdk8s follows every path of dependencies; ours visits each construct once, so that depth costs nothing.
- At 100 services a quarter of what is left is the start of Node and the loading of cdk8s, and another the construction
  of the tree.
- \`cdk8s synth\` loads its code generators before it starts the app. \`npm run synth\` starts the app alone.
- Files that do not change are not written: replacing a file takes several times as long as reading it.

## To measure one goal

\`\`\`text
npx tsx bench/main.ts deep       # goals whose names contain the word; the page is not written
\`\`\`
`;
}

main(process.argv.slice(2));

import * as os from 'os';
import type { Goal, Measurement } from './goals';

/** A goal and what was measured. */
export interface Row {
  readonly goal: Goal;
  /** Undefined if it cannot be measured here. */
  readonly measured?: Measurement;
  readonly missing?: string;
}

export function isReached({ goal, measured }: Row): boolean {
  return measured !== undefined && measured.value <= goal.target;
}

export function format(row: Row): string {
  const { goal, measured, missing } = row;
  const text = (value: number) => goal.unit === 'MB' ? `${value.toFixed(0)} MB` : value.toFixed(goal.target < 1 ? 3 : 2);
  return measured === undefined
    ? `| \`${goal.id}\` | ${goal.name} | ${text(goal.target)} | - | ${missing} | **not measured** |`
    : `| \`${goal.id}\` | ${goal.name} | ${text(goal.target)} | ${text(measured.value)} | ${measured.detail} | ${isReached(row) ? 'reached' : '**missed**'} |`;
}

function missedGoal({ goal, measured }: Row): string {
  return `- \`${goal.id}\`: ${goal.name}, ${measured?.value.toFixed(3) ?? 'not measured'}.${goal.reason === undefined ? '' : ` ${goal.reason}`}`;
}

export function page(rows: readonly Row[]): string {
  const missed = rows.filter((row) => !isReached(row));
  return `# Performance

\`npm run bench\` writes this page; do not edit it. \`npm run bench -- --only growth:canary\` measures one goal, \`--only growth\` a group of goals, and
neither writes the page.

All times are CPU time (user and system) of a process and its children. A ratio compares two programs that run one after the other, including the
start of Node.js; the median of several pairs counts. An exponent of growth is the binary logarithm of the time with 400 services divided by the
time with 200, without the time to load modules: 1 is linear.

Measured on ${os.cpus().length} cores and ${Math.round(os.totalmem() / 2 ** 30)} GB of memory with Node.js ${process.versions.node.split('.')[0]}.

| id | goal | target | measured | CPU time or memory | verdict |
| --- | --- | --- | --- | --- | --- |
${rows.map(format).join('\n')}

## Missed goals

${missed.length === 0 ? 'None.' : missed.map(missedGoal).join('\n')}

## What the programs do

- **Our constructs**: services in groups of five, each in three environments. A group is one \`ServiceChart\`; each service calls the next one.
- **Literals**: a module with the same objects as plain literals, printed by the same emitter to byte-identical files. This is the floor: it has no
  constructs, no settings and no checks. With the same objects as plain \`ApiObject\`s under our \`App\`, the ratio is about 2.
- **Helm**: one chart with \`range\` and values, and one process for each environment. After parsing, its objects equal ours.
- **cdk8s-plus**: ten objects for each service, one chart for each service and environment. Ours are at least as many and larger.
- **Growth**: one namespace with all services, except for \`groups\` and \`all\`, which have three environments with groups of five.

## What costs time

- The \`App\` of cdk8s validates the whole tree and resolves its dependencies once for each chart. Ours does both once. Its time grows with the square
  of the number of charts.
- cdk8s follows every path of dependencies. Ours visits each construct once, so the depth of a chain costs nothing.
- At 500 services, V8's optimizing compiler takes a quarter of the CPU time, on threads of its own, and garbage collection a seventh.
- At 100 services, starting Node.js and loading cdk8s and this library take about a quarter of the time.
- \`cdk8s synth\` loads its code generators before it starts the app. \`npm run synth\` starts the app alone.
- Synthesis does not write files that do not change. Replacing a file takes several times as long as reading it.
`;
}

import type { Content, Subject } from './subjects';
import {
  compareContent, exampleByCdk8s, exampleByNode, floor, hasHelm, helm, scenario, services,
} from './subjects';

/**
 * Something to reach, and how to measure it.
 *
 * To add one: write a file in `scenarios/` that exports `run(outdir, ...args)`, and a goal here.
 */
export interface Goal {
  /** By which `--only` chooses it. */
  readonly id: string;
  readonly name: string;
  /** The most that the measured number may be. */
  readonly target: number;
  readonly unit: 'x' | 'MB' | 'exponent';
  /** How many times it is measured; the median counts. */
  readonly runs: number;
  /** Why it cannot be measured here. */
  readonly missing?: () => string | undefined;
  /** What the time goes to, for the page, where the goal is missed. */
  readonly reason?: string;
  /** Fails if what is compared is not the same. */
  readonly check?: (compiled: string) => void;
  readonly measure: (compiled: string) => Measurement;
}

export interface Measurement {
  readonly value: number;
  /** What was compared, in words. */
  readonly detail: string;
}

const ignore = () => undefined;
const seconds = (value: number) => `${value.toFixed(2)} s`;

/** One right after the other, so that a busy machine slows both. */
function ratio(ours: Subject, theirs: Subject): Goal['measure'] {
  return (compiled) => {
    const [a, b] = [ours, theirs].map((subject) => subject(compiled, ignore).cost.cpuSeconds);
    return { value: a / b, detail: `${seconds(a)} / ${seconds(b)}` };
  };
}

/** A comparison with other programs that make the same: the contents are compared with few services, the times with many. */
function comparison(
  id: string, name: string, sizes: Readonly<Record<number, number>>, ours: (size: number) => Subject, theirs: (size: number) => Subject,
  content: Content, options: Partial<Goal> = {},
): Goal[] {
  return Object.entries(sizes).map(([size, target]) => ({
    id: `${id}:${size}`,
    name: `${name}, ${size} services`,
    target,
    unit: 'x',
    runs: 5,
    check: (compiled) => compareContent(compiled, ours(10), theirs(10), content),
    measure: ratio(ours(Number(size)), theirs(Number(size))),
    ...options,
  }));
}

/** How the time after loading grows: 1 is linear, 2 quadratic. */
function growth(shape: string, name: string): Goal {
  const at = (size: number, compiled: string) => scenario('growth', size, shape)(compiled, ignore).cost.runSeconds;
  return {
    id: `growth:${shape}`,
    name: `growth: ${name}`,
    target: 1.1,
    unit: 'exponent',
    runs: 3,
    measure: (compiled) => {
      const [small, middle, large] = [100, 200, 400].map((size) => at(size, compiled));
      return { value: Math.log2(large / middle), detail: [small, middle, large].map(seconds).join(', ') };
    },
  };
}

const stock = (size: number) => scenario('cdk8s-plus-stock', size);
const sameTree = (size: number) => scenario('cdk8s-plus-single-pass', size);

export const GOALS: readonly Goal[] = [
  ...comparison('floor', 'our constructs / the same objects as literals', { 500: 4, 100: 4, 10: 4 }, services, floor, 'bytes'),
  ...comparison('helm', 'our constructs / one Helm chart with the same objects', { 500: 0.7, 100: 0.8 }, services, helm, 'objects', {
    missing: () => hasHelm() ? undefined : 'no Helm on the PATH',
    reason: 'Helm fills text into a template. Ours also builds constructs, joins the connections of both ends and checks the manifests.',
  }),
  ...comparison('cdk8s-plus', 'our constructs / cdk8s-plus on stock App', { 500: 0.05 }, services, stock, 'count', { runs: 1 }),
  ...comparison('cdk8s-plus', 'our constructs / cdk8s-plus on stock App', { 100: 0.2, 10: 1 }, services, stock, 'count', {
    reason: 'More than a third of the time at 100 services loads modules and compiles code that then runs a few hundred times.',
  }),
  ...comparison('app', 'the same cdk8s-plus tree, our App / stock App', { 500: 0.05 }, sameTree, stock, 'objects', { runs: 1 }),
  ...comparison('app', 'the same cdk8s-plus tree, our App / stock App', { 100: 0.25, 10: 0.6 }, sameTree, stock, 'objects'),
  {
    id: 'two-services',
    name: 'a program of two services / loading cdk8s alone',
    target: 2.4,
    unit: 'x',
    runs: 9,
    reason: 'Most of the time loads the modules of the library.',
    measure: ratio(scenario('two-services'), scenario('cdk8s-alone')),
  },
  {
    id: 'synth',
    name: 'the example, 9 services x 3: node / cdk8s synth',
    target: 0.4,
    unit: 'x',
    runs: 5,
    reason: 'The stores of the example load most modules of the library, while the part that only `cdk8s synth` has stays the same.',
    check: (compiled) => compareContent(compiled, exampleByNode, exampleByCdk8s, 'bytes'),
    measure: ratio(exampleByNode, exampleByCdk8s),
  },
  {
    id: 'depth',
    name: 'charts on a chain of shared charts, 6 / 1 deep',
    target: 1.2,
    unit: 'x',
    runs: 3,
    measure: ratio(scenario('chart-dependencies', 6), scenario('chart-dependencies', 1)),
  },
  {
    id: 'memory',
    name: 'peak memory of our constructs, 500 services',
    target: 200,
    unit: 'MB',
    runs: 3,
    measure: (compiled) => ({ value: services(500)(compiled, ignore).cost.peakMegabytes, detail: 'resident set' }),
  },
  growth('rolling', 'services in one namespace'),
  growth('groups', 'services in groups of five'),
  growth('worker', 'workers in one namespace'),
  growth('canary', 'canaries in one namespace'),
  growth('blue-green', 'blue-green services in one namespace'),
  growth('topics', 'services with topics on a broker'),
  growth('stores', 'services with stores'),
  growth('values', 'services with values files'),
  growth('gateway', 'services with gateway routes'),
  growth('mesh', 'services in a mesh'),
  growth('helm', 'services with Helm charts'),
  growth('argo-cd', 'services with an ArgoCdRepository'),
  growth('all', 'groups with all of these'),
];

import * as path from 'path';
import { Cost, runCommand, runScenario } from './process';

/**
 * Something to reach, and how to measure it.
 *
 * To add one: write a file in `scenarios/` that exports `run(outdir, size)`, and a goal here.
 */
export interface Goal {
  readonly name: string;
  /** The most that the measured number may be. */
  readonly target: number;
  readonly unit: 'x' | 'MB';
  /** How often it is measured; the median counts. */
  readonly runs: number;
  /** A program that must be on the PATH; without it the goal is not measured, and so not reached. */
  readonly requires?: string;
  readonly measure: (compiled: string) => Measurement;
}

export interface Measurement {
  readonly value: number;
  /** What was compared, in words. */
  readonly detail: string;
}

type Run = (compiled: string) => Cost;

const scenario = (name: string, size: number): Run => (compiled) => runScenario(compiled, name, size);
const stock = (services: number) => scenario('cdk8s-plus-stock', services);
const sameTree = (services: number) => scenario('cdk8s-plus-single-pass', services);
const microservices = (services: number) => scenario('microservices', services);

/** Both one after the other, so that a busy machine slows both. */
function ratio(one: Run, other: Run, atLeastAsManyObjects = false): Goal['measure'] {
  return (compiled) => {
    const [a, b] = [one(compiled), other(compiled)];
    if (atLeastAsManyObjects && a.objects < b.objects) {
      throw new Error(`${a.objects} objects are compared with ${b.objects}. Let the scenario define as many.`);
    }
    return { value: a.cpuSeconds / b.cpuSeconds, detail: `${seconds(a)} / ${seconds(b)}` };
  };
}

function memory(one: Run): Goal['measure'] {
  return (compiled) => ({ value: one(compiled).peakMegabytes, detail: 'resident set' });
}

function seconds({ cpuSeconds, objects }: Cost): string {
  return `${cpuSeconds.toFixed(2)} s (${objects} objects)`;
}

/** Not by npx, which starts a process of its own. */
const CDK8S = path.join(__dirname, '..', 'node_modules', '.bin', 'cdk8s');

const platform = (compiled: string, outdir: string) => `node ${path.join(compiled, 'child.js')} example-platform 0 ${outdir}`;

const HELM_CHART = path.join(__dirname, 'helm-chart');

/** One chart that ranges over the services, a process for each environment. */
const helm = (services: number): Run => () => runCommand((outdir) => `mkdir -p ${outdir}; `
  + `for environment in dev staging prod; do helm template services ${HELM_CHART} --namespace $environment --set services=${services} `
  + `> ${outdir}/$environment.yaml || exit 1; done`);

export const GOALS: readonly Goal[] = [
  { name: 'the same cdk8s-plus tree, our App / stock App, 500 services', target: 0.10, unit: 'x', runs: 1, measure: ratio(sameTree(500), stock(500)) },
  { name: 'the same cdk8s-plus tree, our App / stock App, 100 services', target: 0.30, unit: 'x', runs: 5, measure: ratio(sameTree(100), stock(100)) },
  { name: 'the same cdk8s-plus tree, our App / stock App, 10 services', target: 0.70, unit: 'x', runs: 5, measure: ratio(sameTree(10), stock(10)) },
  { name: 'our constructs / cdk8s-plus on stock App, 500 services', target: 0.05, unit: 'x', runs: 1, measure: ratio(microservices(500), stock(500), true) },
  { name: 'our constructs / cdk8s-plus on stock App, 100 services', target: 0.20, unit: 'x', runs: 5, measure: ratio(microservices(100), stock(100), true) },
  {
    name: 'our constructs / one Helm chart with range, 500 services',
    target: 0.70,
    unit: 'x',
    runs: 3,
    requires: 'helm',
    measure: ratio(microservices(500), helm(500), true),
  },
  { name: 'our constructs, 1000 / 500 services', target: 2.2, unit: 'x', runs: 3, measure: ratio(microservices(1000), microservices(500)) },
  {
    name: 'charts on a chain of shared charts, 6 / 1 deep',
    target: 1.2,
    unit: 'x',
    runs: 3,
    measure: ratio(scenario('chart-dependencies', 6), scenario('chart-dependencies', 1)),
  },
  {
    name: 'the example platform, 9 services x 3: node / cdk8s synth',
    target: 0.40,
    unit: 'x',
    runs: 3,
    measure: ratio(
      (compiled) => runCommand((outdir) => platform(compiled, outdir)),
      (compiled) => runCommand((outdir) => `${CDK8S} synth --app '${platform(compiled, outdir)}' --output ${outdir}`),
    ),
  },
  { name: 'peak memory, cdk8s-plus tree under our App, 500 services', target: 250, unit: 'MB', runs: 3, measure: memory(sameTree(500)) },
  { name: 'peak memory, our constructs, 500 services', target: 250, unit: 'MB', runs: 3, measure: memory(microservices(500)) },
];

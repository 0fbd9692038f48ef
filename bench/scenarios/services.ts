import { GROUP_SIZE } from './group-size';
import { chain, chartsOf, defineService, roomy } from './groups';
import { App, Environment, PlatformProfile } from '../../src';

/**
 * Services in three environments, in groups of five, each calling the next one of its group.
 */
export function run(outdir: string, size: string): void {
  const environments = Environment.standard();
  const profile = roomy(PlatformProfile.standard(), environments);
  const app = new App({ outdir });
  for (const environment of environments) {
    for (const { chart, numbers } of chartsOf(app, Number(size), GROUP_SIZE, { environment, profile })) {
      chain(numbers.map((number) => defineService(chart, number)), (from, to) => from.calls(to));
    }
  }
  app.synth();
}

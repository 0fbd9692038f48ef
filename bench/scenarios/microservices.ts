import { App, Capacity, Environment, Image, Microservice, PlatformProfile, ServiceChart } from '../../src';

/** Services of a group share a chart and a namespace. */
const GROUP_SIZE = 5;

/** As large as it takes: capacity is not what is measured. */
const CAPACITY: Capacity = { cpu: '200', memory: '400Gi' };
const POOL: Capacity = { cpu: '200000', memory: '400000Gi' };

/**
 * Services in three environments, each calling the next one of its group.
 */
export function run(outdir: string, services: number): void {
  const environments = Environment.standard();
  const profile = PlatformProfile.standard().customize({
    defaultQuota: CAPACITY,
    capacity: Object.fromEntries(environments.map((environment) => [environment.capacityPool, POOL])),
  });
  const app = new App({ outdir });
  for (const environment of environments) {
    for (let first = 0; first < services; first += GROUP_SIZE) {
      const group = new ServiceChart(app, `group-${first / GROUP_SIZE}`, { environment, profile });
      const size = Math.min(GROUP_SIZE, services - first);
      const members = Array.from({ length: size }, (_, index) => new Microservice(group, `service-${first + index}`, {
        image: Image.parse(`registry.example.com/service-${first + index}:1.0`),
      }));
      members.slice(1).forEach((member, index) => members[index].calls(member));
    }
  }
  app.synth();
}

import type { Capacity, MicroserviceProps, ServiceChartProps } from '../../src';
import { App, Environment, Image, Microservice, PlatformProfile, ServiceChart } from '../../src';

/** Large enough for every size: capacity is not measured. */
const QUOTA: Capacity = { cpu: '200000', memory: '400000Gi' };

/** A profile with room for all services. */
export function roomy(profile: PlatformProfile, environments: readonly Environment[]): PlatformProfile {
  const pool = { cpu: '90000000', memory: '90000000Gi' };
  return profile.customize({
    defaultQuota: QUOTA,
    capacity: Object.fromEntries(environments.map(({ capacityPool }) => [capacityPool, pool])),
  });
}

export function imageOf(service: string): Image {
  return Image.parse(`registry.example.com/${service}:1.0`);
}

/** The charts of an environment, each with the numbers of its services. */
export function chartsOf(app: App, services: number, groupSize: number, props: ServiceChartProps): { chart: ServiceChart; numbers: number[] }[] {
  return Array.from({ length: Math.ceil(services / groupSize) }, (_, group) => ({
    chart: new ServiceChart(app, `group-${group}`, props),
    numbers: Array.from({ length: Math.min(groupSize, services - group * groupSize) }, (__, index) => group * groupSize + index),
  }));
}

export function defineService(chart: ServiceChart, number: number, props: MicroserviceProps = {}): Microservice {
  return new Microservice(chart, `service-${number}`, { image: imageOf(`service-${number}`), ...props });
}

/** Each calls the next one. */
export function chain<S>(services: readonly S[], link: (from: S, to: S) => void): void {
  services.slice(1).forEach((next, index) => link(services[index], next));
}

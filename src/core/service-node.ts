import type { IConstruct } from 'constructs';
import type { ServiceNode } from './edges';
import { TreeValue } from '../values/tree-value';

const SERVICE = new TreeValue<ServiceNode>('service');

export function provideServiceNode(service: ServiceNode): void {
  SERVICE.set(service.construct, service);
}

/** A construct as connections see it; undefined if it takes no part in them. */
export function serviceNodeOf(construct: IConstruct): ServiceNode | undefined {
  return SERVICE.own(construct);
}

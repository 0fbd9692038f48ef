import type { Construct } from 'constructs';
import { takeServiceNames } from './service-names';
import type { WorkloadSettings } from './workload-settings';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import type { ServiceGroup } from '../core/service-group';
import { provideServiceNode } from '../core/service-node';
import type { IWorkload } from '../core/workload';
import { appChannelOf } from '../dapr/app-channel';
import { fail } from '../values/errors';

/** Records a workload, so that others find it by its name. */
export function registerService(workload: Construct & IWorkload, group: ServiceGroup, { containers, kind }: WorkloadSettings): ServiceNode {
  const connections = ConnectionIndex.of(workload);
  const { name, selectorLabels } = workload;
  const node: ServiceNode = {
    construct: workload,
    name,
    group,
    selectorLabels,
    ports: containers.reachable,
    dapr: containers.main.dapr,
    appId: kind.dapr._options.appId ?? name,
    scraped: containers.scraped,
    appChannel: appChannelOf(group.profile, kind.dapr, kind.ports),
    entryPoint: kind.entryPoint,
    metricsPorts: kind.metricsPorts,
  };
  provideServiceNode(node);
  const twin = connections.addService(node);
  if (twin) {
    fail(workload, `service '${name}' is defined already at ${twin.construct.node.path}`, 'Give one of them another name');
  }
  const namesake = node.dapr ? connections.addAppId(node) : undefined;
  if (namesake) {
    fail(workload, `has the Dapr app id '${node.appId}', which ${namesake.construct.node.path} has already`, 'Give one of them another appId');
  }
  takeServiceNames(node);
  return node;
}

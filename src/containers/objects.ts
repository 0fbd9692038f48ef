import type { Construct } from 'constructs';
import { CONTAINER_SETTINGS } from './container-settings';
import type { PodContainers } from './pod-containers';
import { objectName } from './rendering';
import type * as prometheus from '../../imports/prometheus-operator';
import { defineObject } from '../core/kubernetes-object';
import { checksum } from '../core/pod-parts';
import type { Labels } from '../values/labels';

/**
 * Defines what containers need besides the pod: a ConfigMap for each with a configuration, and a PodMonitor for each with metrics.
 */
export function defineContainerObjects(scope: Construct, pod: PodContainers, selectorLabels: Labels): void {
  const containers = CONTAINER_SETTINGS.of(pod.main.group.profile);
  for (const container of pod.sidecars) {
    const name = objectName(pod, container);
    if (container.configuration) {
      defineObject(scope, `${container.name}-config`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { ...container.configuration } });
    }
    const { metricsPort: port, metricsPath: path } = container;
    if (port) {
      defineObject<prometheus.PodMonitorSpec>(scope, `${container.name}-metrics`, {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PodMonitor',
        metadata: { name },
        spec: {
          selector: { matchLabels: { ...selectorLabels } },
          podMetricsEndpoints: [{ port: port.name, path: path ?? containers.metricsPath }],
        },
      });
    }
  }
}

/** Annotations of the pod, by which a change of a configuration is a new pod template and rolls out. */
export function configurationChecksums({ sidecars }: PodContainers): { [name: string]: string } {
  return Object.fromEntries(sidecars.flatMap(({ name, configuration }) => configuration ? [[`checksum/${name}`, checksum(configuration)]] : []));
}

import type { Construct } from 'constructs';
import type { KafkaDefinition } from './kafka-definition';
import { containerTemplate, podTemplate } from './kafka-pods';
import type * as strimzi from '../../../imports/strimzi';
import { defineWorkload } from '../../core/kubernetes-object';
import type { Resources } from '../../values/resources';
import { storageClassName } from '../hosted/volumes';

type PoolSpec = strimzi.KafkaNodePoolSpec;

export const API_VERSION = 'kafka.strimzi.io/v1';

/** By this label Strimzi knows what belongs to a Kafka. */
export function belongingTo(kafka: { name: string }): { [label: string]: string } {
  return { 'strimzi.io/cluster': kafka.name };
}

/** Nodes of one kind. */
interface Nodes {
  readonly role: 'broker' | 'controller';
  /** The name of the pool, which is unique in the namespace: those of several clusters may stand there. */
  readonly name: string;
  /** The label `app` of its pods. */
  readonly app: string;
  readonly replicas: number;
  readonly storage: string;
  readonly resources: Resources;
}

/** The two pools of a cluster: controllers of their own, so that no load on brokers and no roll-out of them disturbs the quorum. */
export function nodesOf(kafka: KafkaDefinition): [brokers: Nodes, controllers: Nodes] {
  const { name, settings } = kafka;
  const controllers = `${name}-controllers`;
  return [
    { role: 'broker', name: `${name}-brokers`, app: name, replicas: settings.brokers, storage: settings.storage, resources: kafka.brokerResources },
    {
      role: 'controller',
      name: controllers,
      app: controllers,
      replicas: settings.controllers,
      storage: settings.controllerStorage,
      resources: kafka.controllerResources,
    },
  ];
}

/** Defines a pool of nodes. */
export function defineNodePool(scope: Construct, kafka: KafkaDefinition, nodes: Nodes): void {
  const { settings } = kafka;
  defineWorkload<PoolSpec>(scope, nodes.name, {
    apiVersion: API_VERSION,
    kind: 'KafkaNodePool',
    metadata: { name: nodes.name, labels: { app: nodes.app, ...belongingTo(kafka) } },
    spec: {
      replicas: nodes.replicas,
      roles: [nodes.role],
      storage: {
        // jbod also with one volume, because only then may a second be added later
        type: 'jbod',
        volumes: [{
          id: 0,
          type: 'persistent-claim',
          size: nodes.storage,
          class: storageClassName(settings.storageClass),
          deleteClaim: false,
          kraftMetadata: 'shared',
        }],
      },
      resources: nodes.resources._toKube(),
      template: {
        pod: { ...podTemplate(kafka, nodes.app), terminationGracePeriodSeconds: settings.shutdown.toSeconds() },
        kafkaContainer: containerTemplate(),
        initContainer: containerTemplate(),
      },
    },
  });
}

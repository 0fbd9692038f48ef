import type { KafkaDefinition } from './kafka-definition';
import type * as strimzi from '../../../imports/strimzi';
import { containerSecurity, pullSecrets } from '../../core/pod-parts';
import { priorityClassOf } from '../../core/priority-class';
import { placement } from '../hosted/hosted-pods';

/** The files of Strimzi's images, and those on its volumes, belong to this group: it is built into the images. */
const FILE_GROUP = 0;

type PodTemplate = strimzi.KafkaNodePoolSpecTemplatePod;
type ContainerTemplate = strimzi.KafkaNodePoolSpecTemplateKafkaContainer;

/**
 * The pods that Strimzi makes of one kind, as Pod Security `restricted` wants them. Their user is the one of the image.
 *
 * Strimzi gives its pods the labels of their resource. `app` is said again, because policies and spreading must not mix brokers with
 * controllers and operators.
 */
export function podTemplate(kafka: KafkaDefinition, app: string): PodTemplate {
  const { group, settings } = kafka;
  const { profile } = group;
  return {
    metadata: { labels: { app } },
    imagePullSecrets: pullSecrets(profile),
    priorityClassName: priorityClassOf(group, settings.tier),
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      // OpenShift, which alone has Routes, gives each namespace a group of its own and refuses any other
      ...settings.externalListener === 'route' ? {} : { fsGroup: FILE_GROUP, fsGroupChangePolicy: 'OnRootMismatch' },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...placement({ group, settings, selectorLabels: { app } }),
  };
}

/** A container that cannot become root and cannot write to its image. */
export function containerTemplate(): ContainerTemplate {
  return { securityContext: containerSecurity() };
}

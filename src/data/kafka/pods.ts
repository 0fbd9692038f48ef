import type { KafkaDefinition } from './definition';
import type * as strimzi from '../../../imports/strimzi';
import type { Plain } from '../../core/kubernetes-object';
import { antiAffinity, containerSecurity, pullSecrets } from '../../core/pod-parts';

export const ZONE = 'topology.kubernetes.io/zone';

/** The files of Strimzi's images, and those on its volumes, belong to this group: it is built into the images. */
const FILE_GROUP = 0;

type PodTemplate = Plain<strimzi.KafkaNodePoolSpecTemplatePod>;
type ContainerTemplate = Plain<strimzi.KafkaNodePoolSpecTemplateKafkaContainer>;

/**
 * The pods that Strimzi makes of one kind, as Pod Security `restricted` wants them. Their user is the one of the image.
 *
 * Strimzi gives its pods the labels of their resource. `app` is said again, because policies and spreading must not mix brokers with
 * controllers and operators.
 */
export function podTemplate(kafka: KafkaDefinition, app: string): PodTemplate {
  const { group: { profile, namespace }, settings } = kafka;
  const labelSelector = () => ({ matchLabels: { app } });
  const { maxSkew } = profile._values.spread;
  return {
    metadata: { labels: { app } },
    imagePullSecrets: pullSecrets(profile),
    priorityClassName: `${namespace}-${settings.tier.name}`,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      // OpenShift, which alone has Routes, gives each namespace a group of its own and refuses any other
      ...settings.externalListener === 'route' ? {} : { fsGroup: FILE_GROUP, fsGroupChangePolicy: 'OnRootMismatch' },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    affinity: { podAntiAffinity: antiAffinity(profile, { app }) },
    topologySpreadConstraints: [
      { topologyKey: ZONE, maxSkew, labelSelector: labelSelector(), whenUnsatisfiable: settings.zoneSpread },
      { topologyKey: 'kubernetes.io/hostname', maxSkew, labelSelector: labelSelector(), whenUnsatisfiable: 'ScheduleAnyway' },
    ],
  } as PodTemplate;
}

/** A container that cannot become root and cannot write to its image. */
export function containerTemplate(): ContainerTemplate {
  return { securityContext: containerSecurity() } as ContainerTemplate;
}

import type { Construct } from 'constructs';
import { KAFKA_SETTINGS } from './kafka-section';
import type { KafkaSettings } from './kafka-settings';
import type { ServiceGroup } from '../../core/service-group';
import type { Environment } from '../../profile/environment';
import { fail } from '../../values/errors';
import type { Labels } from '../../values/labels';
import type { ResourceAmounts, Resources } from '../../values/resources';
import { serviceName } from '../../values/value-checks';
import { hostedLabels, hostingGroup, tierResources } from '../hosted/hosted-store';

/** `-entity-operator` and what Kubernetes appends to the names of a Deployment's pods fit into 63 characters. */
const LONGEST_NAME = 30;

/** A Kafka cluster that is decided in every detail, but has no object yet. */
export interface KafkaDefinition {
  readonly name: string;
  /** Its namespace, with the profile as the environment changes it whose services use it. */
  readonly group: ServiceGroup;
  readonly settings: Required<KafkaSettings>;
  readonly labels: Labels;
  readonly brokerResources: Resources;
  readonly controllerResources: Resources;
  readonly operatorResources: Resources;
}

/** Decides a Kafka cluster in every detail, or fails. */
export function decideKafka(construct: Construct, props: KafkaSettings & { environment?: Environment }): KafkaDefinition {
  const { environment, ...said } = props;
  const group = hostingGroup(construct, environment);
  const settings = KAFKA_SETTINGS.decide(construct, group.profile, said);
  const { port, externalPort } = settings;
  if (externalPort === port) {
    fail(construct, `kafka.externalPort ${port} is also kafka.port, and a port has one listener`, `Use another, such as ${port + 1}`);
  }

  const name = serviceName(construct, 'name', construct.node.id, LONGEST_NAME);
  const resources = (amounts: ResourceAmounts) => tierResources(construct, group.profile, settings.tier, amounts);
  return {
    name,
    group,
    settings,
    labels: hostedLabels(group, name, 'store', settings.version),
    brokerResources: resources(settings.resources),
    controllerResources: resources(settings.controllerResources),
    operatorResources: resources(settings.operatorResources),
  };
}

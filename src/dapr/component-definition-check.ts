import { componentProblems, directionsOf } from './catalog/component-catalog';
import type { ComponentEngine } from './component-engine';
import { describedBy } from './component-fields';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import type { ComponentNode } from '../core/component-node';
import type { ConnectionIndex } from '../core/connection-index';
import { groupOf } from '../core/service-group';
import { describe } from '../values/errors';

export const UNCHECKED_COMPONENT: RuleDescription = {
  id: 'MS-DAPR-004',
  severity: Severity.INFO,
  why: 'The type and the fields of a Dapr component are not checked, so a sidecar finds a mistake when it starts.',
  fix: 'Nothing to do, if a reviewer agrees with the reason.',
};

/** What the version of Dapr in force would refuse of a component, or ignore. */
export function checkDefinition({ components }: ConnectionIndex, { construct, endpoint }: ComponentNode): string[] {
  const component = describedBy(endpoint.engine as ComponentEngine);
  const dapr = `${groupOf(construct).profile.daprVersion}`;
  const directions = directionsOf(component, dapr);
  const misused = directions === undefined ? [] : [
    ...directions.includes('i') ? [] : components.triggersOf(endpoint).map(({ service }) => describe(
      `triggers '${service.name}', and ${component.type} is an output binding only`, 'Declare invokes()')),
    ...directions.includes('o') ? [] : components.invocationsOf(endpoint).map(({ service }) => describe(
      `is invoked by '${service.name}', and ${component.type} is an input binding only`, 'Declare triggeredBy()')),
  ];
  return [...componentProblems(component, dapr).map((problem) => describe(...problem)), ...misused];
}

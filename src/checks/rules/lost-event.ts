import type { IRule } from '../rule';
import { Severity } from '../severity';

export const LOST_EVENT: IRule = {
  id: 'MS-EVENT-001',
  severity: Severity.WARNING,
  why: 'A Trigger without dead letters loses an event when all its deliveries have failed.',
  fix: 'Name deadLetters of the trigger or of the broker.',
  check: (manifests) => manifests.of('Trigger', 'eventing.knative.dev').filter(({ namespace, spec }) => {
    const broker = manifests.named('Broker', spec.broker, namespace, 'eventing.knative.dev');
    return (spec.delivery?.deadLetterSink ?? broker?.spec.delivery?.deadLetterSink) === undefined;
  }).map((manifest) => ({ manifest, field: '/spec/delivery', problem: `loses an event of '${manifest.spec.broker}' after ${manifest.spec.delivery?.retry ?? 0} retries` })),
};

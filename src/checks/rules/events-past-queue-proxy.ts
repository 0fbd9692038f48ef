import type { Manifest } from '../../manifests/manifest';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const EVENTS_PAST_QUEUE_PROXY: IRule = {
  id: 'MS-SCALE-003',
  severity: Severity.WARNING,
  why: 'A function takes the events of a topic past the queue-proxy, so the number of its pods does not follow them.',
  fix: 'Set scaling.min to what the events need, or use a Microservice.',
  check: (manifests) => {
    const subscribers = new Set([
      ...manifests.of('Subscription', 'dapr.io').flatMap(({ namespace, json }) => (json.scopes ?? []).map((appId: string) => `${namespace}/${appId}`)),
      // an application that declares its subscriptions itself has no such object
      ...manifests.of('Component', 'dapr.io').flatMap(({ namespace, json }) => subscribing(json).map((appId) => `${namespace}/${appId}`)),
    ]);
    return manifests.of('Service', 'serving.knative.dev')
      .filter(({ namespace, podTemplate }) => subscribers.has(`${namespace}/${podTemplate?.metadata?.annotations?.['dapr.io/app-id']}`))
      .map((manifest) => ({ manifest, problem: `keeps ${manifest.podTemplate.metadata.annotations['autoscaling.knative.dev/min-scale'] ?? 0} without calls` }));
  },
};

/** The applications that may subscribe a topic of a pub/sub component: `order=paid;mailer=`. */
function subscribing({ spec }: Manifest['json']): string[] {
  const scopes: string = spec?.metadata?.find(({ name }: { name: string }) => name === 'subscriptionScopes')?.value ?? '';
  return scopes.split(';').map((scope) => scope.split('=')).filter(([, topics]) => topics).map(([appId]) => appId);
}

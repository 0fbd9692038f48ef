import type { Construct } from 'constructs';
import { KnativeBroker } from '../../src/messaging/knative-broker';
import type { ServiceChart } from '../../src/platform/service-chart';
import { Image } from '../../src/values/image';
import { Port } from '../../src/values/port';
import { Probe } from '../../src/values/probe';
import { SecretReference } from '../../src/values/secret-reference';
import { Tier } from '../../src/values/tier';
import { FunctionTraffic } from '../../src/workloads/function/function-traffic';
import { FunctionVisibility } from '../../src/workloads/function/function-visibility';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import type { KnativeFunctionProps } from '../../src/workloads/function/knative-function-props';

/** A function with an image set in code. */
export function knativeFunction(scope: Construct, id = 'thumbnail', props: KnativeFunctionProps = {}): KnativeFunction {
  return new KnativeFunction(scope, id, { image: Image.of('registry.example.com/thumbnail', { tag: '1.4.2' }), ...props });
}

/** Functions of every form in a group: what servers and the code of Knative are asked to take. */
export function everyFunction(chart: ServiceChart): { [name: string]: KnativeFunction } {
  const plain = knativeFunction(chart, 'thumbnail');
  const shared = knativeFunction(chart, 'pricing', {
    tier: Tier.CRITICAL,
    port: Port.grpc(9000),
    probes: { liveness: Probe.grpc(), readiness: Probe.grpc() },
    scaling: { min: 1, max: 4, initial: 2, target: 5 },
    concurrency: 8,
    revision: 'v2',
    traffic: [FunctionTraffic.latest(10, { tag: 'canary' }), FunctionTraffic.revision('v1', 90)],
    visibility: FunctionVisibility.EXTERNAL,
    config: { PRECISION: '2' },
    env: { CURRENCY: 'EUR' },
    secretFiles: [SecretReference.of('pricing', 'key.pem')],
    secretEnv: { PRICING_LICENSE: SecretReference.of('pricing', 'license') },
  });
  const measured = knativeFunction(chart, 'report', { scaling: { min: 1, max: 2, metric: 'cpu', target: 80 } });
  const events = new KnativeBroker(chart, 'events', { deadLetters: plain });
  plain.triggersOn(events, { eventType: 'com.example.picture.uploaded', source: '/pictures', attributes: { region: 'eu' }, route: '/events/picture' });
  shared.triggersOn(events, { retries: 0, backoff: 'linear', deadLetters: measured });
  plain.calls(shared);
  return { plain, shared, measured };
}

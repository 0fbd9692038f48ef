import { Topic } from '../../src/messaging/topic';
import type { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { QueueSource } from '../../src/scaling/queue-source';
import { MessageBroker } from '../../src/stores/redis/broker/message-broker';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { RedisScripting } from '../../src/stores/redis/redis-scripting';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Worker } from '../../src/workloads/worker';
import { group, manifestsOf, PROD, refusal, ROOMY, service } from '../support/platform';

type Use = (chart: ServiceChart, redis: ReturnType<typeof RedisCluster.fromNamespace>) => void;

const publishes: Use = (chart, redis) => service(chart).publishes(new Topic(chart, 'order-placed', { broker: redis }));
const keepsState: Use = (chart, redis) => service(chart).uses(redis);
const keepsStateByItself: Use = (chart, redis) => service(chart, 'checkout', { dapr: Dapr.none('its own driver') }).uses(redis);
const scalesOnList: Use = (chart, redis) => {
  const mailer = new Worker(chart, 'mailer', { image: Image.of('registry.example.com/mailer', { tag: '1.4.2' }) });
  mailer.uses(redis);
  mailer.scalesOn(QueueSource.redisList(redis, 'mails'));
};

/** The access rule of services, with the variables of the members in place. */
function accessRule(use: Use, scripting?: RedisScripting): string {
  const chart = group({ profile: ROOMY });
  const shared = new SharedChart(chart.node.root, 'infrastructure');
  new RedisCluster(shared, 'redis-prod', { environment: PROD, scripting });
  use(chart, RedisCluster.fromNamespace(chart, 'redis', 'infrastructure'));
  const manifests = manifestsOf(shared);
  const [container] = manifests.get('StatefulSet', 'redis-prod').spec.template.spec.containers;
  const { value } = container.env.find(({ name }: any) => name === 'SCRIPTING');
  const line = manifests.get('ConfigMap', 'redis-prod').data['start.sh'].split('\n').find((each: string) => each.startsWith('user $name'))!;
  return line.replace('${SCRIPTING:+ $SCRIPTING}', value === '' ? '' : ` ${value}`);
}

describe('the user of services', () => {
  test.each<[string, Use, string]>([
    ['runs no script where Redis carries topics only', publishes, '-@scripting +info'],
    ['runs EVAL where Dapr keeps state there', keepsState, '-@scripting +eval +info'],
    ['runs EVAL where KEDA measures a list', scalesOnList, '-@scripting +eval +info'],
    ['runs no script where a service connects without Dapr', keepsStateByItself, '-@scripting +info'],
    ['runs EVAL where services of other programs may keep state', () => undefined, '-@scripting +eval +info'],
  ])('%s', (_, use, rule) => {
    expect(accessRule(use)).toBe(`user $name on >$password ~* &* +@all -@admin -@dangerous ${rule}`);
  });

  test.each([[RedisScripting.ALLOWED, '-@scripting +@scripting +info'], [RedisScripting.DENIED, '-@scripting +info']])('follows the setting %s', (scripting, rule) => {
    expect(accessRule(publishes, scripting)).toBe(`user $name on >$password ~* &* +@all -@admin -@dangerous ${rule}`);
  });

  test('runs no script on a broker', () => {
    const chart = group({ profile: ROOMY });
    const shared = new SharedChart(chart.node.root, 'infrastructure');
    new MessageBroker(shared, 'broker-prod', { environment: PROD });
    publishes(chart, MessageBroker.fromNamespace(chart, 'broker', 'infrastructure') as any);
    const [container] = manifestsOf(shared).get('StatefulSet', 'broker-prod').spec.template.spec.containers;
    expect(container.env.find(({ name }: any) => name === 'SCRIPTING')).toEqual({ name: 'SCRIPTING', value: '' });
  });
});

describe('scripts that are denied', () => {
  const denied = (use: Use) => refusal((app) => {
    new RedisCluster(new SharedChart(app, 'infrastructure'), 'redis-prod', { environment: PROD, scripting: RedisScripting.DENIED });
    const chart = group({ app, profile: ROOMY });
    use(chart, RedisCluster.fromNamespace(chart, 'redis', 'infrastructure'));
  });

  test('are refused where Dapr keeps state', () => {
    expect(denied(keepsState)).toContain("[infrastructure/redis-prod] denies scripts, and Dapr writes the state of 'checkout' by EVAL. "
      + 'Use RedisScripting.AS_NEEDED, or another store.');
  });

  test('are refused where KEDA measures a list', () => {
    expect(denied(scalesOnList)).toContain("[infrastructure/redis-prod] denies scripts, and KEDA measures a list of 'mailer' by EVAL. "
      + 'Use RedisScripting.AS_NEEDED, or another store.');
  });

  test('fail with a value that does not exist', () => {
    expect(refusal((app) => new RedisCluster(new SharedChart(app, 'infrastructure'), 'redis-prod', { scripting: 'no' as RedisScripting })))
      .toContain("[infrastructure/redis-prod] expected redis.scripting to be one of as-needed, allowed, denied, got 'no'. Use 'as-needed'.");
  });
});

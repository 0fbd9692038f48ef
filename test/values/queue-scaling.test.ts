import { Duration } from 'cdk8s';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { Scaling } from '../../src/values/scaling';
import { WorkloadDefaults } from '../../src/workloads';
import { valuesOf } from '../support/settings';

const { workers } = valuesOf(PlatformProfile.standard());

test('without options, all is as the defaults say', () => {
  expect(Scaling.queue()._resolveQueue(workers, 'here')).toEqual({
    kind: 'queue',
    min: 1,
    max: 10,
    queueLength: 50,
    pollingIntervalSeconds: 30,
    cooldownSeconds: 300,
    initialCooldownSeconds: 300,
    failureThreshold: 3,
    fallbackReplicas: 1,
    paused: false,
  });
});

test('each option replaces its default and no other', () => {
  expect(Scaling.queue({ min: 0, max: undefined, cooldown: Duration.minutes(1) })._resolveQueue(workers, 'here')).toMatchObject({ min: 0, max: 10, cooldownSeconds: 60 });
});

test('what is scaled in another way has no queue', () => {
  expect([Scaling.utilization(), Scaling.replicas(2)].map((scaling) => scaling._resolveQueue(workers, 'here'))).toEqual([undefined, undefined]);
});

test.each([
  [{ min: -1 }, 'expected min to be a whole number of 0 or more, got -1. Use 0 or more.'],
  [{ max: 0 }, 'expected max to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [{ min: 3, max: 2 }, 'min 3 is more than max 2. Raise max to 3 or lower min to 2.'],
  [{ queueLength: 0 }, 'expected queueLength to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [{ queueLength: 2.5 }, 'expected queueLength to be a whole number of 1 or more, got 2.5. Use 2.'],
  [{ fallbackReplicas: 0 }, 'expected fallbackReplicas to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [{ fallbackReplicas: 5, max: 3 }, 'fallbackReplicas 5 is more than max 3. Raise max to 5 or lower fallbackReplicas to 3.'],
  [{ pollingInterval: Duration.seconds(0) }, 'expected pollingInterval to be 1 or more whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  [{ cooldown: Duration.millis(1500) }, 'expected cooldown to be 0 or more whole seconds, got 1.5 seconds. Use Duration.seconds(2).'],
  [{ pausedReplicas: -1 }, 'expected pausedReplicas to be a whole number of 0 or more, got -1. Use 0 or more.'],
  [{ paused: false, pausedReplicas: 2 }, 'pausedReplicas 2 contradicts paused: false, because KEDA pauses where it finds a number to pause at. Leave one of the two out.'],
])('fails on options out of range: %#', (options, message) => {
  expect(() => Scaling.queue(options)).toThrow(new Error(`Scaling.queue: ${message}`));
});

test('fails where an option and a default are no range', () => {
  expect(() => Scaling.queue({ min: 20 })._resolveQueue(workers, 'here')).toThrow(new Error('here: min 20 is more than max 10. Raise max to 20 or lower min to 10.'));
});

test.each([
  [{ min: 5, max: 2 }, 'workers.min 5 is more than workers.max 2. Raise max to 5 or lower min to 2.'],
  [{ fallbackReplicas: 11 }, 'workers.fallbackReplicas 11 is more than workers.max 10. Raise max to 11 or lower fallbackReplicas to 10.'],
  [{ queueLength: 0 }, 'expected workers.queueLength to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [{ type: 'a b' }, "the label 'type' cannot have the value 'a b'. Use letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit."],
])('an organisation fails on %p', (settings, message) => {
  expect(() => PlatformProfile.standard().with(WorkloadDefaults.of({ workers: settings }))).toThrow(new RegExp(message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
});

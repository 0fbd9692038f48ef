import { redisOfProd } from './manifests';
import { until } from './processes';
import { RedisClient, Writer } from './redis-client';
import type { Seen } from './redis-members';
import { RedisMembers } from './redis-members';

/** Figures of this run, printed at the end: the documentation names them. */
const figures: string[] = [];

const SMALL = redisOfProd();
const LARGE = redisOfProd({ primaries: 5 });
const KEYS = Array.from({ length: 300 }, (_, count) => `k${count}`);

let redis: RedisMembers;
let client: RedisClient;

beforeAll(async () => {
  redis = new RedisMembers(SMALL, 'redis-prod', ['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c', 'a']);
  client = new RedisClient(() => redis.addresses, redis.credentials);
  redis.startAll();
  expect(await redis.form()).toMatchObject({ status: 0 });
  for (const key of KEYS) {
    await client.command(key, ['SET', `{${key}}`, key], 10);
  }
});
afterAll(async () => {
  client?.close();
  await redis?.dispose();
  process.stdout.write(`${figures.join('\n')}\n`);
});

/** The primaries with keys in the eyes of the first member, each with the number of its slots and replicas. */
async function primaries(): Promise<{ ordinal: number; slots: number; replicas: number }[]> {
  const view = await redis.view(0);
  const replicasOf = ({ id }: Seen) => view.filter(({ primary, link }) => primary === id && link === 'connected').length;
  return view.filter(({ flags, slots }) => flags === 'master' && slots > 0)
    .map((each) => ({ ordinal: redis.addresses.indexOf(each.address), slots: each.slots, replicas: replicasOf(each) }));
}

async function readable(): Promise<number> {
  let found = 0;
  for (const key of KEYS) {
    found += await client.command(key, ['GET', `{${key}}`], 10) === key ? 1 : 0;
  }
  return found;
}

/** Runs the Job while keys are written to, and expects no long pause. */
async function underLoad(what: string, run: () => Promise<unknown>): Promise<void> {
  const writers = ['a', 'b', 'c', 'd'].map((tag) => new Writer(() => redis.addresses.slice(0, 6), redis.credentials, tag));
  const begin = Date.now();
  await run();
  figures.push(`${what}: ${((Date.now() - begin) / 1000).toFixed(0)} s`);
  await Promise.all(writers.map((writer) => writer.stop()));
  const longest = Math.max(...writers.map(({ longestPause }) => longestPause));
  figures.push(`longest pause of writes meanwhile: ${longest.toFixed(1)} s`);
  expect(longest).toBeLessThan(5);
}

test('three primaries become five: the new ones get their replicas and their part of the data', async () => {
  redis.become(LARGE);
  redis.ordinals.slice(6).forEach((ordinal) => redis.start(ordinal));
  await underLoad('from three primaries to five', async () => {
    expect(await redis.form({}, 280)).toMatchObject({ status: 0, output: expect.stringMatching(/formed: 5 primaries with 1 replicas each\n$/) });
  });
  const seen = await primaries();
  expect(seen.map(({ replicas }) => replicas)).toEqual([1, 1, 1, 1, 1]);
  expect(seen.reduce((sum, { slots }) => sum + slots, 0)).toBe(16384);
  expect(Math.min(...seen.map(({ slots }) => slots))).toBeGreaterThan(3200);
  expect(await readable()).toBe(300);
}, 300_000);

test('a Job that was killed in the middle of a move is finished by the next', async () => {
  const slot = (await redis.cli(0, 'member', 'of-the-members', 'cluster', 'keyslot', 'k1')).output.trim();
  const view = await redis.view(0);
  const { output } = await redis.cli(0, 'member', 'of-the-members', 'cluster', 'nodes');
  const source = output.trim().split('\n').find((line) => line.split(' ').slice(8).some((range) => {
    const [low, high] = range.split('-').map(Number);
    return low <= Number(slot) && Number(slot) <= (high ?? low);
  }))!.split(' ')[0];
  const target = view.find(({ id, flags, slots }) => id !== source && flags === 'master' && slots > 0)!;
  const ordinalOf = (id: string) => redis.addresses.indexOf(view.find((each) => each.id === id)!.address);
  await redis.cli(ordinalOf(target.id), 'member', 'of-the-members', 'cluster', 'setslot', slot, 'importing', source);
  await redis.cli(ordinalOf(source), 'member', 'of-the-members', 'cluster', 'setslot', slot, 'migrating', target.id);
  expect(await redis.form()).toMatchObject({ status: 0, output: expect.stringMatching(/^finishing a move of slots that was interrupted\n/) });
  expect(await readable()).toBe(300);
});

test('five primaries become three on the members that stay, and then the others go', async () => {
  await underLoad('from five primaries to three', async () => {
    expect(await redis.form({ PRIMARIES: '3', REPLICAS: '1', STAY: '6' }, 280)).toMatchObject({
      status: 0, output: expect.stringMatching(/formed: 3 primaries with 1 replicas each\n$/),
    });
  });
  expect((await primaries()).filter(({ ordinal }) => ordinal >= 6)).toEqual([]);
  await Promise.all(redis.ordinals.slice(6).map((ordinal) => redis.leave(ordinal)));
  redis.become(SMALL);
  await until('the Job forgets the members that left', 60, () => redis.form(), ({ status }) => status === 0);
  const seen = await primaries();
  expect(seen.map(({ replicas }) => replicas)).toEqual([1, 1, 1]);
  expect((await redis.view(0)).length).toBe(6);
  expect(await readable()).toBe(300);
}, 300_000);

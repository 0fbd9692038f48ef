import { script } from './programs';

/** A member as CLUSTER NODES shows it; its id is made of its position. */
interface Member {
  readonly zone?: string;
  readonly flags?: string;
  readonly link?: string;
  /** Position of its primary. */
  readonly of?: number;
  readonly slots?: string;
}

const id = (position: number) => `id${position}`;

/** The steps for a cluster that is seen like this. `strangers` are seen too, and are no members. */
function plan(members: readonly Member[], { replicas = 1, primaries = 3, strangers = [] as Member[], reversed = false } = {}): string[] {
  const view = [...members, ...strangers].map(({ zone = '', flags = 'master', link = 'connected', of, slots = '' }, position) =>
    `${id(position)} 10.0.0.${position}:6379@16379,${zone} ${flags} ${of === undefined ? '-' : id(of)} 0 0 1 ${link} ${slots}`.trimEnd());
  const ids = members.map((_, position) => `${id(position)} redis-${position}:6379`).join(' ');
  const { status, output } = script('awk', [
    '-v', `members=${ids}`, '-v', `primaries=${primaries}`, '-v', `replicas=${replicas}`, '-f', 'stores/redis/scripts/plan.awk',
  ], `${(reversed ? view.reverse() : view).join('\n')}\n`);
  expect(status).toBe(0);
  return output.split('\n').filter(Boolean).map((line) => line.replaceAll(':6379', ''));
}

const PARTS = ['0-5460', '5461-10921', '10922-16383'];
const primary = (zone: string, part: number): Member => ({ zone, slots: PARTS[part] });
const replica = (zone: string, of: number): Member => ({ zone, of, flags: 'slave' });
const empty = (zone?: string): Member => ({ zone });

describe('a new cluster', () => {
  test('gets a primary in each zone, with a third of the slots each', () => {
    expect(plan(['a', 'a', 'b', 'b', 'c', 'c'].map(empty))).toEqual([
      'slots redis-0 0 5460',
      'slots redis-2 5461 10921',
      'slots redis-4 10922 16383',
      'wait - 16384 of 16384 slots have no primary yet',
    ]);
  });

  test('without zones gets its first members as primaries', () => {
    expect(plan([empty(), empty(), empty(), empty(), empty(), empty()])).toEqual([
      'slots redis-0 0 5460',
      'slots redis-1 5461 10921',
      'slots redis-2 10922 16383',
      'wait - 16384 of 16384 slots have no primary yet',
    ]);
  });

  test('gets replicas in other zones than their primaries', () => {
    expect(plan([primary('a', 0), empty('a'), primary('b', 1), empty('b'), primary('c', 2), empty('c')])).toEqual([
      'replicate redis-1 id4',
      'replicate redis-3 id0',
      'replicate redis-5 id2',
    ]);
  });

  test('is complete when every primary has its replicas', () => {
    expect(plan([primary('a', 0), replica('a', 4), primary('b', 1), replica('b', 0), primary('c', 2), replica('c', 2)])).toEqual([]);
  });

  test('waits for members that are not connected, and does nothing else', () => {
    expect(plan([empty('a'), { ...empty('b'), link: 'disconnected' }, { ...empty('c'), flags: 'handshake' }])).toEqual([
      'wait redis-1 is not connected yet',
      'wait redis-2 is not connected yet',
    ]);
  });
});

describe('members that already have keys', () => {
  test('keep the slots of a restored snapshot and get the rest of their part', () => {
    expect(plan([empty('a'), { zone: 'b', slots: '0-99 200-5460' }, empty('c')], { replicas: 0 })).toEqual([
      'slots redis-1 100 199',
      'slots redis-0 5461 10921',
      'slots redis-2 10922 16383',
      'wait - 11023 of 16384 slots have no primary yet',
    ]);
  });

  test('stop the plan where they are fewer than the primaries that are wanted', () => {
    expect(plan([{ zone: 'a', slots: '0-8191' }, { zone: 'b', slots: '8192-16383' }, empty('c')])).toEqual([
      'stop - 2 primaries have all keys, and 3 are wanted: move some with redis-cli --cluster rebalance --cluster-use-empty-masters',
    ]);
  });
});

describe('replicas', () => {
  test('move from a primary that has too many to one that has too few', () => {
    expect(plan([primary('a', 0), primary('b', 1), primary('c', 2), replica('b', 0), replica('c', 0), replica('a', 1)])).toEqual(['replicate redis-3 id2']);
  });

  test('are waited for where there are too few members', () => {
    expect(plan([primary('a', 0), primary('b', 1), primary('c', 2), replica('b', 0), replica('c', 1)])).toEqual(['wait redis-2 has 0 of 1 replicas']);
  });
});

describe('a member that lost its volume', () => {
  const members = [primary('a', 0), replica('a', 2), primary('b', 1), replica('b', 0), primary('c', 2), empty('c')];

  test('leaves an id that is forgotten', () => {
    expect(plan(members, { strangers: [{ flags: 'slave,fail', of: 2, link: 'disconnected' }] })).toEqual(['forget - id6', 'replicate redis-5 id4']);
  });

  test('leaves an id that is kept while it has keys', () => {
    const [lost, ...others] = members;
    expect(plan([{ zone: lost.zone }, ...others], { strangers: [{ ...lost, flags: 'master,fail', link: 'disconnected' }] })).toEqual([
      'wait - id6 is no member of this cluster any more, and has keys that no replica took over',
    ]);
  });
});

test('slots that move to another member do not count as its own yet', () => {
  expect(plan([{ ...primary('a', 0), slots: `${PARTS[0]} [0->-id1]` }, primary('b', 1), primary('c', 2)], { replicas: 0 })).toEqual([]);
});

test('the same view gives the same steps, in whatever order it comes', () => {
  const members = ['a', 'b', 'c', 'a', 'b', 'c'].map(empty);
  expect(plan(members, { reversed: true })).toEqual(plan(members));
});

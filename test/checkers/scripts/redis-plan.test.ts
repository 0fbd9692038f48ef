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
function plan(members: readonly Member[], { replicas = 1, primaries = 3, strangers = [] as Member[], reversed = false, stay = '' as number | '' } = {}): string[] {
  const view = [...members, ...strangers].map(({ zone = '', flags = 'master', link = 'connected', of, slots = '' }, position) =>
    `${id(position)} 10.0.0.${position}:6379@16379,${zone} ${flags} ${of === undefined ? '-' : id(of)} 0 0 1 ${link} ${slots}`.trimEnd());
  const ids = members.map((_, position) => `${id(position)} redis-${position}:6379`).join(' ');
  const { status, output } = script('awk', [
    '-v', `members=${ids}`, '-v', `primaries=${primaries}`, '-v', `replicas=${replicas}`, '-v', `stay=${stay}`, '-f', 'stores/redis/scripts/plan.awk',
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

  test('stop the plan where no member is left to become one of the primaries that are wanted', () => {
    expect(plan([{ zone: 'a', slots: '0-8191' }, { zone: 'b', slots: '8192-16383' }, replica('c', 0)])).toEqual([
      'stop - 2 primaries have all keys, 3 are wanted, and no new member is left to become one: add primaries before you remove replicas',
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

describe('more primaries', () => {
  const old = [primary('a', 0), replica('b', 0), primary('b', 1), replica('c', 2), primary('c', 2), replica('a', 4)];

  test('begin with a slot each, one after the other, in the zones that have the fewest', () => {
    expect(plan([...old, empty('a'), empty('d')], { primaries: 4 })).toEqual(['move redis-7 id4 id7 1']);
    const begun = [...old.slice(0, 4), { zone: 'c', slots: '10923-16383' }, old[5], empty('a'), { zone: 'd', slots: '10922' }, empty('e')];
    expect(plan(begun, { primaries: 5 })).toEqual(['move redis-8 id0 id8 1']);
  });

  test('get their replicas before their data', () => {
    const begun = [...old.slice(0, 4), { zone: 'c', slots: '10923-16383' }, old[5], empty('a'), { zone: 'd', slots: '10922' }];
    expect(plan(begun, { primaries: 4 })).toEqual(['replicate redis-6 id7']);
  });

  test('get data from the primary that has most, a few slots at a time', () => {
    const begun = [...old.slice(0, 4), { zone: 'c', slots: '10923-16383' }, old[5], replica('a', 7), { zone: 'd', slots: '10922' }];
    expect(plan(begun, { primaries: 4 })).toEqual(['move redis-7 id0 id7 256']);
  });

  test('are done when none has much less than its part', () => {
    const even = (first: number, last: number) => ({ zone: 'a', slots: `${first}-${last}` });
    expect(plan([even(0, 4150), even(4151, 8300), even(8301, 12_350), even(12_351, 16_383)], { primaries: 4, replicas: 0 })).toEqual([]);
  });
});

describe('fewer primaries', () => {
  test('move the keys of the last one away, a few slots at a time', () => {
    const members = [{ slots: '0-4000' }, { slots: '4001-8100' }, { slots: '8101-12200' }, { slots: '12201-16383' }];
    expect(plan(members, { replicas: 0 })).toEqual(['move redis-0 id3 id0 256']);
    expect(plan([{ slots: '0-5000' }, { slots: '5001-10000' }, { slots: '10001-16373' }, { slots: '16374-16383' }], { replicas: 0 })).toEqual(['move redis-1 id3 id1 10']);
  });
});

describe('members that leave', () => {
  test('count as no replica, so that those which stay are enough', () => {
    expect(plan([primary('a', 0), primary('b', 1), primary('c', 2), replica('b', 0), replica('c', 0), replica('a', 2), replica('d', 1)], { stay: 6 })).toEqual(['replicate redis-3 id1']);
  });

  test('hand over to a replica that stays', () => {
    const members = [replica('a', 6), primary('b', 1), primary('c', 2), replica('b', 6), replica('c', 1), replica('a', 2), primary('d', 0)];
    expect(plan(members, { stay: 6 })).toEqual(['takeover redis-0 id6']);
  });

  test('wait for that replica', () => {
    const members = [replica('a', 1), primary('b', 1), primary('c', 2), replica('b', 6), replica('c', 1), replica('a', 2), primary('d', 0)];
    expect(plan(members, { stay: 6 })).toEqual(['replicate redis-0 id6']);
  });

  test('are not chosen as new primaries', () => {
    expect(plan([primary('a', 0), primary('b', 1), { slots: '10922-16383' }, empty('d'), empty('e')], { primaries: 4, replicas: 0, stay: 3 })).toEqual([
      'stop - 3 primaries have all keys, 4 are wanted, and no new member is left to become one: add primaries before you remove replicas',
    ]);
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

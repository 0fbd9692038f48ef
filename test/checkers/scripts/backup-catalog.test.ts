import { script } from './programs';

/** What catalog.py chooses from these backups. */
const choose = (backups: readonly object[], ...time: string[]) =>
  script('python3', ['stores/postgres/backup/scripts/catalog.py', ...time], JSON.stringify({ backups_list: backups }));

const backup = (id: string, begin: string, end: string, status = 'DONE') =>
  ({ backup_id: id, begin_time_iso: `2026-05-04T${begin}:00+00:00`, end_time_iso: `2026-05-04T${end}:00+00:00`, status });

const MORNING = backup('morning', '06:00', '06:10');
const NOON = backup('noon', '12:00', '12:10');

test('the newest backup is chosen, with when it began and ended in seconds', () => {
  expect(choose([NOON, MORNING])).toEqual({ status: 0, output: 'noon 1777896000 1777896600\n' });
});

test('a backup that is not complete is left out', () => {
  expect(choose([MORNING, { ...NOON, status: 'FAILED' }]).output).toMatch(/^morning /);
});

test('with a time, the newest backup is chosen that had ended by then', () => {
  expect(choose([MORNING, NOON], '2026-05-04T12:09:59+00:00').output).toMatch(/^morning /);
  expect(choose([MORNING, NOON], '2026-05-04T12:10:00+00:00').output).toMatch(/^noon /);
  expect(choose([MORNING, NOON], '2026-05-04T14:10:00+02:00').output).toMatch(/^noon /);
});

test('where there is no such backup, it fails', () => {
  expect(choose([])).toEqual({ status: 1, output: 'there are 0 backups, and none of them is complete\n' });
  expect(choose([MORNING], '2026-05-04T06:00:00+00:00')).toEqual({
    status: 1, output: 'there are 1 backups, and none of them had ended by 2026-05-04T06:00:00+00:00\n',
  });
});

import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackedUpPostgres } from './postgres-backup';
import { until } from './processes';

/** Figures of this run, printed at the end: the documentation names them. */
const figures: string[] = [];
const figure = (what: string, seconds: number) => figures.push(`${what}: ${seconds.toFixed(1)} s`);
/** Rows of the table that is dropped. */
const ROWS = 15_000;

let postgres: BackedUpPostgres;

beforeAll(async () => {
  postgres = new BackedUpPostgres();
  await postgres.start();
});
afterAll(async () => {
  await postgres?.dispose();
  process.stdout.write(`${figures.join('\n')}\n`);
});

/** Waits until everything that was written is in the archive. */
async function archived(): Promise<number> {
  const log = await postgres.sql('select pg_walfile_name(pg_switch_wal())');
  const { seconds } = await until(`log ${log} is archived`, 30, () => postgres.sql('select last_archived_wal from pg_stat_archiver'), (seen) => seen >= log);
  return seconds;
}

async function timed<T>(what: string, act: () => Promise<T> | T): Promise<T> {
  const begin = Date.now();
  const result = await act();
  figure(what, (Date.now() - begin) / 1000);
  return result;
}

/** How a drill ended, and what it reported. */
async function drilled(assertions?: { readonly [file: string]: string }) {
  postgres.forgetDrills();
  const begin = Math.floor(Date.now() / 1000);
  const { status, output } = await postgres.drill(assertions ? { assertions } : {});
  // whatever happened, nothing is left
  expect(readdirSync(postgres.path('scratch'))).toEqual([]);
  return { status, output, metrics: postgres.drillMetrics, begin };
}

describe('the archive', () => {
  test('begins with a backup at once, and every object is asked to be encrypted', async () => {
    postgres.startServer();
    postgres.startKeeper();
    const { seconds } = await until('a backup', 60, async () => postgres.backupMetrics, (seen) => seen.postgres_backup_last_success_timestamp_seconds > 0);
    figure('first backup, from an empty server', seconds);
    expect(postgres.backups).toHaveLength(1);
    // single objects, and the beginning of those that go in parts
    const written = postgres.storage.asked.filter(({ method, path }) => (method === 'PUT' && !path.includes('uploadId')) || (method === 'POST' && path.includes('uploads')));
    expect(written.length).toBeGreaterThan(3);
    expect([...new Set(written.map(({ headers }) => headers['x-amz-server-side-encryption']))]).toEqual(['AES256']);
    expect(postgres.backupMetrics).toMatchObject({
      postgres_archive_failing: 0, postgres_archive_last_success_timestamp_seconds: expect.any(Number),
    });
  });

  test('brings a dropped table back with every row, and not what was written later', async () => {
    await postgres.sql('create table customers as select n from generate_series(1, 3) n');
    await postgres.sql(`create table orders as select n, now() as at from generate_series(1, ${ROWS - 5000}) n; create table later (n int)`);
    await postgres.sql(`insert into orders select n, now() from generate_series(${ROWS - 5000 + 1}, ${ROWS}) n`);
    const time = await postgres.sql("select replace(clock_timestamp()::text, ' ', 'T') || ':00'");
    await sleep(100);
    await postgres.sql('drop table orders; insert into later values (1)');
    figure('last log archived', await archived());

    const { status, output } = await timed('restored to a point in time and asked', () => postgres.drill({
      command: `. "$BACKUP_DIR/storage.sh"
        sh "$BACKUP_DIR/restore.sh" "$SCRATCH_DIR/data" "$RUN_DIR/restored.conf" "${time}"
        export PGHOST="$RUN_DIR"
        postgres -D "$SCRATCH_DIR/data" -c config_file="$RUN_DIR/restored.conf" -c archive_mode=off &
        until [ "$(sql -c 'select pg_is_in_recovery()' 2> /dev/null)" = f ]; do sleep 0.2; kill -0 $!; done
        sql -c "select 'orders', count(*), count(distinct n), max(n) from orders"
        sql -c "select 'later', count(*) from later"
        sql -c "select name, setting from pg_settings where name in ('archive_mode', 'listen_addresses') order by 1"
        kill -INT $!; wait $!; rm -rf "$SCRATCH_DIR/data" "$SCRATCH_DIR/data.spool"`,
    }));
    expect({ status, output }).toMatchObject({ status: 0, output: expect.stringContaining(`orders|${ROWS}|${ROWS}|${ROWS}\nlater|0\narchive_mode|off\nlisten_addresses|\n`) });
    expect(await postgres.sql("select to_regclass('orders') is null")).toBe('t');
  });

  test('that cannot be written is noticed, loses nothing, and goes on by itself', async () => {
    postgres.storage.outOfOrder = true;
    await postgres.sql('insert into later values (2); select pg_switch_wal()');
    const failing = await until('the failure is reported', 60, async () => postgres.backupMetrics.postgres_archive_failing, (seen) => seen === 1);
    figure('failing archive reported', failing.seconds);
    expect(Number(await postgres.sql('select failed_count from pg_stat_archiver'))).toBeGreaterThan(0);
    postgres.storage.outOfOrder = false;
    await archived();
    await until('the end of the failure is reported', 30, async () => postgres.backupMetrics.postgres_archive_failing, (seen) => seen === 0);
  });

  test('of another database is left alone', async () => {
    await postgres.keep('mkdir -p "$TMPDIR/other"; head -c 16777216 /dev/zero > "$TMPDIR/other/000000010000000000000001"');
    expect(await postgres.keep('sh "$BACKUP_DIR/archive.sh" "$TMPDIR/other/000000010000000000000001"')).toMatchObject({
      status: 1, output: expect.stringContaining('s3://acme-backups/europe/infrastructure/orders is the archive of another database: give this one another name or path'),
    });
  });

  test('keeps what a point in time of the last 30 days needs, and nothing older', async () => {
    const [newest] = postgres.backups;
    const aged = [35, 50].map((days) => {
      const id = `2026010${days === 35 ? 2 : 1}T010000`;
      const folder = join(postgres.archive, 'base', id);
      cpSync(join(postgres.archive, 'base', newest), folder, { recursive: true });
      const info = join(folder, 'backup.info');
      const day = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
      writeFileSync(info, readFileSync(info, 'utf8').replace(/^(begin_time|end_time)=\d{4}-\d\d-\d\d/gm, `$1=${day}`).replaceAll(newest, id));
      return id;
    });
    expect(postgres.backups).toEqual([...aged, newest].sort());
    expect(await postgres.keep('sh "$BACKUP_DIR/backup.sh"')).toMatchObject({ status: 0 });
    // the one of 35 days ago is where the states of 30 days ago begin
    expect(postgres.backups).toEqual([aged[0], newest, expect.any(String)]);
    rmSync(join(postgres.archive, 'base', aged[0]), { recursive: true });
  });
});

describe('the drill', () => {
  test('proves a good backup: the newest state and a point in time', async () => {
    const { status, output, metrics, begin } = await timed('drill', () => drilled());
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toMatch(/newest: writable after \d+ s\n[^]*point-in-time: writable after \d+ s\n/);
    expect(output.match(/Bad checksums: {2}0/g)).toHaveLength(2);
    expect(metrics).toEqual({
      restore_drill_backup_age_seconds: expect.any(Number),
      restore_drill_duration_seconds: expect.any(Number),
      restore_drill_last_run_success: 1,
      restore_drill_last_success_timestamp_seconds: expect.any(Number),
    });
    expect(metrics.restore_drill_last_success_timestamp_seconds).toBeGreaterThanOrEqual(begin);
    expect(metrics.restore_drill_backup_age_seconds).toBeLessThan(120);
    const logs = output.match(/restored log file/g)!.length;
    figures.push(`restores of the drill: ${logs} logs in two, writable after ${metrics.restore_drill_duration_seconds} s or less`);
  });

  let stopped: number;
  const failed = { restore_drill_last_run_success: 0, restore_drill_backup_age_seconds: expect.any(Number) };

  test('fails where an assertion of the owner does not hold', async () => {
    const { status, output, metrics } = await drilled({ 'few.sql': 'select count(*) from customers\n', 'few.database': 'postgres\n', 'few.expected': '4\n' });
    expect({ status, metrics }).toEqual({ status: 1, metrics: failed });
    expect(output).toContain("newest: assertion few gave '3' and not '4'");
  });

  test('fails where a page was damaged on disk before it was backed up', async () => {
    // nothing writes to it any more, so that no log heals it
    await postgres.sql('create table cold with (autovacuum_enabled = off) as select n from generate_series(1, 5000) n');
    await postgres.sql('vacuum (freeze) cold');
    await postgres.sql('checkpoint');
    const file = await postgres.sql("select pg_relation_filepath('cold')");
    const path = postgres.path('data', 'pgdata', file);
    const pages = readFileSync(path);
    const whole = Buffer.from(pages);
    pages.fill(7, 9000, 9100);
    writeFileSync(path, pages);
    expect(await postgres.keep('sh "$BACKUP_DIR/backup.sh"')).toMatchObject({ status: 0 });
    writeFileSync(path, whole);
    const { status, output, metrics } = await drilled({});
    expect({ status, metrics }).toEqual({ status: 1, metrics: failed });
    expect(output).toMatch(/Bad checksums: {2}1\n/);
  });

  test('fails on a backup that is damaged in object storage', async () => {
    // for the next test
    expect((await postgres.stopKeeper()).status).toBe(0);
    stopped = Date.now();
    const newest = join(postgres.archive, 'base', postgres.backups[postgres.backups.length - 1]);
    const tar = join(newest, 'data.tar.gz');
    writeFileSync(tar, readFileSync(tar).subarray(0, 100_000));
    const { status, metrics } = await drilled();
    expect(status).not.toBe(0);
    expect(metrics).toEqual(failed);
    rmSync(newest, { recursive: true });
  });

  test('fails where more is lost than may be', async () => {
    await sleep(Math.max(0, stopped + 14_000 - Date.now()));
    const { status, output, metrics } = await drilled();
    expect({ status, metrics }).toEqual({ status: 1, metrics: failed });
    expect(output).toMatch(/newest: the newest row is \d+ s older than what was asked for\n.* newest: that is more than 13 s\n/);
  });

  test('fails where there is no backup', async () => {
    renameSync(postgres.archive, `${postgres.archive}-lost`);
    const { status, output, metrics } = await drilled();
    expect({ status, metrics }).toEqual({ status: 1, metrics: { restore_drill_last_run_success: 0 } });
    expect(output).toContain('there are 0 backups, and none of them is complete');
  });
});

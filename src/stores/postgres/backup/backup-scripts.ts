import { READ_CREDENTIALS } from '../../hosted/hosted-object-storage';

/**
 * What the members of a PostgreSQL cluster run to back it up: POSIX sh, psql, python3 and barman-cloud, which its image must hold. What
 * differs between two places (addresses, folders, times) comes from the environment.
 *
 * @see https://docs.pgbarman.org/release/latest/user_guide/barman_cloud.html
 */

/** Read by every other script. */
const STORAGE = `# What the scripts of this folder have in common: who they are to object storage, and where the archive is.
set -eu
export LC_ALL=C PATH="$PATH:$BIN_DIR"
${READ_CREDENTIALS}

# cloud COMMAND ARGUMENTS...: one of barman's commands on the archive, which are its first two arguments
cloud() {
  cloud_command=$1; shift
  "barman-cloud-$cloud_command" --cloud-provider aws-s3 \${ENDPOINT_URL:+--endpoint-url "$ENDPOINT_URL" --addressing-style path} "$@"
}

# writing COMMAND ARGUMENTS...: one that writes: compressed, and encrypted at rest
writing() {
  writing_command=$1; shift
  cloud "$writing_command" --gzip --encryption "$ENCRYPTION" \${KMS_KEY:+--sse-kms-key-id "$KMS_KEY"} "$@"
}

# backups CHOICE: the id of a backup, and when it began and ended in seconds of Unix time; fails when there is none
backups() { cloud backup-list --format json "$ARCHIVE_URL" "$ARCHIVE_NAME" | python3 "$BACKUP_DIR/catalog.py" "$@"; }

sql() { psql -AtqX -v ON_ERROR_STOP=1 -d postgres "$@"; }

log() { echo "$(date -u +%FT%TZ) $*" >&2; }
`;

/** Chooses a backup. */
const CATALOG = `"""Chooses from what barman-cloud-backup-list wrote as JSON: the newest backup, or with a time the newest that had ended by then.
Prints its id, and when it began and ended in seconds of Unix time."""
import json
import sys
from datetime import datetime, timezone


def seconds(text):
    time = datetime.fromisoformat(text)
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).timestamp()


by = seconds(sys.argv[1]) if len(sys.argv) > 1 else float("inf")
done = [backup for backup in json.load(sys.stdin)["backups_list"] if backup and backup.get("status") == "DONE"]
ended = sorted((seconds(backup["end_time_iso"]), seconds(backup["begin_time_iso"]), backup["backup_id"]) for backup in done)
usable = [backup for backup in ended if backup[0] <= by]
if not usable:
    sys.exit("there are %d backups, and none of them %s" % (len(ended), "had ended by " + sys.argv[1] if len(sys.argv) > 1 else "is complete"))
end, begin, name = usable[-1]
print(name, int(begin), int(end))
`;

/** Reports figures. */
const PUSH = `"""Pushes the metrics of standard input to the Pushgateway, as those of a job and of this database. Others of the same job stay."""
import os
import sys
import urllib.request

url = "%s/metrics/job/%s/namespace/%s/database/%s" % (os.environ["PUSHGATEWAY_URL"], sys.argv[1], os.environ["NAMESPACE"], os.environ["ARCHIVE_NAME"])
request = urllib.request.Request(url, data=sys.stdin.buffer.read(), method="POST", headers={"Content-Type": "text/plain; version=0.0.4"})
urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10).close()
`;

/** archive_command. */
const ARCHIVE = `#!/bin/sh
# archive_command: brings one log to object storage. PostgreSQL keeps the log, and tries again, until this succeeds.
. "$BACKUP_DIR/storage.sh"
file=$1
name=\${file##*/}
if [ "$name" = 000000010000000000000001 ]; then
  # the first log of a database: were there an archive of another one under this name, both would be lost
  there=$(mktemp -d)
  trap 'rm -rf "$there"' EXIT
  cloud wal-restore "$ARCHIVE_URL" "$ARCHIVE_NAME" "$name" "$there/$name" && status=0 || status=$?
  case $status in
    0) cmp -s "$file" "$there/$name" && exit 0; empty=1 ;;
    1) cloud check-wal-archive "$ARCHIVE_URL" "$ARCHIVE_NAME" && empty=0 || empty=1 ;;
    *) exit "$status" ;;
  esac
  if [ "$empty" != 0 ]; then
    log "$ARCHIVE_URL/$ARCHIVE_NAME is the archive of another database: give this one another name or path"
    exit 1
  fi
fi
writing wal-archive "$ARCHIVE_URL" "$ARCHIVE_NAME" "$file"
`;

/** restore_command. */
const FETCH = `#!/bin/sh
# fetch.sh NAME DESTINATION SPOOL: restore_command. Brings one log back, and the next ones into the spool, because there are thousands of
# them in a day. That there is none ends a restore, so a server that does not answer must not look like that.
if [ -f "$3/$1" ]; then
  exec mv "$3/$1" "$2"
fi
. "$BACKUP_DIR/storage.sh"
for wait in 1 2 4 8 0; do
  cloud wal-restore --no-partial --parallel 16 --spool-dir "$3" "$ARCHIVE_URL" "$ARCHIVE_NAME" "$1" "$2" && exit 0 || status=$?
  [ "$status" != 1 ] || exit 1
  sleep "$wait"
done
log "object storage does not answer, so the restore stops"
exit 255
`;

/** A whole backup, and the end of those that are too old. */
const BACKUP = `#!/bin/sh
# Makes a whole backup of the server of this pod, and removes the backups and logs that no point in time within the retention needs.
. "$BACKUP_DIR/storage.sh"
log "backing up to $ARCHIVE_URL/$ARCHIVE_NAME"
writing backup --immediate-checkpoint --host "$PGHOST" --user "$PGUSER" "$ARCHIVE_URL" "$ARCHIVE_NAME"
log "backed up"
cloud backup-delete --retention-policy "RECOVERY WINDOW OF $RETENTION_DAYS DAYS" --minimum-redundancy "$MINIMUM_BACKUPS" "$ARCHIVE_URL" "$ARCHIVE_NAME"
`;

/** The container beside PostgreSQL. */
const KEEP = `#!/bin/sh
# Beside the server, in every member; only the primary's acts. It writes the row by which a restore shows how much it lost, tells how
# old the archive is, and makes the backup that is due. Whether one is due is read from the archive, so it does not matter which
# member made the last one. Two at once, around a failover, are two backups.
. "$BACKUP_DIR/storage.sh"
making=
trap '[ -z "$making" ] || kill "$making" 2> /dev/null || true; exit 0' TERM INT

canary() {
  sql <<'END'
set synchronous_commit = local;
set statement_timeout = '10s';
set client_min_messages = warning;
create schema if not exists backup_canary;
create table if not exists backup_canary.heartbeat (id int primary key, at timestamptz not null);
insert into backup_canary.heartbeat values (1, clock_timestamp()) on conflict (id) do update set at = excluded.at;
END
}

# due: whether no backup began since the last time at which one should have
due() {
  now=$(date +%s)
  tick=$((now - (now - BACKUP_OFFSET) % BACKUP_PERIOD))
  [ "$tick" != "\${made:-}" ] || return 1
  # an empty answer: there is none; no answer: nobody knows
  list=$(cloud backup-list --format json "$ARCHIVE_URL" "$ARCHIVE_NAME") || return 1
  newest=$(echo "$list" | python3 "$BACKUP_DIR/catalog.py" 2> /dev/null) || { newest=; return 0; }
  newest=\${newest#* }
  [ "\${newest% *}" -ge "$tick" ] || return 0
  made=$tick
  return 1
}

report() {
  {
    sql -c "select 'postgres_archive_last_success_timestamp_seconds ' || extract(epoch from last_archived_time) from pg_stat_archiver where last_archived_time is not null"
    sql -c "select 'postgres_archive_failing ' || (coalesce(last_failed_time > last_archived_time, last_failed_time is not null))::int from pg_stat_archiver"
    [ -z "\${newest:-}" ] || echo "postgres_backup_last_success_timestamp_seconds \${newest#* }"
  } | python3 "$BACKUP_DIR/push.py" postgres-backup
}

while :; do
  : > "$TMPDIR/alive"
  if [ "$(sql -c 'select pg_is_in_recovery()' 2> /dev/null)" = f ]; then
    canary || log "the canary row was not written"
    if [ -n "$making" ] && ! kill -0 "$making" 2> /dev/null; then
      if wait "$making"; then
        later=0
      else
        log "the backup failed; trying again in $RETRY_SECONDS s"
        later=$(($(date +%s) + RETRY_SECONDS))
      fi
      making=
    fi
    if [ -z "$making" ] && [ "$(date +%s)" -ge "\${later:-0}" ] && due; then
      sh "$BACKUP_DIR/backup.sh" &
      making=$!
    fi
    report || log "the Pushgateway did not take the metrics"
  fi
  sleep "$CANARY_SECONDS" &
  wait $! || true
done
`;

/** Whether the loop beside the server still turns. */
const ALIVE = `#!/bin/sh
# Succeeds while keep.sh goes round: a backup that takes hours runs beside it. One that waits for an answer for ever is started anew.
[ -n "$(find "$TMPDIR/alive" -mmin "-$SILENT_MINUTES")" ]
`;

export const BACKUP_SCRIPTS = {
  'storage.sh': STORAGE,
  'catalog.py': CATALOG,
  'push.py': PUSH,
  'archive.sh': ARCHIVE,
  'fetch.sh': FETCH,
  'backup.sh': BACKUP,
  'keep.sh': KEEP,
  'alive.sh': ALIVE,
};

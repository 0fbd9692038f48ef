/**
 * What brings a database back, and the drill that proves it: see `scripts.ts` for what they share.
 */

/** Brings a backup back, and says how it is to be recovered. */
const RESTORE = `#!/bin/sh
# restore.sh FOLDER CONFIGURATION [TIME]: brings the newest backup into an empty folder, or the newest that had ended by a time such as
# 2026-05-04T10:15:00+00:00, and writes the configuration that recovers it to the end of the archive or to that time. Start it by:
#   postgres -D FOLDER -c config_file=CONFIGURATION -c archive_mode=off
# It never archives, because it would write into the archive of the database that it is a copy of.
. "$BACKUP_DIR/storage.sh"
data=$1
configuration=$2
time=\${3:-}
mkdir -p "$data"
if [ -n "$(ls -A "$data")" ]; then
  log "$data is not empty: a restore needs an empty folder"
  exit 1
fi
chosen=$(backups \${time:+"$time"})
log "restoring \${chosen%% *}\${time:+ to $time}"
chmod 700 "$data"
cloud restore "$ARCHIVE_URL" "$ARCHIVE_NAME" "\${chosen%% *}" "$data"
rm -f "$data/standby.signal" "$data/postmaster.pid"
touch "$data/recovery.signal"

# the folder's own configuration names certificates and members that are not here; what a database cannot be opened without is taken
libraries=$(postgres -D "$data" -C shared_preload_libraries 2> /dev/null) || libraries=
run=$(dirname "$configuration")
umask 077
echo 'local all all trust' > "$run/restored_hba.conf"
cat > "$configuration" <<END
restore_command = '/bin/sh $BACKUP_DIR/fetch.sh %f "%p" "$data.spool"'
\${time:+recovery_target_time = '$time'}
recovery_target_action = promote
recovery_target_timeline = latest
archive_mode = off
hot_standby = off
listen_addresses = ''
unix_socket_directories = '$run'
hba_file = '$run/restored_hba.conf'
ssl = off
dynamic_shared_memory_type = mmap
shared_preload_libraries = '$libraries'
synchronous_standby_names = ''
log_destination = stderr
END
`;

/** One drill: everything that must succeed. */
const PROVE = `#!/bin/sh
# Restores the newest state and a point in time, and proves each: it can be written, it lost no more than it may, what its owner claims
# holds, and no page is damaged. Writes what it measured for drill.sh.
. "$BACKUP_DIR/storage.sh"
data=$SCRATCH_DIR/data
run=$RUN_DIR/drill
export PGHOST="$run"
server=
stop() {
  [ -n "$server" ] || return 0
  kill "-$1" "$server" 2> /dev/null || true
  wait "$server" || true
  server=
}
trap 'stop QUIT; rm -rf "$data" "$data.spool"' EXIT
trap 'exit 1' TERM INT

# prove NAME [TIME]
prove() {
  begin=$(date +%s)
  rm -rf "$data" "$data.spool"
  sh "$BACKUP_DIR/restore.sh" "$data" "$run/restored.conf" \${2:+"$2"}
  postgres -D "$data" -c config_file="$run/restored.conf" -c archive_mode=off -c listen_addresses= -c unix_socket_directories="$run" &
  server=$!
  while ! [ "$(sql -c 'select pg_is_in_recovery()' 2> /dev/null)" = f ]; do
    kill -0 "$server" 2> /dev/null || { log "$1: the server ended while it recovered"; return 1; }
    sleep 0.5
  done
  took=$(($(date +%s) - begin))
  log "$1: writable after $took s"
  [ "$took" -le "$longest" ] || longest=$took

  at=\${2:-$(date -u -d "@$started" +%Y-%m-%dT%H:%M:%S+00:00)}
  lost=$(sql -v at="$at" <<'END'
select ceil(extract(epoch from :'at'::timestamptz - at))::int from backup_canary.heartbeat
END
  )
  [ -n "$lost" ] || { log "$1: there is no canary row"; return 1; }
  log "$1: the newest row is $lost s older than what was asked for"
  [ "$lost" -le "$CANARY_AGE" ] || { log "$1: that is more than $CANARY_AGE s"; return 1; }
  [ -z "\${2:-}" ] || [ "$lost" -ge 0 ] || { log "$1: it was written after the point in time"; return 1; }

  for assertion in "$ASSERTIONS_DIR"/*.sql; do
    [ -f "$assertion" ] || continue
    claim=\${assertion%.sql}
    found=$(sql -d "$(cat "$claim.database")" -f "$assertion") || { log "$1: assertion \${claim##*/} failed"; return 1; }
    [ "$found" = "$(cat "$claim.expected")" ] || { log "$1: assertion \${claim##*/} gave '$found' and not '$(cat "$claim.expected")'"; return 1; }
  done

  stop INT
  [ "$(pg_controldata -D "$data" | sed -n 's/^Data page checksum version: *//p')" != 0 ] || { log "$1: the database has no checksums"; return 1; }
  pg_checksums --check -D "$data" >&2
  rm -rf "$data" "$data.spool"
}

started=$(date +%s)
longest=0
newest=$(backups)
age=$((started - \${newest##* }))
echo "restore_drill_backup_age_seconds $age" > "$run/metrics"
[ "$age" -le "$OLDEST_BACKUP" ] || { log "the newest backup is $age s old, and $OLDEST_BACKUP s are the most"; exit 1; }
# not 'prove || ...': that would turn off the end at the first failure
prove newest
prove point-in-time "$(date -u -d "@$((started - POINT_IN_TIME))" +%Y-%m-%dT%H:%M:%S+00:00)"
echo "restore_drill_duration_seconds $longest" >> "$run/metrics"
`;

/** The drill with its report. */
const DRILL = `#!/bin/sh
# Runs the drill within its time, and reports how it ended in any case.
. "$BACKUP_DIR/storage.sh"
run=$RUN_DIR/drill
rm -rf "$run"
mkdir -m 700 "$run"
timeout -k 30 "$DRILL_SECONDS" sh "$BACKUP_DIR/prove.sh" &
proving=$!
trap 'kill -TERM "$proving" 2> /dev/null' TERM INT
wait "$proving" && status=0 || status=$?
# a signal ends the waiting before the drill has cleaned up
wait "$proving" 2> /dev/null || true
{
  cat "$run/metrics" 2> /dev/null || true
  if [ "$status" = 0 ]; then
    echo "restore_drill_last_run_success 1"
    echo "restore_drill_last_success_timestamp_seconds $(date +%s)"
  else
    echo "restore_drill_last_run_success 0"
  fi
} > "$run/report"
log "the drill ended with status $status"
python3 "$BACKUP_DIR/push.py" restore-drill < "$run/report"
exit "$status"
`;

export const RESTORE_SCRIPTS = { 'restore.sh': RESTORE, 'prove.sh': PROVE, 'drill.sh': DRILL };

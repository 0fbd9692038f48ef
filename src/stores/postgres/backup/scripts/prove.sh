#!/bin/sh
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
  sh "$BACKUP_DIR/restore.sh" "$data" "$run/restored.conf" ${2:+"$2"}
  postgres -D "$data" -c config_file="$run/restored.conf" -c archive_mode=off -c listen_addresses= -c unix_socket_directories="$run" &
  server=$!
  while ! [ "$(sql -c 'select pg_is_in_recovery()' 2> /dev/null)" = f ]; do
    kill -0 "$server" 2> /dev/null || { log "$1: the server ended while it recovered"; return 1; }
    sleep 0.5
  done
  took=$(($(date +%s) - begin))
  log "$1: writable after $took s"
  [ "$took" -le "$longest" ] || longest=$took

  at=${2:-$(date -u -d "@$started" +%Y-%m-%dT%H:%M:%S+00:00)}
  lost=$(sql -v at="$at" <<'END'
select ceil(extract(epoch from :'at'::timestamptz - at))::int from backup_canary.heartbeat
END
  )
  [ -n "$lost" ] || { log "$1: there is no canary row"; return 1; }
  log "$1: the newest row is $lost s older than what was asked for"
  [ "$lost" -le "$CANARY_AGE" ] || { log "$1: that is more than $CANARY_AGE s"; return 1; }
  [ -z "${2:-}" ] || [ "$lost" -ge 0 ] || { log "$1: it was written after the point in time"; return 1; }

  for assertion in "$ASSERTIONS_DIR"/*.sql; do
    [ -f "$assertion" ] || continue
    claim=${assertion%.sql}
    found=$(sql -d "$(cat "$claim.database")" -f "$assertion") || { log "$1: assertion ${claim##*/} failed"; return 1; }
    [ "$found" = "$(cat "$claim.expected")" ] || { log "$1: assertion ${claim##*/} gave '$found' and not '$(cat "$claim.expected")'"; return 1; }
  done

  stop INT
  [ "$(pg_controldata -D "$data" | sed -n 's/^Data page checksum version: *//p')" != 0 ] || { log "$1: the database has no checksums"; return 1; }
  pg_checksums --check -D "$data" >&2
  rm -rf "$data" "$data.spool"
}

started=$(date +%s)
longest=0
# shellcheck disable=SC2119 # without a time, the newest of all
newest=$(backups)
age=$((started - ${newest##* }))
echo "restore_drill_backup_age_seconds $age" > "$run/metrics"
[ "$age" -le "$OLDEST_BACKUP" ] || { log "the newest backup is $age s old, and $OLDEST_BACKUP s are the most"; exit 1; }
# not 'prove || ...': that would turn off the end at the first failure
prove newest
prove point-in-time "$(date -u -d "@$((started - POINT_IN_TIME))" +%Y-%m-%dT%H:%M:%S+00:00)"
echo "restore_drill_duration_seconds $longest" >> "$run/metrics"

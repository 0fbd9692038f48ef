#!/bin/sh
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
  [ "$tick" != "${made:-}" ] || return 1
  # an empty answer: there is none; no answer: nobody knows
  list=$(cloud backup-list --format json "$ARCHIVE_URL" "$ARCHIVE_NAME") || return 1
  newest=$(echo "$list" | python3 "$BACKUP_DIR/catalog.py" 2> /dev/null) || { newest=; return 0; }
  newest=${newest#* }
  [ "${newest% *}" -ge "$tick" ] || return 0
  made=$tick
  return 1
}

report() {
  {
    sql -c "select 'postgres_archive_last_success_timestamp_seconds ' || extract(epoch from last_archived_time) from pg_stat_archiver where last_archived_time is not null"
    sql -c "select 'postgres_archive_failing ' || (coalesce(last_failed_time > last_archived_time, last_failed_time is not null))::int from pg_stat_archiver"
    [ -z "${newest:-}" ] || echo "postgres_backup_last_success_timestamp_seconds ${newest#* }"
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
    if [ -z "$making" ] && [ "$(date +%s)" -ge "${later:-0}" ] && due; then
      sh "$BACKUP_DIR/backup.sh" &
      making=$!
    fi
    report || log "the Pushgateway did not take the metrics"
  fi
  sleep "$CANARY_SECONDS" &
  wait $! || true
done

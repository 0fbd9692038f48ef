#!/bin/sh
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

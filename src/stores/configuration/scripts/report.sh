#!/bin/sh
# Reports when this backup succeeded last.
set -eu
printf 'configuration_backup_last_success_timestamp_seconds %s\n' "$(date +%s)" \
  | curl --silent --show-error --fail --max-time "$REQUEST_SECONDS" --request PUT --data-binary @- "$PUSHGATEWAY_URL/metrics/job/configuration-backup/namespace/$NAMESPACE/backup/$NAME"

#!/bin/sh
# Makes a whole backup of the server of this pod, and removes the backups and logs that no point in time within the retention needs.
. "$BACKUP_DIR/storage.sh"
log "backing up to $ARCHIVE_URL/$ARCHIVE_NAME"
writing backup --immediate-checkpoint --host "$PGHOST" --user "$PGUSER" "$ARCHIVE_URL" "$ARCHIVE_NAME"
log "backed up"
cloud backup-delete --retention-policy "RECOVERY WINDOW OF $RETENTION_DAYS DAYS" --minimum-redundancy "$MINIMUM_BACKUPS" "$ARCHIVE_URL" "$ARCHIVE_NAME"

#!/bin/sh
# archive_command: brings one log to object storage. PostgreSQL keeps the log, and tries again, until this succeeds.
. "$BACKUP_DIR/storage.sh"
file=$1
name=${file##*/}
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

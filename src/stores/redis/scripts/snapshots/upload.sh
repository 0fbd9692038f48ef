#!/bin/sh
# Brings the snapshots to object storage, encrypted at rest, under the time of now, and removes those that are older than the retention.
. "$SNAPSHOT_CONFIG_DIR/storage.sh"

now=$(date +%s)
stamp=$(date -u -d "@$now" +%Y%m%d%H%M%S)
oldest=$(date -u -d "@$((now - RETENTION_SECONDS))" +%Y%m%d%H%M%S)
cd "$SNAPSHOT_DIR"
# the sums come last: a snapshot without them is none
for file in shard-*.rdb SHA256SUMS; do
  store cp --only-show-errors --sse "$ENCRYPTION" ${KMS_KEY:+--sse-kms-key-id "$KMS_KEY"} "$file" "$ARCHIVE_URL/$stamp/$file"
done
store cp --only-show-errors "$ARCHIVE_URL/$stamp/SHA256SUMS" - | cmp - SHA256SUMS
echo "uploaded $stamp"

there=$(store ls "$ARCHIVE_URL/")
echo "$there" | while read -r kind folder; do
  folder=${folder%/}
  case $kind$folder in PRE*[!0-9]*|PRE) continue ;; PRE*) ;; *) continue ;; esac
  if [ "$folder" -lt "$oldest" ]; then
    store rm --only-show-errors --recursive "$ARCHIVE_URL/$folder/"
    echo "removed $folder"
  fi
done

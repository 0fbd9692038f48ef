#!/bin/sh
# restore.sh [STAMP]: brings a snapshot back from object storage into SNAPSHOT_DIR, the newest whole one that is no newer than STAMP, and
# checks it. Each of its files then goes to the empty volume of a member of its own, as dump.rdb.
. "$SNAPSHOT_CONFIG_DIR/storage.sh"

# its status is 1 where there is nothing, and another where it cannot be known
there=$(store ls --recursive "$ARCHIVE_URL/") || [ $? -eq 1 ] || exit 2
stamp=
for folder in $(echo "$there" | sed -n 's|.*/\([0-9]\{14\}\)/SHA256SUMS$|\1|p' | sort); do
  [ "$folder" -gt "${1:-99999999999999}" ] || stamp=$folder
done
[ -n "$stamp" ] || { echo "there is no whole snapshot${1:+ as old as $1} in $ARCHIVE_URL" >&2; exit 1; }
store cp --only-show-errors --recursive "$ARCHIVE_URL/$stamp/" "$SNAPSHOT_DIR"
cd "$SNAPSHOT_DIR"
sha256sum -c SHA256SUMS
echo "restored $stamp"

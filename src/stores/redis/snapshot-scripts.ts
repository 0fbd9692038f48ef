import { READ_CREDENTIALS } from '../hosted/hosted-object-storage';

/**
 * What the pods run that bring snapshots of a Redis cluster to object storage: POSIX sh, awk and redis-cli in the one container, POSIX sh
 * and the AWS CLI in the other. What differs between two places (addresses, folders, times) comes from the environment.
 */

/** Takes a snapshot of each primary. */
const SNAPSHOT = `#!/bin/sh
# Takes a snapshot of every primary, and checks it. Each is of one moment, and no two are of the same.
set -eu
export LC_ALL=C
REDISCLI_AUTH=$(cat "$SECRETS_DIR/snapshot-password")
export REDISCLI_AUTH

# ask HOST PORT SECONDS WORD...: as the user that may do nothing but this
ask() {
  ask_host=$1; ask_port=$2; ask_seconds=$3; shift 3
  timeout "$ask_seconds" redis-cli -e --no-auth-warning --user snapshot --tls --cacert "$TLS_DIR/ca.crt" -h "$ask_host" -p "$ask_port" "$@"
}

view=
for address in $MEMBERS; do
  if view=$(ask "\${address%:*}" "\${address##*:}" 5 cluster nodes); then break; fi
  view=
done
[ -n "$view" ] || { echo "no member answers" >&2; exit 1; }

# LOWEST_SLOT HOST PORT SLOTS of each primary that has keys
shards=$(echo "$view" | awk '$3 ~ /master/ && $3 !~ /fail/ {
  low = ""; count = 0
  for (f = 9; f <= NF; f++) if ($f !~ /^\\[/) {
    k = split($f, r, "-"); count += r[k] - r[1] + 1
    if (low == "" || r[1] + 0 < low) low = r[1] + 0
  }
  if (count) { split($2, a, "@"); at = a[1]; port = at; sub(/.*:/, "", port); sub(/:[0-9]*$/, "", at); print low, at, port, count }
}' | sort -n)
covered=$(echo "$shards" | awk '{ sum += $4 } END { print sum + 0 }')
[ "$covered" = 16384 ] || { echo "only $covered of 16384 slots have a primary, so a snapshot would not be whole" >&2; exit 1; }

rm -f "$SNAPSHOT_DIR"/*
cd "$SNAPSHOT_DIR"
echo "$shards" | while read -r low host port count; do
  ask "$host" "$port" "$SNAPSHOT_SECONDS" --rdb "shard-$low.rdb"
  redis-check-rdb "shard-$low.rdb" > check || { cat check >&2; exit 1; }
  rm check
  echo "shard-$low.rdb: $count slots of $host, $(wc -c < "shard-$low.rdb") bytes"
done
sha256sum shard-*.rdb > SHA256SUMS
`;

/** Read by both of those below. */
const STORAGE = `# Who the scripts of this folder are to object storage.
set -eu
export LC_ALL=C
${READ_CREDENTIALS}
store() { aws \${ENDPOINT_URL:+--endpoint-url "$ENDPOINT_URL"} s3 "$@"; }
`;

/** Brings them to object storage. */
const UPLOAD = `#!/bin/sh
# Brings the snapshots to object storage, encrypted at rest, under the time of now, and removes those that are older than the retention.
. "$SNAPSHOT_CONFIG_DIR/storage.sh"

now=$(date +%s)
stamp=$(date -u -d "@$now" +%Y%m%d%H%M%S)
oldest=$(date -u -d "@$((now - RETENTION_SECONDS))" +%Y%m%d%H%M%S)
cd "$SNAPSHOT_DIR"
# the sums come last: a snapshot without them is none
for file in shard-*.rdb SHA256SUMS; do
  store cp --only-show-errors --sse "$ENCRYPTION" \${KMS_KEY:+--sse-kms-key-id "$KMS_KEY"} "$file" "$ARCHIVE_URL/$stamp/$file"
done
store cp --only-show-errors "$ARCHIVE_URL/$stamp/SHA256SUMS" - | cmp - SHA256SUMS
echo "uploaded $stamp"

there=$(store ls "$ARCHIVE_URL/")
echo "$there" | while read -r kind folder; do
  folder=\${folder%/}
  case $kind$folder in PRE*[!0-9]*|PRE) continue ;; PRE*) ;; *) continue ;; esac
  if [ "$folder" -lt "$oldest" ]; then
    store rm --only-show-errors --recursive "$ARCHIVE_URL/$folder/"
    echo "removed $folder"
  fi
done
`;

/** Brings one back. */
const RESTORE = `#!/bin/sh
# restore.sh [STAMP]: brings a snapshot back from object storage into SNAPSHOT_DIR, the newest whole one that is no newer than STAMP, and
# checks it. Each of its files then goes to the empty volume of a member of its own, as dump.rdb.
. "$SNAPSHOT_CONFIG_DIR/storage.sh"

# its status is 1 where there is nothing, and another where it cannot be known
there=$(store ls --recursive "$ARCHIVE_URL/") || [ $? -eq 1 ] || exit 2
stamp=
for folder in $(echo "$there" | sed -n 's|.*/\\([0-9]\\{14\\}\\)/SHA256SUMS$|\\1|p' | sort); do
  [ "$folder" -gt "\${1:-99999999999999}" ] || stamp=$folder
done
[ -n "$stamp" ] || { echo "there is no whole snapshot\${1:+ as old as $1} in $ARCHIVE_URL" >&2; exit 1; }
store cp --only-show-errors --recursive "$ARCHIVE_URL/$stamp/" "$SNAPSHOT_DIR"
cd "$SNAPSHOT_DIR"
sha256sum -c SHA256SUMS
echo "restored $stamp"
`;

export const SNAPSHOT_SCRIPTS = { 'storage.sh': STORAGE, 'snapshot.sh': SNAPSHOT, 'upload.sh': UPLOAD, 'restore.sh': RESTORE };

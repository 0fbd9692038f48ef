#!/bin/sh
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
  if view=$(ask "${address%:*}" "${address##*:}" 5 cluster nodes); then break; fi
  view=
done
[ -n "$view" ] || { echo "no member answers" >&2; exit 1; }

# LOWEST_SLOT HOST PORT SLOTS of each primary that has keys
shards=$(echo "$view" | awk '$3 ~ /master/ && $3 !~ /fail/ {
  low = ""; count = 0
  for (f = 9; f <= NF; f++) if ($f !~ /^\[/) {
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

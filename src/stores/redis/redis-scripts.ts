/**
 * What the members of a Redis cluster and its Job run: POSIX sh, awk and redis-cli, which are in every image of Redis. What differs
 * between two places (addresses, folders, sizes) comes from the environment.
 */

/** Read by every other script. */
const COMMON = `# What the scripts of this folder have in common.
set -eu
export LC_ALL=C

# cli HOST PORT COMMAND...: asks one member, and waits no longer than a few seconds for the answer
cli() {
  cli_host=$1; cli_port=$2; shift 2
  REDISCLI_AUTH=$(cat "$SECRETS_DIR/member-password") timeout 5 redis-cli -e --no-auth-warning --user member \\
    --tls --cacert "$TLS_DIR/ca.crt" -h "$cli_host" -p "$cli_port" "$@" 2>&1
}

# member ADDRESS COMMAND...: asks the member at HOST:PORT
member() { member_at=$1; shift; cli "\${member_at%:*}" "\${member_at##*:}" "$@"; }

# me COMMAND...: asks the member of this pod
me() { cli "$POD_IP" "$PORT" "$@"; }

# identity ADDRESS: the id of the member there, and where it says it is: ID IP:PORT@BUSPORT
identity() { member "$1" cluster nodes | awk '$3 ~ /myself/ { split($2, a, ","); print $1, a[1]; found = 1 } END { exit !found }'; }
`;

/** Starts a member, and keeps it in touch with the others. */
const START = `#!/bin/sh
# Starts this member. Since it ran last it may have another address, and so may every other: whoever is not connected is asked for
# its address under its own name, by the credentials of this cluster, so that no other cluster is ever met.
. "$CONFIG_DIR/common.sh"

secret() {
  value=$(cat "$SECRETS_DIR/$1")
  case $value in
    ''|*[!!-~]*|*[\\"\\\\]*) echo "the Secret's key $1 must be printable ASCII without blanks, quotes and backslashes" >&2; exit 1 ;;
  esac
  printf %s "$value"
}
name=$(secret username)
password=$(secret password)
member_password=$(secret member-password)
case $name in default|member|snapshot) echo "the Secret's username '$name' is taken: write another one" >&2; exit 1 ;; esac

umask 077
cat > "$RUN_DIR/users.acl" <<END
user default off
user $name on >$password ~* &* +@all -@admin -@dangerous +info
user member on >$member_password -@all +ping +info +psync +replconf +cluster
END
# the Secret has this key where snapshots are taken
if [ -f "$SECRETS_DIR/snapshot-password" ]; then
  snapshot_password=$(secret snapshot-password)
  echo "user snapshot on >$snapshot_password -@all +sync +replconf +cluster|nodes" >> "$RUN_DIR/users.acl"
fi
cat > "$RUN_DIR/member.conf" <<END
include $CONFIG_DIR/redis.conf
dir $DATA_DIR
bind $BIND
tls-cert-file $TLS_DIR/tls.crt
tls-key-file $TLS_DIR/tls.key
tls-ca-cert-file $TLS_DIR/ca.crt
aclfile $RUN_DIR/users.acl
masteruser member
masterauth $member_password
cluster-announce-ip $POD_IP
cluster-announce-hostname "\${ZONE:-}"
END

# a new volume at the place of a primary: were it back before anybody missed it, its replicas would copy that it has nothing
if [ ! -f "$DATA_DIR/nodes.conf" ]; then
  for address in $MEMBERS; do
    if member "$address" cluster info | grep -q '^cluster_slots_assigned:[1-9]'; then
      echo "waiting for $MISSED_AFTER s, because this volume is new and the cluster is not"
      sleep "$MISSED_AFTER"
      break
    fi
  done
fi

# a snapshot without a log is a volume that was restored: Redis reads the log alone, so the snapshot becomes its beginning
if [ -f "$DATA_DIR/dump.rdb" ] && [ ! -d "$DATA_DIR/appendonlydir" ]; then
  echo "beginning a new log with the snapshot"
  rm -rf "$DATA_DIR/restored"; mkdir "$DATA_DIR/restored"
  cp "$DATA_DIR/dump.rdb" "$DATA_DIR/restored/appendonly.aof.1.base.rdb"
  echo 'file appendonly.aof.1.base.rdb seq 1 type b' > "$DATA_DIR/restored/appendonly.aof.manifest"
  mv "$DATA_DIR/restored" "$DATA_DIR/appendonlydir"
fi

connected() { me cluster nodes | awk '$3 !~ /fail|handshake|noaddr/ && $8 == "connected"'; }

# meet: succeeds when all members are connected, and else introduces this one to those that are not
meet() {
  seen=$(connected)
  [ "$(echo "$seen" | wc -l)" -lt "$(echo "$MEMBERS" | wc -w)" ] || return 0
  for address in $MEMBERS; do
    peer=$(identity "$address") || continue
    at=\${peer#* }
    if ! echo "$seen" | awk -v id="\${peer%% *}" -v at="$at" '{ split($2, a, ",") } $1 == id && a[1] == at { found = 1 } END { exit !found }'; then
      bus=\${at##*@}; at=\${at%@*}
      echo "meeting $address at $at"
      me cluster meet "\${at%:*}" "\${at##*:}" "$bus" > /dev/null || true
    fi
  done
  return 1
}

redis-server "$RUN_DIR/member.conf" &
server=$!
trap 'kill -TERM "$server"' TERM INT
while sleep 1; do
  if meet; then sleep "$MEET_INTERVAL"; fi
done &
meeting=$!
while :; do
  wait "$server" && status=0 || status=$?
  # a signal ends the waiting, and not the server
  kill -0 "$server" 2> /dev/null || break
done
kill "$meeting" 2> /dev/null || true
exit "$status"
`;

/** Ready: the cluster is one, and this member has its part in it. */
const READY = `#!/bin/sh
# Succeeds when the cluster works as this member sees it, and this member serves keys or is an up-to-date copy of one that does.
. "$CONFIG_DIR/common.sh"
me cluster info | grep -q '^cluster_state:ok'
own=$(me cluster nodes | grep myself)
case $(echo "$own" | cut -d ' ' -f 3) in
  *slave*) me info replication | grep -q '^master_link_status:up' ;;
  *) [ "$(echo "$own" | awk '{ print NF }')" -gt 8 ] ;;
esac
`;

/** Alive: it answers, were it to say that it is busy. */
const LIVE = `#!/bin/sh
# Succeeds while this member answers, also when it says that it is still loading its data or busy with a script.
. "$CONFIG_DIR/common.sh"
answer=$(me ping) || true
case $answer in *PONG*|*LOADING*|*BUSY*|*MASTERDOWN*) exit 0 ;; esac
echo "$answer"
exit 1
`;

/** Started: its data is loaded. */
const STARTED = `#!/bin/sh
# Succeeds once this member has loaded its data.
. "$CONFIG_DIR/common.sh"
me ping | grep -q PONG
`;

/** Hands a leaving primary's keys over, so that writes do not wait for a timeout. */
const LEAVE = `#!/bin/sh
# Before this member stops: if it is a primary, one of its replicas takes its place first. Never fails, because it leaves in any case.
. "$CONFIG_DIR/common.sh"
own=$(me cluster nodes | grep myself) || exit 0
case $own in *myself,master*) ;; *) exit 0 ;; esac
id=\${own%% *}
for place in $(me cluster nodes | awk -v id="$id" '$4 == id && $3 !~ /fail/ && $8 == "connected" { split($2, a, "@"); print a[1] }'); do
  member "$place" cluster failover || continue
  end=$(($(date +%s) + HANDOVER))
  while [ "$(date +%s)" -lt "$end" ]; do
    me cluster nodes | grep -q 'myself,slave' && exit 0
    sleep 0.2
  done
done
exit 0
`;

export const MEMBER_SCRIPTS = {
  'common.sh': COMMON, 'start.sh': START, 'ready.sh': READY, 'live.sh': LIVE, 'started.sh': STARTED, 'leave.sh': LEAVE,
};

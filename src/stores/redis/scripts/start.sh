#!/bin/sh
# Starts this member. Since it ran last it may have another address, and so may every other: whoever is not connected is asked for
# its address under its own name, by the credentials of this cluster, so that no other cluster is ever met.
. "$CONFIG_DIR/common.sh"

secret() {
  value=$(cat "$SECRETS_DIR/$1")
  case $value in
    ''|*[!!-~]*|*[\"\\]*) echo "the Secret's key $1 must be printable ASCII without blanks, quotes and backslashes" >&2; exit 1 ;;
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
user $name on >$password ~* &* +@all -@admin -@dangerous -@scripting${SCRIPTING:+ $SCRIPTING} +info
user member on >$member_password ~* -@all +ping +info +psync +replconf +cluster +migrate +restore-asking +multi +exec +select
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
cluster-announce-hostname "${ZONE:-}"
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
    at=${peer#* }
    if ! echo "$seen" | awk -v id="${peer%% *}" -v at="$at" '{ split($2, a, ",") } $1 == id && a[1] == at { found = 1 } END { exit !found }'; then
      bus=${at##*@}; at=${at%@*}
      echo "meeting $address at $at"
      me cluster meet "${at%:*}" "${at##*:}" "$bus" > /dev/null || true
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

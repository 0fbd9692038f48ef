#!/bin/sh
# Makes one cluster of the members, and ends well only when every member sees that every primary has its keys and its replicas. Looks,
# does what is next, and looks again: so it may run at any time, again, and twice at once. More primaries than before get their part of the
# keys from the others. With STAY, all keys and their replicas are on so many first members in the end, and the others may go.
. "$CONFIG_DIR/common.sh"
end=$(($(date +%s) + FORMATION_TIMEOUT))
said=

say() { [ "$*" = "$said" ] || echo "$*"; said=$*; }

# manage COMMAND ADDRESS OPTION...: the cluster manager of Redis, which moves slots with their keys
manage() {
  manage_what=$1; manage_at=$2; shift 2
  REDISCLI_AUTH=$(cat "$SECRETS_DIR/member-password") timeout "$FORMATION_TIMEOUT" redis-cli --no-auth-warning --user member \
    --tls --cacert "$TLS_DIR/ca.crt" --cluster "$manage_what" "$manage_at" --cluster-yes "$@" 2>&1 < /dev/null
}

# step: one look at all members and the steps that follow from it; succeeds when there is none left
step() {
  ids=
  for address in $MEMBERS; do
    peer=$(identity "$address") || { say "waiting for $address: $(member "$address" ping | tail -n 1)"; return 1; }
    ids="$ids ${peer%% *} $address"
  done
  unset first
  open=
  for address in $MEMBERS; do
    nodes=$(member "$address" cluster nodes) || { say "waiting for $address"; return 1; }
    case $nodes in *\[[0-9]*) open=$address ;; esac
    plan=$(echo "$nodes" | awk -v members="$ids" -v primaries="$PRIMARIES" -v replicas="$REPLICAS" -v stay="${STAY:-}" -f "$CONFIG_DIR/plan.awk" | sort)
    # a member that lost its volume has a new id; the old one is forgotten by each that remembers it
    for gone in $(echo "$plan" | sed -n 's/^forget - //p'); do
      say "$address forgets $gone"
      member "$address" cluster forget "$gone" > /dev/null || true
    done
    plan=$(echo "$plan" | grep -v '^forget ' || true)
    [ "$plan" = "${first=$plan}" ] || { say "waiting: the members do not see the same yet"; return 1; }
  done
  case $plan in
    ''|move*) [ -z "$open" ] || { say "finishing a move of slots that was interrupted"; fixed=$(manage fix "$open") || echo "$fixed" | tail -n 3; return 1; } ;;
  esac
  [ -z "$plan" ] || { carry_out; return 1; }
  for address in $MEMBERS; do
    member "$address" cluster info | grep -q '^cluster_state:ok' || { say "waiting: the cluster is not ok for $address"; return 1; }
    replication=$(member "$address" info replication) || return 1
    case $replication in *master_link_status:down*) say "waiting: $address is not up to date with its primary"; return 1 ;; esac
  done
}

carry_out() {
  while read -r action place what rest; do
    case $action in
      slots)
        say "$place gets the slots $what to ${rest##* }"
        # shellcheck disable=SC2086 # numbers: the first and last of each range
        member "$place" cluster addslotsrange "$what" $rest > /dev/null || true
        ;;
      replicate) say "$place becomes a replica of $what"; member "$place" cluster replicate "$what" > /dev/null || true ;;
      move)
        say "moving ${rest#* } slots of $what to $place"
        moved=$(manage reshard "$place" --cluster-from "$what" --cluster-to "${rest% *}" --cluster-slots "${rest#* }" --cluster-pipeline 100) || echo "$moved" | tail -n 3
        ;;
      takeover) say "$place takes the place of $what, which leaves"; member "$place" cluster failover > /dev/null || true ;;
      stop) echo "$what $rest" >&2; exit 1 ;;
      *) say "waiting: $place $what $rest" ;;
    esac
  done <<END
$plan
END
}

until step; do
  [ "$(date +%s)" -lt "$end" ] || { echo "not formed within $FORMATION_TIMEOUT s; last: $said" >&2; exit 1; }
  sleep 1
done
echo "formed: $PRIMARIES primaries with $REPLICAS replicas each"

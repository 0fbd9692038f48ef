/**
 * Reads how one member sees the cluster (CLUSTER NODES) and says what is to be done next, a line for each step; nothing when all is
 * done. The same view always gives the same steps, so that two formations at the same time do not disturb each other.
 *
 * Primaries stand in different zones as far as zones are known and reach, and so do the copies of one primary.
 */
const PLAN = `function zone(id) { return zones[id] }
function apart(id, owner,   other, same) {
  # how many copies of the owner's keys are in the zone of id already
  if (zone(id) == "") return 0
  same = zone(owner) == zone(id)
  for (other in copies) if (copies[other] == owner && other != id && zone(other) == zone(id)) same++
  return same
}
function poorest(id,   o, best) {
  best = ""
  for (o = 0; o < owners; o++)
    if (best == "" || have[owner[o]] < have[best] || (have[owner[o]] == have[best] && apart(id, owner[o]) < apart(id, best))) best = owner[o]
  return best
}
function swap(one, other,   kept) { kept = copies[one]; copies[one] = copies[other]; copies[other] = kept }
function holder(low, high,   slot) {
  for (slot = low; slot <= high; slot++) if (slot in had) return had[slot]
  return ""
}
BEGIN {
  count = split(members, m, " ")
  for (i = 0; i < count / 2; i++) { order[i] = m[2 * i + 1]; place[order[i]] = m[2 * i + 2] }
  count = count / 2
}
{
  split($2, a, ","); zones[$1] = a[2]
  flags[$1] = $3; primary[$1] = $4; link[$1] = $8; slots[$1] = 0
  for (f = 9; f <= NF; f++) if ($f !~ /^\\[/) {
    k = split($f, r, "-")
    for (slot = r[1] + 0; slot <= r[k] + 0; slot++) { had[slot] = $1; slots[$1]++ }
  }
  total += slots[$1]
}
END {
  for (id in flags) if (!(id in place)) {
    if (flags[id] ~ /(^|,)(fail|noaddr)(,|$)/ && slots[id] == 0) print "forget", "-", id
    else { print "wait", "-", id " is no member of this cluster any more" (slots[id] ? ", and has keys that no replica took over" : ""); waiting = 1 }
  }
  for (i = 0; i < count; i++) {
    id = order[i]
    if (!(id in flags) || flags[id] ~ /fail|handshake|noaddr/ || link[id] != "connected") { print "wait", place[id], "is not connected yet"; waiting = 1 }
  }
  if (waiting) exit
  if (total < 16384) {
    # those that have keys already stay; the others are chosen in zones that have the fewest primaries
    for (i = 0; i < count; i++) if (slots[order[i]] > 0) { chosen[order[i]] = 1; inzone[zone(order[i])]++; n++ }
    for (; n < primaries; n++) {
      best = ""
      for (i = 0; i < count; i++) {
        id = order[i]
        if (!(id in chosen) && flags[id] ~ /master/ && (best == "" || inzone[zone(id)] < inzone[zone(best)])) best = id
      }
      if (best == "") break
      chosen[best] = 1; inzone[zone(best)]++; free[++frees] = best
    }
    # the key space in equal parts, each to one member; who has some of a part already, as a restored snapshot has, gets the rest of it
    for (s = 0; s < primaries; s++) {
      low = int(s * 16384 / primaries); high = int((s + 1) * 16384 / primaries) - 1
      id = holder(low, high)
      if (id == "" && part < frees) id = free[++part]
      gaps = ""
      for (begin = low; begin <= high; begin = end + 1) {
        end = begin
        if (begin in had) continue
        while (end < high && !(end + 1 in had)) end++
        gaps = gaps " " begin " " end
      }
      if (id != "" && gaps != "") print "slots", place[id] gaps
    }
    print "wait", "-", 16384 - total " of 16384 slots have no primary yet"
    exit
  }
  for (i = 0; i < count; i++) if (slots[order[i]] > 0) owner[owners++] = order[i]
  if (owners < primaries) { print "stop", "-", owners " primaries have all keys, and " primaries " are wanted: move some with redis-cli --cluster rebalance --cluster-use-empty-masters"; exit }
  for (i = 0; i < count; i++) { id = order[i]; if (!slots[id] && flags[id] ~ /slave/ && slots[primary[id]]) { have[primary[id]]++; copies[id] = primary[id] } }
  for (i = 0; i < count; i++) {
    id = order[i]
    if (!slots[id] && !(id in copies)) { best = poorest(id); have[best]++; copies[id] = best; fresh[++news] = id }
  }
  # the last ones may have had no choice left: two that are better off with each other's primary change places
  do {
    better = 0
    for (i = 1; i <= news; i++) for (j = i + 1; j <= news; j++) {
      before = apart(fresh[i], copies[fresh[i]]) + apart(fresh[j], copies[fresh[j]])
      swap(fresh[i], fresh[j])
      if (apart(fresh[i], copies[fresh[i]]) + apart(fresh[j], copies[fresh[j]]) < before) better = 1
      else swap(fresh[i], fresh[j])
    }
  } while (better)
  for (i = 1; i <= news; i++) print "replicate", place[fresh[i]], copies[fresh[i]]
  for (o = 0; o < owners; o++) {
    for (i = 0; i < count && have[owner[o]] < replicas; i++) {
      id = order[i]
      if ((id in copies) && have[copies[id]] > replicas) { print "replicate", place[id], owner[o]; have[copies[id]]--; have[owner[o]]++; copies[id] = owner[o] }
    }
    if (have[owner[o]] < replicas) print "wait", place[owner[o]], "has " have[owner[o]] + 0 " of " replicas " replicas"
  }
}
`;

/** What the Job runs. */
const FORM = `#!/bin/sh
# Makes one cluster of the members, and ends well only when every member sees that every primary has its keys and its replicas. Looks,
# does what is next, and looks again: so it may run at any time, again, and twice at once.
. "$CONFIG_DIR/common.sh"
end=$(($(date +%s) + FORMATION_TIMEOUT))
said=

say() { [ "$*" = "$said" ] || echo "$*"; said=$*; }

# step: one look at all members and the steps that follow from it; succeeds when there is none left
step() {
  ids=
  for address in $MEMBERS; do
    peer=$(identity "$address") || { say "waiting for $address: $(member "$address" ping | tail -n 1)"; return 1; }
    ids="$ids \${peer%% *} $address"
  done
  unset first
  for address in $MEMBERS; do
    plan=$(member "$address" cluster nodes | awk -v members="$ids" -v primaries="$PRIMARIES" -v replicas="$REPLICAS" -f "$CONFIG_DIR/plan.awk" | sort)
    # a member that lost its volume has a new id; the old one is forgotten by each that remembers it
    for gone in $(echo "$plan" | sed -n 's/^forget - //p'); do
      say "$address forgets $gone"
      member "$address" cluster forget "$gone" > /dev/null || true
    done
    plan=$(echo "$plan" | grep -v '^forget ' || true)
    [ "$plan" = "\${first=$plan}" ] || { say "waiting: the members do not see the same yet"; return 1; }
  done
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
      # shellcheck disable=SC2086 # numbers: the first and last of each range
      slots) say "$place gets the slots $what to \${rest##* }"; member "$place" cluster addslotsrange "$what" $rest > /dev/null || true ;;
      replicate) say "$place becomes a replica of $what"; member "$place" cluster replicate "$what" > /dev/null || true ;;
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
`;

export const FORMATION_SCRIPTS = { 'form.sh': FORM, 'plan.awk': PLAN };

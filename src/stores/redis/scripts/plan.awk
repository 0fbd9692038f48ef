function zone(id) { return zones[id] }
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
function richest(   o, best) {
  best = owner[0]
  for (o = 1; o < owners; o++) if (slots[owner[o]] > slots[best]) best = owner[o]
  return best
}
function poor(   o, best) {
  best = owner[0]
  for (o = 1; o < owners; o++) if (slots[owner[o]] < slots[best]) best = owner[o]
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
  if (!stay) stay = count
  # so many slots move between two looks
  batch = 256
}
{
  split($2, a, ","); zones[$1] = a[2]
  flags[$1] = $3; primary[$1] = $4; link[$1] = $8; slots[$1] = 0
  for (f = 9; f <= NF; f++) if ($f !~ /^\[/) {
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
  for (i = 0; i < count; i++) if (slots[order[i]] > 0) { rank[order[i]] = i; owner[owners++] = order[i] }
  # a new primary begins with one slot, so that it gets its replicas before its data
  if (owners < primaries) {
    for (o = 0; o < owners; o++) inzone[zone(owner[o])]++
    best = ""
    for (i = 0; i < stay; i++) {
      id = order[i]
      if (!slots[id] && flags[id] ~ /master/ && (best == "" || inzone[zone(id)] < inzone[zone(best)])) best = id
    }
    if (best == "") print "stop", "-", owners " primaries have all keys, " primaries " are wanted, and no new member is left to become one: add primaries before you remove replicas"
    else print "move", place[best], richest(), best, 1
    exit
  }
  for (i = 0; i < stay; i++) { id = order[i]; if (!slots[id] && flags[id] ~ /slave/ && slots[primary[id]]) { have[primary[id]]++; copies[id] = primary[id] } }
  # a primary too many gives its keys away, and becomes a replica with its last slot: the last one first
  if (owners > primaries) {
    from = owner[owners - 1]; owners--; to = poor()
    print "move", place[to], from, to, slots[from] < batch ? slots[from] : batch
    exit
  }
  for (i = 0; i < stay; i++) {
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
  for (i = 1; i <= news; i++) { print "replicate", place[fresh[i]], copies[fresh[i]]; busy = 1 }
  for (o = 0; o < owners; o++) {
    # one that leaves needs a replica more, which stays and takes its place
    wanted = replicas + (rank[owner[o]] >= stay)
    for (i = 0; i < stay && have[owner[o]] < wanted; i++) {
      id = order[i]
      if ((id in copies) && have[copies[id]] > replicas + (rank[copies[id]] >= stay)) {
        print "replicate", place[id], owner[o]; busy = 1; have[copies[id]]--; have[owner[o]]++; copies[id] = owner[o]
      }
    }
    if (have[owner[o]] < wanted) { print "wait", place[owner[o]], "has " have[owner[o]] + 0 " of " wanted " replicas"; busy = 1 }
  }
  if (busy) exit
  for (o = 0; o < owners; o++) if (rank[owner[o]] >= stay) for (i = 0; i < stay; i++) if (copies[order[i]] == owner[o]) { print "takeover", place[order[i]], owner[o]; exit }
  # then data moves, a few slots of one primary at a time, until no primary has much less than its part
  part = int(16384 / owners)
  from = richest(); to = poor()
  if (slots[to] < part - int(part / 50)) {
    few = slots[from] - part < part - slots[to] ? slots[from] - part : part - slots[to]
    if (few < 1) few = 1
    print "move", place[to], from, to, few < batch ? few : batch
  }
}

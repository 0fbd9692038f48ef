#!/bin/sh
# Before this member stops: if it is a primary, one of its replicas takes its place first. Never fails, because it leaves in any case.
. "$CONFIG_DIR/common.sh"
own=$(me cluster nodes | grep myself) || exit 0
case $own in *myself,master*) ;; *) exit 0 ;; esac
id=${own%% *}
for place in $(me cluster nodes | awk -v id="$id" '$4 == id && $3 !~ /fail/ && $8 == "connected" { split($2, a, "@"); print a[1] }'); do
  member "$place" cluster failover || continue
  end=$(($(date +%s) + HANDOVER))
  while [ "$(date +%s)" -lt "$end" ]; do
    me cluster nodes | grep -q 'myself,slave' && exit 0
    sleep 0.2
  done
done
exit 0

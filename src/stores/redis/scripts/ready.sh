#!/bin/sh
# Succeeds when the cluster works as this member sees it, and this member serves keys or is an up-to-date copy of one that does.
. "$CONFIG_DIR/common.sh"
me cluster info | grep -q '^cluster_state:ok'
own=$(me cluster nodes | grep myself)
case $(echo "$own" | cut -d ' ' -f 3) in
  *slave*) me info replication | grep -q '^master_link_status:up' ;;
  *) [ "$(echo "$own" | awk '{ print NF }')" -gt 8 ] ;;
esac

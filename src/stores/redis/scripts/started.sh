#!/bin/sh
# Succeeds once this member has loaded its data.
. "$CONFIG_DIR/common.sh"
me ping | grep -q PONG

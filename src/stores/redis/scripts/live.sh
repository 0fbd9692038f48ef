#!/bin/sh
# Succeeds while this member answers, also when it says that it is still loading its data or busy with a script.
. "$CONFIG_DIR/common.sh"
answer=$(me ping) || true
case $answer in *PONG*|*LOADING*|*BUSY*|*MASTERDOWN*) exit 0 ;; esac
echo "$answer"
exit 1

#!/bin/sh
# Answers Git's question for credentials. What Git wants to store or to erase is left as it is.
[ "$1" = get ] && [ -f "$SECRETS_DIR/password" ] || exit 0
printf 'username=%s\npassword=%s\n' "$(cat "$SECRETS_DIR/username")" "$(cat "$SECRETS_DIR/password")"

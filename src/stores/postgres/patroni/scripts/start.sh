#!/bin/sh
# Starts this member. Credentials come from files: Patroni takes them by its environment, and gives them to no other program.
set -eu
export LC_ALL=C.UTF-8

secret() {
  value=$(cat "$SECRETS_DIR/$1")
  [ -n "$value" ] || { echo "the Secret's key $1 is empty" >&2; exit 1; }
  printf %s "$value"
}
PATRONI_REPLICATION_PASSWORD=$(secret replication-password)
PATRONI_REWIND_PASSWORD=$(secret rewind-password)
export PATRONI_REPLICATION_PASSWORD PATRONI_REWIND_PASSWORD

# what all members agree on is in the API server since the first start, and may have been changed here since
patronictl -c "$CONFIG_DIR/patroni.yaml" edit-config --force --replace "$CONFIG_DIR/dynamic.yaml" \
  || echo "the configuration of all members was not brought up to date, which is right before there is a cluster" >&2

# a certificate that was renewed is taken without a restart; one that cannot be read for a moment does not end the watch
certificate() { cat "$TLS_DIR/tls.crt" "$TLS_DIR/ca.crt"; }
(
  seen=$(certificate)
  while sleep "$CERTIFICATE_INTERVAL"; do
    now=$(certificate) || continue
    [ "$now" = "$seen" ] || { seen=$now; echo "taking the new certificate"; kill -HUP $$; }
  done
) &

exec patroni "$CONFIG_DIR/patroni.yaml"

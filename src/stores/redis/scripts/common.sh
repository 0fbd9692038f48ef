# What the scripts of this folder have in common.
set -eu
export LC_ALL=C

# cli HOST PORT COMMAND...: asks one member, and waits no longer than a few seconds for the answer
cli() {
  cli_host=$1; cli_port=$2; shift 2
  REDISCLI_AUTH=$(cat "$SECRETS_DIR/member-password") timeout 5 redis-cli -e --no-auth-warning --user member \
    --tls --cacert "$TLS_DIR/ca.crt" -h "$cli_host" -p "$cli_port" "$@" 2>&1
}

# member ADDRESS COMMAND...: asks the member at HOST:PORT
member() { member_at=$1; shift; cli "${member_at%:*}" "${member_at##*:}" "$@"; }

# me COMMAND...: asks the member of this pod
me() { cli "$POD_IP" "$PORT" "$@"; }

# identity ADDRESS: the id of the member there, and where it says it is: ID IP:PORT@BUSPORT
identity() { member "$1" cluster nodes | awk '$3 ~ /myself/ { split($2, a, ","); print $1, a[1]; found = 1 } END { exit !found }'; }

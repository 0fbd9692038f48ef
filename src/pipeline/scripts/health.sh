# Watches for SOAK_SECONDS that what was released stays healthy. Then this run is done with the environment.
set -eu
HOME=$(mktemp -d)
export HOME
end=$(($(date +%s) + SOAK_SECONDS))
while :; do
  argocd app wait "$APPLICATION" --health --timeout "$POLL_SECONDS" || { echo "$APPLICATION is not healthy" >&2; exit 1; }
  [ "$(date +%s)" -lt "$end" ] || break
  sleep "$POLL_SECONDS"
done
mkdir -p "$OUTPUT"
touch "$OUTPUT/done-$ENVIRONMENT"
echo "$APPLICATION is healthy"

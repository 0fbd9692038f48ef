# Waits until Argo CD runs the digest in the environment, in sync, and healthy or waiting to be promoted.
# usage: wait.sh [DIGEST]
set -eu
HOME=$(mktemp -d)
export HOME
digest=${1:-$(cat "$OUTPUT/digest" 2> /dev/null || echo "$DIGEST")}
deadline=$(($(date +%s) + DEPLOY_SECONDS))
left() { echo $((deadline - $(date +%s))); }

[ "$AUTO_SYNC" = true ] || argocd app sync "$APPLICATION" --timeout "$DEPLOY_SECONDS"
# Argo CD looks at the repository when it is asked to, and by itself every few minutes
until argocd app get "$APPLICATION" --refresh --output json > "$HOME/application" && tr -d '\n' < "$HOME/application" | grep -q "\"images\": *\[[^]]*$digest"; do
  [ "$(left)" -gt 0 ] || { echo "$APPLICATION does not run $digest after $DEPLOY_SECONDS s" >&2; exit 1; }
  sleep "$POLL_SECONDS"
done
seconds=$(left)
argocd app wait "$APPLICATION" --operation --sync --health --suspended --timeout "$([ "$seconds" -gt 1 ] && echo "$seconds" || echo 1)"

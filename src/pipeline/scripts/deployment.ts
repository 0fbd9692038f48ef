/**
 * What asks Argo CD: POSIX sh and its command line, which finds the server and a token in the environment. No credential of a cluster.
 */

const WAIT = `# Waits until Argo CD runs the digest in the environment, in sync, and healthy or waiting to be promoted.
# usage: wait.sh [DIGEST]
set -eu
HOME=$(mktemp -d)
export HOME
digest=\${1:-$(cat "$OUTPUT/digest" 2> /dev/null || echo "$DIGEST")}
deadline=$(($(date +%s) + DEPLOY_SECONDS))
left() { echo $((deadline - $(date +%s))); }

[ "$AUTO_SYNC" = true ] || argocd app sync "$APPLICATION" --timeout "$DEPLOY_SECONDS"
# Argo CD looks at the repository when it is asked to, and by itself every few minutes
until argocd app get "$APPLICATION" --refresh --output json > "$HOME/application" && tr -d '\\n' < "$HOME/application" | grep -q "\\"images\\": *\\[[^]]*$digest"; do
  [ "$(left)" -gt 0 ] || { echo "$APPLICATION does not run $digest after $DEPLOY_SECONDS s" >&2; exit 1; }
  sleep "$POLL_SECONDS"
done
seconds=$(left)
argocd app wait "$APPLICATION" --operation --sync --health --suspended --timeout "$([ "$seconds" -gt 1 ] && echo "$seconds" || echo 1)"
`;

const PROMOTE = `# Lets a new version that waits beside the old one take its place (Argo Rollouts), and waits until it is healthy.
set -eu
HOME=$(mktemp -d)
export HOME
if argocd app wait "$APPLICATION" --suspended --timeout "$POLL_SECONDS" > /dev/null 2>&1; then
  argocd app actions run "$APPLICATION" promote-full --kind Rollout --resource-name "$SERVICE"
fi
argocd app wait "$APPLICATION" --operation --health --timeout "$DEPLOY_SECONDS"
`;

const HEALTH = `# Watches for SOAK_SECONDS that what was released stays healthy. Then this run is done with the environment.
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
`;

const ABORT = `# Sends all traffic back to the old version, where that still runs beside the new one. A service without a Rollout has nothing to abort.
set -eu
HOME=$(mktemp -d)
export HOME
if [ -e "$OUTPUT/done-$ENVIRONMENT" ] || [ ! -s "$OUTPUT/released-$ENVIRONMENT" ]; then
  echo "nothing of $ENVIRONMENT is to be aborted"
  exit 0
fi
argocd app actions run "$APPLICATION" abort --kind Rollout --resource-name "$SERVICE" || echo "there is no Rollout to abort"
`;

const RESTORE = `# Waits until the version from before the release runs again. Where there was none, the revert is all that can be done.
set -eu
if [ ! -e "$OUTPUT/reverted-$ENVIRONMENT" ]; then
  echo "nothing of $ENVIRONMENT was taken back"
elif [ ! -s "$OUTPUT/previous-$ENVIRONMENT" ]; then
  echo "there was no release before"
else
  sh "$SCRIPTS/wait.sh" "$(cat "$OUTPUT/previous-$ENVIRONMENT")"
fi
`;

export const DEPLOYMENT_SCRIPTS = { wait: WAIT, promote: PROMOTE, health: HEALTH, abort: ABORT, restore: RESTORE };

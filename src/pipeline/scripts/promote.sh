# Lets a new version that waits beside the old one take its place (Argo Rollouts), and waits until it is healthy.
set -eu
HOME=$(mktemp -d)
export HOME
if argocd app wait "$APPLICATION" --suspended --timeout "$POLL_SECONDS" > /dev/null 2>&1; then
  argocd app actions run "$APPLICATION" promote-full --kind Rollout --resource-name "$SERVICE"
fi
argocd app wait "$APPLICATION" --operation --health --timeout "$DEPLOY_SECONDS"

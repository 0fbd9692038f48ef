# Sends all traffic back to the old version, where that still runs beside the new one. A service without a Rollout has nothing to abort.
set -eu
HOME=$(mktemp -d)
export HOME
if [ -e "$OUTPUT/done-$ENVIRONMENT" ] || [ ! -s "$OUTPUT/released-$ENVIRONMENT" ]; then
  echo "nothing of $ENVIRONMENT is to be aborted"
  exit 0
fi
argocd app actions run "$APPLICATION" abort --kind Rollout --resource-name "$SERVICE" || echo "there is no Rollout to abort"

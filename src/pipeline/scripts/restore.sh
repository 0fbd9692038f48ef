# Waits until the version from before the release runs again. Where there was none, the revert is all that can be done.
set -eu
if [ ! -e "$OUTPUT/reverted-$ENVIRONMENT" ]; then
  echo "nothing of $ENVIRONMENT was taken back"
elif [ ! -s "$OUTPUT/previous-$ENVIRONMENT" ]; then
  echo "there was no release before"
else
  sh "$SCRIPTS/wait.sh" "$(cat "$OUTPUT/previous-$ENVIRONMENT")"
fi

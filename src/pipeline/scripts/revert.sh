# Takes the release of the environment back, by the revert of its commit. Does nothing where this run released nothing, or is done with it.
set -eu
. "$SCRIPTS/repository.sh"
if [ -e "$OUTPUT/done-$ENVIRONMENT" ] || [ ! -s "$OUTPUT/released-$ENVIRONMENT" ]; then
  echo "nothing of $ENVIRONMENT is to be taken back"
  exit 0
fi
commit=$(cat "$OUTPUT/released-$ENVIRONMENT")

revert() {
  newest || return 1
  if ! git revert --no-edit "$commit" > /dev/null; then
    git revert --abort || true
    echo "somebody changed the same lines after $commit, so it is not taken back: release an older version by hand" >&2
    exit 1
  fi
  git push --quiet origin "HEAD:refs/heads/$BRANCH" || return 1
  git log -1 --oneline
}
own_clone
again revert
touch "$OUTPUT/reverted-$ENVIRONMENT"

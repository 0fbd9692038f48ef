# Commits the version of the service in the environment, with the manifests that it renders, on top of the branch as it is now.
# Notes what it did in $OUTPUT: the commit, and the digest that was there before.
set -eu
. "$SCRIPTS/repository.sh"
[ ! -s "$OUTPUT/digest" ] || DIGEST=$(cat "$OUTPUT/digest")
[ ! -s "$OUTPUT/revision" ] || REVISION=$(cat "$OUTPUT/revision")
case $DIGEST in
  sha256:*) ;;
  *) echo "DIGEST is no digest" >&2; exit 1 ;;
esac
rm -f "$OUTPUT/released-$ENVIRONMENT" "$OUTPUT/done-$ENVIRONMENT" "$OUTPUT/reverted-$ENVIRONMENT"

# what is wrong in it ends the script; only a fetch or a push that failed is tried again
release() {
  newest || return 1
  sed -n 's/^ *digest: *[^s]*\(sha256:[0-9a-f]\{64\}\).*/\1/p' "$VALUES/$SERVICE/$ENVIRONMENT/tag.yaml" > "$OUTPUT/previous-$ENVIRONMENT" || exit 1
  sh -ec "$INSTALL" || exit 1
  npx --no-install cdk8s-microservices release set "$SERVICE" "$ENVIRONMENT" "$REVISION@$DIGEST" --directory "$VALUES" || exit 1
  sh -ec "$SYNTHESIS" || exit 1
  git add --all -- "$APPLICATIONS" "$MANIFESTS" || exit 1
  if git diff --cached --quiet; then
    echo "$SERVICE of $ENVIRONMENT is released already"
    return 0
  fi
  git commit --quiet --message "Release $SERVICE $REVISION to $ENVIRONMENT" || exit 1
  git push --quiet origin "HEAD:refs/heads/$BRANCH" || return 1
  git rev-parse HEAD > "$OUTPUT/released-$ENVIRONMENT"
  git log -1 --oneline
}
again release

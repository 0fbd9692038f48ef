# Commits the version of the service in the environment, with the manifests that were prepared, on top of the branch as it is now.
# Runs no code of other people, because it has a password.
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

# A run that was approved late must not take a newer version back. Tags are commits, unless somebody wrote one by hand
refuse_older() {
  running=$(sed -n "s/^ *tag: *[\"']\{0,1\}\([0-9a-f]\{40\}\).*/\1/p" "$VALUES/$SERVICE/$ENVIRONMENT/tag.yaml" | head -n 1)
  if [ -z "$running" ] || [ "$running" = "$REVISION" ]; then
    return 0
  fi
  [ "$(git rev-parse --is-shallow-repository)" = false ] || git fetch --quiet --unshallow origin || return 1
  if git merge-base --is-ancestor "$REVISION" "$running" 2> /dev/null; then
    echo "$SERVICE of $ENVIRONMENT is at $running, which is newer than $REVISION. To go back, revert the commit of its release" >&2
    exit 1
  fi
}

# The patch comes from where other people's code ran: it may change manifests alone, to this version
apply_patch() {
  patch=$OUTPUT/release-$ENVIRONMENT.patch
  [ -z "${PATCH:-}" ] || printf %s "$PATCH" | base64 -d | gzip -d > "$patch"
  [ -e "$patch" ] || { echo "no release was prepared" >&2; exit 1; }
  [ -s "$patch" ] || return 0
  if ! git apply --3way --index "$patch"; then
    echo "somebody changed the same lines since the release was prepared: prepare it again" >&2
    exit 1
  fi
  if git diff --cached --name-only --no-renames | grep -qv -e "^$APPLICATIONS/" -e "^$MANIFESTS/" || git diff --cached --raw --no-renames | grep -q '^:[0-9]* 1[26]0000 '; then
    echo "the prepared release changes more than files of $APPLICATIONS and $MANIFESTS" >&2
    exit 1
  fi
  if ! git diff --cached --quiet && ! { grep -q "$REVISION" "$VALUES/$SERVICE/$ENVIRONMENT/tag.yaml" && grep -q "$DIGEST" "$VALUES/$SERVICE/$ENVIRONMENT/tag.yaml"; }; then
    echo "the prepared release is of another version than $REVISION@$DIGEST" >&2
    exit 1
  fi
}

# what is wrong in it ends the script; only a fetch or a push that failed is tried again
release() {
  newest || return 1
  sed -n 's/^ *digest: *[^s]*\(sha256:[0-9a-f]\{64\}\).*/\1/p' "$VALUES/$SERVICE/$ENVIRONMENT/tag.yaml" > "$OUTPUT/previous-$ENVIRONMENT" || exit 1
  refuse_older || return 1
  apply_patch
  if git diff --cached --quiet; then
    echo "$SERVICE of $ENVIRONMENT is released already"
    return 0
  fi
  git commit --quiet --message "Release $SERVICE $REVISION to $ENVIRONMENT" || exit 1
  git push --quiet origin "HEAD:refs/heads/$BRANCH" || return 1
  git rev-parse HEAD > "$OUTPUT/released-$ENVIRONMENT"
  git log -1 --oneline
}
own_clone
again release

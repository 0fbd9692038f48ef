# Renders the release of the service in the environment, and leaves a patch in $OUTPUT. There is no credential here: this runs the code of other people.
set -eu
. "$SCRIPTS/repository.sh"
[ -z "${GIT_PASSWORD:-}" ] || { echo "GIT_PASSWORD is set where it must not be" >&2; exit 1; }
[ ! -s "$OUTPUT/digest" ] || DIGEST=$(cat "$OUTPUT/digest")
[ ! -s "$OUTPUT/revision" ] || REVISION=$(cat "$OUTPUT/revision")
case $DIGEST in
  sha256:*) ;;
  *) echo "DIGEST is no digest" >&2; exit 1 ;;
esac
# where the engine has the newest commit of the branch, unless it may be fetched without a password
if [ -n "${CHECKED_OUT:-}" ]; then
  cd "$CHECKED_OUT"
else
  again newest
fi
sh -ec "$INSTALL"
npx --no-install cdk8s-microservices release set "$SERVICE" "$ENVIRONMENT" "$REVISION@$DIGEST" --directory "$VALUES"
sh -ec "$SYNTHESIS"
git add --all -- "$APPLICATIONS" "$MANIFESTS"
git diff --cached --binary --no-renames --no-ext-diff > "$OUTPUT/release-$ENVIRONMENT.patch"
git --no-pager diff --cached --stat

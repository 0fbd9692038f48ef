# Fetches the newest commit of the branch into $OUTPUT, for what has no password.
set -eu
. "$SCRIPTS/repository.sh"
rm -rf "$OUTPUT/newest"
git clone --quiet --single-branch --branch "$BRANCH" "$REPOSITORY_URL" "$OUTPUT/newest"
git -C "$OUTPUT/newest" log -1 --oneline

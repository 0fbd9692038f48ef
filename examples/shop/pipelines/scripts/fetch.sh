# Rendered by cdk8s-microservices, and replaced at each synthesis. Change the program instead.
# Fetches the newest commit of the branch into $OUTPUT, for what has no password.
set -eu
. "$SCRIPTS/repository.sh"
rm -rf "$OUTPUT/newest"
git clone --quiet --single-branch --branch "$BRANCH" "$REPOSITORY_URL" "$OUTPUT/newest"
git -C "$OUTPUT/newest" log -1 --oneline

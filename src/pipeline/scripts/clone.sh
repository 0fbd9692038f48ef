# Fetches the commit that a run is about into the working directory.
set -eu
rm -rf "$OUTPUT"
git init --quiet
git remote add origin "$REPOSITORY_URL" 2> /dev/null || git remote set-url origin "$REPOSITORY_URL"
. "$SCRIPTS/repository.sh"
git fetch --quiet origin '+refs/heads/*:refs/remotes/origin/*'
commit=$(git rev-parse --quiet --verify --end-of-options "origin/$REVISION^{commit}" || git rev-parse --quiet --verify --end-of-options "$REVISION^{commit}") \
  || { echo "the repository has no commit and no branch $REVISION" >&2; exit 1; }
# what nobody merged gets into no environment
git merge-base --is-ancestor "$commit" "origin/$BRANCH" || { echo "$REVISION is not on the branch $BRANCH" >&2; exit 1; }
git checkout --quiet --force --detach "$commit"
echo "$commit" > "$OUTPUT/revision"
git log -1 --oneline

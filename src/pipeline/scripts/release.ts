/**
 * What changes the repository: POSIX sh, Git and Node.js. A release is one commit, and taking it back is the revert of that commit.
 */

const REPOSITORY = `# How Git is used: who commits, and credentials that are asked for by the push alone.
set -eu
HOME=$(mktemp -d)
export HOME GIT_TERMINAL_PROMPT=0 GIT_CONFIG_NOSYSTEM=1
# in a container the folder belongs to somebody else
git config --global --add safe.directory '*'
git config --global user.name "\${AUTHOR% <*}"
author_address=\${AUTHOR#*<}
git config --global user.email "\${author_address%>}"
if [ -n "\${GIT_PASSWORD:-}" ]; then
  # shellcheck disable=SC2016
  git config --global credential.helper '!f() { [ "$1" = get ] && printf "username=%s\\npassword=%s\\n" "$GIT_USERNAME" "$GIT_PASSWORD"; }; f'
fi

mkdir -p "$OUTPUT"
OUTPUT=$(cd "$OUTPUT" && pwd)
TREE=$HOME/tree

# newest: goes to a tree of its own, in which is the newest commit of the branch and nothing else. The sources of this run stay as they are
newest() {
  git fetch --quiet origin "+refs/heads/$BRANCH:refs/remotes/origin/$BRANCH" || return 1
  if [ -e "$TREE" ]; then
    cd "$TREE" && git checkout --quiet --force --detach "origin/$BRANCH"
  else
    git worktree prune && git worktree add --quiet --detach "$TREE" "origin/$BRANCH" && cd "$TREE"
  fi
}

# again COMMAND: until it succeeds; somebody else may push meanwhile
again() {
  attempt=1
  until "$@"; do
    [ "$attempt" -lt "$PUSH_ATTEMPTS" ] || { echo "given up after $attempt attempts" >&2; return 1; }
    sleep "$attempt"
    attempt=$((attempt + 1))
  done
}
`;

const CLONE = `# Fetches the commit that a run is about into the working directory.
set -eu
rm -rf "$OUTPUT"
git init --quiet
git remote add origin "$REPOSITORY_URL" 2> /dev/null || git remote set-url origin "$REPOSITORY_URL"
. "$SCRIPTS/repository.sh"
git fetch --quiet origin '+refs/heads/*:refs/remotes/origin/*'
commit=$(git rev-parse --quiet --verify --end-of-options "origin/$REVISION^{commit}" || git rev-parse --quiet --verify --end-of-options "$REVISION^{commit}") \\
  || { echo "the repository has no commit and no branch $REVISION" >&2; exit 1; }
# what nobody merged gets into no environment
git merge-base --is-ancestor "$commit" "origin/$BRANCH" || { echo "$REVISION is not on the branch $BRANCH" >&2; exit 1; }
git checkout --quiet --force --detach "$commit"
echo "$commit" > "$OUTPUT/revision"
git log -1 --oneline
`;

const SYNTHESIS = `# Fails where the manifests in the repository are not what its program renders.
set -eu
HOME=$(mktemp -d)
export HOME GIT_CONFIG_NOSYSTEM=1
git config --global --add safe.directory '*'
sh -ec "$INSTALL"
sh -ec "$SYNTHESIS"
changes=$(git status --porcelain -- "$MANIFESTS" "$APPLICATIONS")
if [ -n "$changes" ]; then
  git --no-pager diff -- "$MANIFESTS" "$APPLICATIONS"
  printf 'not as committed:\\n%s\\n' "$changes" >&2
  exit 1
fi
`;

const RELEASE = `# Commits the version of the service in the environment, with the manifests that it renders, on top of the branch as it is now.
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
  sed -n 's/^ *digest: *[^s]*\\(sha256:[0-9a-f]\\{64\\}\\).*/\\1/p' "$VALUES/$SERVICE/$ENVIRONMENT/tag.yaml" > "$OUTPUT/previous-$ENVIRONMENT" || exit 1
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
`;

const REVERT = `# Takes the release of the environment back, by the revert of its commit. Does nothing where this run released nothing, or is done with it.
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
again revert
touch "$OUTPUT/reverted-$ENVIRONMENT"
`;

export const RELEASE_SCRIPTS = { repository: REPOSITORY, clone: CLONE, synthesis: SYNTHESIS, release: RELEASE, revert: REVERT };

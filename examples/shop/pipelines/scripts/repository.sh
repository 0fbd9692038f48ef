# Rendered by cdk8s-microservices, and replaced at each synthesis. Change the program instead.
# How Git is used: who commits, and credentials that are asked for by the push alone.
set -eu
HOME=$(mktemp -d)
export HOME GIT_TERMINAL_PROMPT=0 GIT_CONFIG_NOSYSTEM=1
# in a container the folder belongs to somebody else
git config --global --add safe.directory '*'
git config --global user.name "${AUTHOR% <*}"
author_address=${AUTHOR#*<}
git config --global user.email "${author_address%>}"
if [ -n "${GIT_PASSWORD:-}" ]; then
  # shellcheck disable=SC2016
  git config --global credential.helper '!f() { [ "$1" = get ] && printf "username=%s\npassword=%s\n" "$GIT_USERNAME" "$GIT_PASSWORD"; }; f'
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

# own_clone: goes to a repository in which nobody else could write hooks or settings, if the folder of this run is shared
own_clone() {
  if [ -n "${REPOSITORY_URL:-}" ]; then
    git clone --quiet --no-checkout "$REPOSITORY_URL" "$HOME/clone"
    cd "$HOME/clone"
  fi
}

# Fails where the manifests in the repository are not what its program renders.
set -eu
HOME=$(mktemp -d)
export HOME GIT_CONFIG_NOSYSTEM=1
git config --global --add safe.directory '*'
sh -ec "$INSTALL"
sh -ec "$SYNTHESIS"
changes=$(git status --porcelain -- "$MANIFESTS" "$APPLICATIONS")
if [ -n "$changes" ]; then
  git --no-pager diff -- "$MANIFESTS" "$APPLICATIONS"
  printf 'not as committed:\n%s\n' "$changes" >&2
  exit 1
fi

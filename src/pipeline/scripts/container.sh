# Runs the commands of a step in a container of its image, which finds these variables and the secrets that are named.
# usage: container.sh [SECRET...]
set -eu
for name; do
  shift
  set -- "$@" --env "$name"
done
exec docker run --rm --init --volume "$PWD:/workspace" --workdir /workspace --entrypoint /bin/sh \
  --env SERVICE --env REVISION --env SOURCE --env REPOSITORY --env ENVIRONMENT --env NAMESPACE --env DIGEST --env COMMANDS --env OUTPUT \
  "$@" "$STEP_IMAGE" "$SCRIPTS/commands.sh"

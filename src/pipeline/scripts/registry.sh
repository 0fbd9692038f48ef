# Credentials for the registry of $REPOSITORY, in a folder of their own.
set -eu
if [ -z "${DOCKER_CONFIG:-}" ]; then
  DOCKER_CONFIG=$(mktemp -d)
  export DOCKER_CONFIG
  [ -n "${REGISTRY_USERNAME:-}" ] && [ -n "${REGISTRY_PASSWORD:-}" ] || { echo "REGISTRY_USERNAME and REGISTRY_PASSWORD are not set" >&2; exit 1; }
  printf '{"auths":{"%s":{"auth":"%s"}}}\n' "${REPOSITORY%%/*}" \
    "$(printf '%s:%s' "$REGISTRY_USERNAME" "$REGISTRY_PASSWORD" | base64 | tr -d '\n')" > "$DOCKER_CONFIG/config.json"
  chmod 600 "$DOCKER_CONFIG/config.json"
fi

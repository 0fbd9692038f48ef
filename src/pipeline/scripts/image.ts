/**
 * What gets an image from sources into a registry: POSIX sh and one program each (Trivy, BuildKit or Docker, Cosign). What differs between
 * two services comes from the environment. `$OUTPUT` is a folder that later steps see.
 */

/** The user's commands, as one program of shell. */
const COMMANDS = `# Runs the commands of a step in the folder of the service.
set -eu
[ ! -s "$OUTPUT/revision" ] || REVISION=$(cat "$OUTPUT/revision")
[ ! -s "$OUTPUT/digest" ] || DIGEST=$(cat "$OUTPUT/digest")
IMAGE=\${DIGEST:+$REPOSITORY@$DIGEST}
export DIGEST IMAGE REVISION
cd "$SOURCE"
exec sh -ec "$COMMANDS"
`;

const SCAN = `# Looks for known vulnerabilities, secrets and unsafe settings in the sources of the service.
set -eu
HOME=$(mktemp -d)
export HOME
trivy fs --cache-dir "$HOME/trivy" --scanners vuln,secret,misconfig --severity "$SEVERITIES" --ignore-unfixed="$IGNORE_UNFIXED" --exit-code 1 "$SOURCE"
`;

/** Docker, Trivy and Cosign find credentials where Docker would have put them. */
const REGISTRY = `# Credentials for the registry of $REPOSITORY, in a folder of their own.
set -eu
if [ -z "\${DOCKER_CONFIG:-}" ]; then
  DOCKER_CONFIG=$(mktemp -d)
  export DOCKER_CONFIG
  [ -n "\${REGISTRY_USERNAME:-}" ] && [ -n "\${REGISTRY_PASSWORD:-}" ] || { echo "REGISTRY_USERNAME and REGISTRY_PASSWORD are not set" >&2; exit 1; }
  printf '{"auths":{"%s":{"auth":"%s"}}}\\n' "\${REPOSITORY%%/*}" \\
    "$(printf '%s:%s' "$REGISTRY_USERNAME" "$REGISTRY_PASSWORD" | base64 | tr -d '\\n')" > "$DOCKER_CONFIG/config.json"
  chmod 600 "$DOCKER_CONFIG/config.json"
fi
`;

const BUILD = `# Builds the image of the service and pushes it, and notes its digest in $OUTPUT/digest. Nobody has signed it yet, so no cluster that
# verifies signatures runs it.
set -eu
HOME=$(mktemp -d)
export HOME
. "$SCRIPTS/registry.sh"
[ ! -s "$OUTPUT/revision" ] || REVISION=$(cat "$OUTPUT/revision")
mkdir -p "$OUTPUT"
rm -f "$OUTPUT/digest" "$HOME/metadata"

case $BUILDER in
  docker)
    docker buildx create --name "delivery-$$" --driver docker-container --driver-opt "image=$BUILDKIT_IMAGE" >&2
    trap 'docker buildx rm --force "delivery-$$" >&2' EXIT
    docker buildx build --builder "delivery-$$" --pull --push --provenance mode=max --sbom false --metadata-file "$HOME/metadata" \\
      --label "org.opencontainers.image.revision=$REVISION" --tag "$REPOSITORY:$REVISION" "$SOURCE"
    ;;
  daemonless | server)
    set -- build --frontend dockerfile.v0 --local "context=$SOURCE" --local "dockerfile=$SOURCE" --opt "label:org.opencontainers.image.revision=$REVISION" \\
      --opt attest:provenance=mode=max --output "type=image,name=$REPOSITORY:$REVISION,push=true" --metadata-file "$HOME/metadata"
    if [ "$BUILDER" = server ]; then
      buildctl --addr "$BUILDKIT_ADDRESS" --tlsdir "$BUILDKIT_CERTIFICATES" "$@"
    else
      buildctl-daemonless.sh "$@"
    fi
    ;;
  *) echo "unknown builder $BUILDER" >&2; exit 1 ;;
esac

sed -n 's/.*"containerimage\\.digest": *"\\(sha256:[0-9a-f]\\{64\\}\\)".*/\\1/p' "$HOME/metadata" | head -n 1 > "$OUTPUT/digest"
[ -s "$OUTPUT/digest" ] || { echo "the builder told no digest" >&2; exit 1; }
printf 'DIGEST=%s\\n' "$(cat "$OUTPUT/digest")" > "$OUTPUT/digest.env"
echo "$REPOSITORY:$REVISION@$(cat "$OUTPUT/digest")"
`;

/**
 * Distroless images say that they are Debian, and have none of its package manager.
 */
const INSPECT = `# Looks into the image that was pushed: what it is made of, known vulnerabilities; and writes its bill of materials to $OUTPUT/sbom.cdx.json.
set -eu
HOME=$(mktemp -d)
export HOME
. "$SCRIPTS/registry.sh"
image=$REPOSITORY@$(cat "$OUTPUT/digest")

trivy image --cache-dir "$HOME/trivy" --scanners vuln --list-all-pkgs --format json --output "$HOME/report.json" "$image"
family=$(tr -d '\\n' < "$HOME/report.json" | sed -n 's/.*"OS": *{[^{}]*"Family": *"\\([^"]*\\)".*/\\1/p')
if [ -z "$family" ]; then
  family=scratch
elif [ "$family" = debian ] && ! grep -q '"Name": *"apt"' "$HOME/report.json"; then
  family=distroless
fi
case " $BASE_IMAGES " in
  *" $family "*) echo "$image is made of $family" ;;
  *) echo "$image is made of $family, and only these may be used: $BASE_IMAGES" >&2; exit 1 ;;
esac

trivy image --cache-dir "$HOME/trivy" --scanners vuln,secret --severity "$SEVERITIES" --ignore-unfixed="$IGNORE_UNFIXED" --exit-code 1 "$image"
trivy image --cache-dir "$HOME/trivy" --scanners vuln --format cyclonedx --output "$OUTPUT/sbom.cdx.json" "$image"
`;

const SIGN = `# Signs the image, and attests its bill of materials. By a private key where there is one, otherwise by the identity of the pipeline.
set -eu
HOME=$(mktemp -d)
export HOME
. "$SCRIPTS/registry.sh"
image=$REPOSITORY@$(cat "$OUTPUT/digest")
set --
if [ "$SIGN_BY" = key ]; then
  [ -n "\${COSIGN_PRIVATE_KEY:-}" ] || { echo "COSIGN_PRIVATE_KEY is not set" >&2; exit 1; }
  set -- --key env://COSIGN_PRIVATE_KEY
fi
cosign sign --yes "$@" "$image"
cosign attest --yes "$@" --type cyclonedx --predicate "$OUTPUT/sbom.cdx.json" "$image"
`;

export const IMAGE_SCRIPTS = {
  commands: COMMANDS, scan: SCAN, registry: REGISTRY, build: BUILD, inspect: INSPECT, sign: SIGN,
};

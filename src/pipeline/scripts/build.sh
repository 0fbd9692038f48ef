# Builds the image of the service and pushes it, and notes its digest in $OUTPUT/digest. Nobody has signed it yet, so no cluster that
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
    docker buildx build --builder "delivery-$$" --pull --push --provenance mode=max --sbom false --metadata-file "$HOME/metadata" \
      --label "org.opencontainers.image.revision=$REVISION" --tag "$REPOSITORY:$REVISION" "$SOURCE"
    ;;
  daemonless | server)
    set -- build --frontend dockerfile.v0 --local "context=$SOURCE" --local "dockerfile=$SOURCE" --opt "label:org.opencontainers.image.revision=$REVISION" \
      --opt attest:provenance=mode=max --output "type=image,name=$REPOSITORY:$REVISION,push=true" --metadata-file "$HOME/metadata"
    if [ "$BUILDER" = server ]; then
      buildctl --addr "$BUILDKIT_ADDRESS" --tlsdir "$BUILDKIT_CERTIFICATES" "$@"
    else
      buildctl-daemonless.sh "$@"
    fi
    ;;
  *) echo "unknown builder $BUILDER" >&2; exit 1 ;;
esac

sed -n 's/.*"containerimage\.digest": *"\(sha256:[0-9a-f]\{64\}\)".*/\1/p' "$HOME/metadata" | head -n 1 > "$OUTPUT/digest"
[ -s "$OUTPUT/digest" ] || { echo "the builder told no digest" >&2; exit 1; }
printf 'DIGEST=%s\n' "$(cat "$OUTPUT/digest")" > "$OUTPUT/digest.env"
echo "$REPOSITORY:$REVISION@$(cat "$OUTPUT/digest")"

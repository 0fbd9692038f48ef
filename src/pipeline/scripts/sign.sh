# Signs the image, and attests its bill of materials. By a private key where there is one, otherwise by the identity of the pipeline.
set -eu
HOME=$(mktemp -d)
export HOME
. "$SCRIPTS/registry.sh"
image=$REPOSITORY@$(cat "$OUTPUT/digest")
case $SIGNATURE_FORMAT in
  bundle) set -- ;;
  # Cosign 3 writes bundles unless it is told not to
  legacy) set -- --new-bundle-format=false --use-signing-config=false ;;
  *) echo "unknown format of signatures $SIGNATURE_FORMAT" >&2; exit 1 ;;
esac
if [ "$SIGN_BY" = key ]; then
  [ -n "${COSIGN_PRIVATE_KEY:-}" ] || { echo "COSIGN_PRIVATE_KEY is not set" >&2; exit 1; }
  set -- "$@" --key env://COSIGN_PRIVATE_KEY
fi
cosign sign --yes "$@" "$image"
cosign attest --yes "$@" --type cyclonedx --predicate "$OUTPUT/sbom.cdx.json" "$image"

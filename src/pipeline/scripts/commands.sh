# Runs the commands of a step in the folder of the service.
set -eu
[ ! -s "$OUTPUT/revision" ] || REVISION=$(cat "$OUTPUT/revision")
[ ! -s "$OUTPUT/digest" ] || DIGEST=$(cat "$OUTPUT/digest")
IMAGE=${DIGEST:+$REPOSITORY@$DIGEST}
export DIGEST IMAGE REVISION
cd "$SOURCE"
exec sh -ec "$COMMANDS"

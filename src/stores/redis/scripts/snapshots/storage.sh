# Who the scripts of this folder are to object storage.
set -eu
export LC_ALL=C
# include ../../../hosted/scripts/credentials.part.sh
store() { aws ${ENDPOINT_URL:+--endpoint-url "$ENDPOINT_URL"} s3 "$@"; }

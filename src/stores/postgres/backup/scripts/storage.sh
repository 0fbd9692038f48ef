# What the scripts of this folder have in common: who they are to object storage, and where the archive is.
set -eu
export LC_ALL=C PATH="$PATH:$BIN_DIR"
# include ../../../hosted/scripts/credentials.part.sh

# cloud COMMAND ARGUMENTS...: one of barman's commands on the archive, which are its first two arguments
cloud() {
  cloud_command=$1; shift
  "barman-cloud-$cloud_command" --cloud-provider aws-s3 ${ENDPOINT_URL:+--endpoint-url "$ENDPOINT_URL" --addressing-style path} "$@"
}

# writing COMMAND ARGUMENTS...: one that writes: compressed, and encrypted at rest
writing() {
  writing_command=$1; shift
  cloud "$writing_command" --gzip --encryption "$ENCRYPTION" ${KMS_KEY:+--sse-kms-key-id "$KMS_KEY"} "$@"
}

# backups CHOICE: the id of a backup, and when it began and ended in seconds of Unix time; fails when there is none
backups() { cloud backup-list --format json "$ARCHIVE_URL" "$ARCHIVE_NAME" | python3 "$BACKUP_DIR/catalog.py" "$@"; }

sql() { psql -AtqX -v ON_ERROR_STOP=1 -d postgres "$@"; }

log() { echo "$(date -u +%FT%TZ) $*" >&2; }

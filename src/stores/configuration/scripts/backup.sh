#!/bin/sh
# Archives what the API server holds of this namespace in the Git repository, if the newest archive there holds something else.
set -eu
export LC_ALL=C
umask 077
log() { printf '%s\n' "$*" >&2; }

# all lists over one connection; the token is in a file, so that it is in no list of processes
{
  printf 'header = "Authorization: Bearer %s"\n' "$(cat "$TOKEN_DIR/token")"
  while read -r resource; do
    case $resource in
      v1/*) path=api/v1 ;;
      *) path=apis/${resource%/*} ;;
    esac
    printf 'url = "%s"\noutput = "%s"\n' "$API_SERVER/$path/namespaces/$NAMESPACE/${resource##*/}" "$RUN_DIR/lists/$resource"
  done < "$CONFIG_DIR/api-resources"
} > "$RUN_DIR/request"
curl --silent --show-error --fail-early --retry 2 --max-time "$REQUEST_SECONDS" --cacert "$TOKEN_DIR/ca.crt" --config "$RUN_DIR/request" \
  --create-dirs --write-out '%{http_code} %{filename_effective}\n' > "$RUN_DIR/answers"
set --
while read -r status list; do
  resource=${list#"$RUN_DIR/lists/"}
  case $status in
    200) set -- "$@" "$list" ;;
    404) log "the API server has no $resource" ;;
    *) log "the API server answers $status to a list of $resource: $(head -c 300 "$list")"; exit 1 ;;
  esac
done < "$RUN_DIR/answers"
jq -c -f "$CONFIG_DIR/object.jq" /dev/null "$@" > "$RUN_DIR/objects"
rm -rf "$RUN_DIR/lists" "$RUN_DIR/request"
jq -S -s -f "$CONFIG_DIR/archive.jq" "$RUN_DIR/objects" > "$RUN_DIR/archive"
rm -f "$RUN_DIR/objects"
log "read $(jq '.items | length' "$RUN_DIR/archive") objects of $NAMESPACE"

# the digest is in the repository, and tells nothing to whoever has not its key: not even that a guess of the content was right. Whoever
# may read the archives is a part of it, so that a new reader gets one
[ -s "$SECRETS_DIR/digest-key" ] || { log "the Secret's key digest-key is empty"; exit 1; }
DIGEST=$({ sha256sum < "$SECRETS_DIR/digest-key"; cat "$CONFIG_DIR"/reader-*.asc | sha256sum; sha256sum < "$RUN_DIR/archive"; } | sha256sum | cut -d ' ' -f 1)
export DIGEST

# whoever takes an archive out asks who put it in. The key is in memory alone, and what holds it ends with this run
export GNUPGHOME="$RUN_DIR/gnupg"
mkdir -p "$GNUPGHOME"
trap 'gpgconf --kill all' EXIT
fingerprint() { gpg --no-options --batch --quiet --no-tty --with-colons --show-keys "$1" | awk -F : '$1 == "fpr" { print $10; exit }'; }
[ -s "$SECRETS_DIR/signing-key" ] || { log "the Secret's key signing-key is empty"; exit 1; }
gpg --no-options --batch --quiet --no-tty --import "$SECRETS_DIR/signing-key"
SIGNER=$(fingerprint "$CONFIG_DIR/signer.asc")
if [ -z "$SIGNER" ] || ! gpg --no-options --batch --quiet --no-tty --list-secret-keys "$SIGNER" > /dev/null 2>&1; then
  log "the Secret's key signing-key is not the private key of $CONFIG_DIR/signer.asc, whose fingerprint is '$SIGNER'"
  exit 1
fi
for reader in "$CONFIG_DIR"/reader-*.asc; do
  [ "$(fingerprint "$reader")" != "$SIGNER" ] || { log "$reader is the key that signs, so whoever reads the Secret could read the archives"; exit 1; }
done
export SIGNER

export HOME="$RUN_DIR" GIT_DIR="$SCRATCH_DIR/repository" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0
rm -rf "$GIT_DIR" "$SCRATCH_DIR/archive"
git init --quiet --bare "$GIT_DIR"
git config gc.auto 0
git config remote.origin.url "$REPOSITORY"
git config credential.helper "!sh '$CONFIG_DIR/credential.sh'"
if [ -f "$SECRETS_DIR/ssh-privatekey" ]; then
  # ssh wants a key that nobody else may read, and that ends with a line break
  { cat "$SECRETS_DIR/ssh-privatekey"; echo; } > "$RUN_DIR/key"
  export GIT_SSH_COMMAND="ssh -F none -i '$RUN_DIR/key' -o IdentitiesOnly=yes -o BatchMode=yes -o ConnectTimeout=20 \
-o StrictHostKeyChecking=yes -o UserKnownHostsFile='$CONFIG_DIR/known_hosts' -o GlobalKnownHostsFile=/dev/null"
fi

attempt=1
until sh "$CONFIG_DIR/publish.sh"; do
  [ "$attempt" -lt "$ATTEMPTS" ] || { log "given up after $attempt attempts"; exit 1; }
  sleep "$attempt"
  attempt=$((attempt + 1))
done
sh "$CONFIG_DIR/report.sh" || log "the success could not be reported"

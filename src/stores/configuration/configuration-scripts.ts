/**
 * What a configuration backup runs: POSIX sh, curl, jq, gpg, git and ssh. What differs between two places (addresses, folders, names)
 * comes from the environment.
 *
 * What was read of the API server is in memory alone; on disk there is only what is encrypted.
 */

/** Reads, compares, and publishes until it succeeds. */
const BACKUP = `#!/bin/sh
# Archives what the API server holds of this namespace in the Git repository, if the newest archive there holds something else.
set -eu
export LC_ALL=C
umask 077
log() { printf '%s\\n' "$*" >&2; }

# all lists over one connection; the token is in a file, so that it is in no list of processes
{
  printf 'header = "Authorization: Bearer %s"\\n' "$(cat "$TOKEN_DIR/token")"
  while read -r resource; do
    case $resource in
      v1/*) path=api/v1 ;;
      *) path=apis/\${resource%/*} ;;
    esac
    printf 'url = "%s"\\noutput = "%s"\\n' "$API_SERVER/$path/namespaces/$NAMESPACE/\${resource##*/}" "$RUN_DIR/lists/$resource"
  done < "$CONFIG_DIR/api-resources"
} > "$RUN_DIR/request"
curl --silent --show-error --fail-early --retry 2 --max-time "$REQUEST_SECONDS" --cacert "$TOKEN_DIR/ca.crt" --config "$RUN_DIR/request" \\
  --create-dirs --write-out '%{http_code} %{filename_effective}\\n' > "$RUN_DIR/answers"
set --
while read -r status list; do
  resource=\${list#"$RUN_DIR/lists/"}
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
  export GIT_SSH_COMMAND="ssh -F none -i '$RUN_DIR/key' -o IdentitiesOnly=yes -o BatchMode=yes -o ConnectTimeout=20 \\
-o StrictHostKeyChecking=yes -o UserKnownHostsFile='$CONFIG_DIR/known_hosts' -o GlobalKnownHostsFile=/dev/null"
fi

attempt=1
until sh "$CONFIG_DIR/publish.sh"; do
  [ "$attempt" -lt "$ATTEMPTS" ] || { log "given up after $attempt attempts"; exit 1; }
  sleep "$attempt"
  attempt=$((attempt + 1))
done
sh "$CONFIG_DIR/report.sh" || log "the success could not be reported"
`;

/** One attempt. */
const PUBLISH = `#!/bin/sh
# Commits what differs on top of the branch as it is now, and pushes it. Fails if somebody else pushed meanwhile: then the next attempt
# begins with what he pushed. Works on trees alone, so that no archive is ever fetched.
set -eu
log() { printf '%s\\n' "$*" >&2; }
cutoff=$(date -u -d "@$(($(date +%s) - RETENTION))" +%Y%m%dT%H%M%SZ)

rm -f "$GIT_DIR/index"
parent=
found=
head=$(git ls-remote origin "refs/heads/$BRANCH")
if [ -n "$head" ]; then
  git fetch --quiet --depth 1 --filter=blob:none origin "refs/heads/$BRANCH"
  parent=$(git rev-parse FETCH_HEAD)
  git read-tree "$parent"
  found=$(git ls-tree --name-only "$parent" "$FOLDER/")
fi
archives=$(printf '%s\\n' "$found" | sed -n "s|^$FOLDER/\\([0-9TZ]*\\.json\\.gpg\\)\\$|\\1|p" | sort)
newest=$(printf '%s\\n' "$archives" | tail -n 1)
known=
if [ -n "$newest" ] && printf '%s\\n' "$found" | grep -qxF "$FOLDER/digest"; then
  known=$(git cat-file blob "$parent:$FOLDER/digest")
fi

subject=
if [ "$known" != "$DIGEST $newest" ]; then
  ARCHIVE=$(date -u +%Y%m%dT%H%M%SZ).json.gpg
  # names are the order of what was in force: a second archive of one second would replace the first, an earlier one would be out of order
  if [ "$(printf '%s\\n' "$newest" "$ARCHIVE" | sort | tail -n 1)" = "$newest" ]; then
    log "the newest archive is of \${newest%.json.gpg}, and now is not later: it was made this second, or a clock is wrong"
    exit 1
  fi
  set --
  for reader in "$CONFIG_DIR"/reader-*.asc; do set -- "$@" --recipient-file "$reader"; done
  [ -f "$SCRATCH_DIR/archive" ] || gpg --no-options --batch --quiet --no-tty --trust-model always --cipher-algo AES256 \\
    --output "$SCRATCH_DIR/archive" "$@" --encrypt "$RUN_DIR/archive"
  printf '%s\\n' "$DIGEST $ARCHIVE" > "$SCRATCH_DIR/digest"
  for file in "archive:$ARCHIVE" digest:digest; do
    blob=$(git hash-object -w "$SCRATCH_DIR/\${file%%:*}")
    git update-index --add --cacheinfo "100644,$blob,$FOLDER/\${file#*:}"
  done
  archives=$(printf '%s\\n' "$archives" "$ARCHIVE" | sed '/^$/d' | sort)
  subject="Archive $FOLDER of \${ARCHIVE%.json.gpg}"
fi

# an archive holds what was in force until the next one was made, so that one may go when its successor is old enough
removed=$(printf '%s\\n' "$archives" | awk -v cutoff="$cutoff.json.gpg" 'NR > 1 && $0 < cutoff { print before } { before = $0 }')
if [ -n "$removed" ]; then
  printf '%s\\n' "$removed" | sed "s|.*|0 0000000000000000000000000000000000000000\\t$FOLDER/&|" | git update-index --index-info
  : "\${subject:=Remove old archives of $FOLDER}"
fi
[ -n "$subject" ] || { log "nothing changed since \${newest%.json.gpg}"; exit 0; }

tree=$(git write-tree --missing-ok)
commit=$(printf '%s\\n' "$subject" | git commit-tree -S"$SIGNER" \${parent:+-p "$parent"} "$tree")
git push --quiet origin "$commit:refs/heads/$BRANCH"
log "$subject"
`;

/** Gives Git the user and the password of the Secret, and nothing to whom they do not belong. */
const CREDENTIAL = `#!/bin/sh
# Answers Git's question for credentials. What Git wants to store or to erase is left as it is.
[ "$1" = get ] && [ -f "$SECRETS_DIR/password" ] || exit 0
printf 'username=%s\\npassword=%s\\n' "$(cat "$SECRETS_DIR/username")" "$(cat "$SECRETS_DIR/password")"
`;

/** Reports a success: that nothing was to be done is one too. */
const REPORT = `#!/bin/sh
# Reports when this backup succeeded last.
set -eu
printf 'configuration_backup_last_success_timestamp_seconds %s\\n' "$(date +%s)" \\
  | curl --silent --show-error --fail --max-time "$REQUEST_SECONDS" --request PUT --data-binary @- "$PUSHGATEWAY_URL/metrics/job/configuration-backup/namespace/$NAMESPACE/backup/$NAME"
`;

/** One list of the API server. */
const OBJECT = `# Each object of a list, without what changes though nobody changes it, and what could not be applied to another cluster.
def without($names): if . == null then . else with_entries(select(.key as $key | any($names[]; . == $key) | not)) end;

.apiVersion as $version | (.kind | rtrimstr("List")) as $kind
| .items[]
# who leads: written every few seconds
| select((.metadata.annotations // {}) | has("renewTime") or has("control-plane.alpha.kubernetes.io/leader") | not)
# put into every namespace by the control plane
| select($kind != "ConfigMap" or .metadata.name != "kube-root-ca.crt")
| {apiVersion: $version, kind: $kind} + .
# Argo CD asks for a sync by the latter
| del(.status, .operation)
| .metadata |= without(["uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink", "finalizers"])
| if .metadata.annotations then .metadata.annotations |= without([
    "kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision", "rollout.argoproj.io/revision", "deprecated.daemonset.template.generation",
    "pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller", "volume.kubernetes.io/selected-node",
    "volume.kubernetes.io/storage-provisioner", "volume.beta.kubernetes.io/storage-provisioner",
    "serving.knative.dev/creator", "serving.knative.dev/lastModifier", "eventing.knative.dev/creator", "eventing.knative.dev/lastModifier"]) else . end
| if .metadata.annotations == {} then del(.metadata.annotations) else . end
| if $kind == "PersistentVolumeClaim" then del(.spec.volumeName) else . end
| if $kind == "Service" then del(.spec.healthCheckNodePort) | if .spec.clusterIP != "None" then del(.spec.clusterIP, .spec.clusterIPs) else . end else . end
`;

/** All of them. */
const ARCHIVE = `# One list that kubectl applies, in the order of kinds and names, of what has no owner: an owner makes again what is his.
(map(select(.kind == "HorizontalPodAutoscaler") | .spec.scaleTargetRef | [.kind, .name])) as $scaled
| map(select([(.metadata.ownerReferences // [])[] | select(.controller)] == []))
# how many there are is what the autoscaler decided last
| map([.kind, .metadata.name] as $this | if any($scaled[]; . == $this) then del(.spec.replicas) else . end)
| {apiVersion: "v1", kind: "List", items: sort_by(.apiVersion, .kind, .metadata.name)}
`;

export const CONFIGURATION_SCRIPTS = {
  'backup.sh': BACKUP, 'publish.sh': PUBLISH, 'credential.sh': CREDENTIAL, 'report.sh': REPORT, 'object.jq': OBJECT, 'archive.jq': ARCHIVE,
};

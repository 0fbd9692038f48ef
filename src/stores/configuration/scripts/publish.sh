#!/bin/sh
# Commits what differs on top of the branch as it is now, and pushes it. Fails if somebody else pushed meanwhile: then the next attempt
# begins with what he pushed. Works on trees alone, so that no archive is ever fetched.
set -eu
log() { printf '%s\n' "$*" >&2; }
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
archives=$(printf '%s\n' "$found" | sed -n "s|^$FOLDER/\([0-9TZ]*\.json\.gpg\)\$|\1|p" | sort)
newest=$(printf '%s\n' "$archives" | tail -n 1)
known=
if [ -n "$newest" ] && printf '%s\n' "$found" | grep -qxF "$FOLDER/digest"; then
  known=$(git cat-file blob "$parent:$FOLDER/digest")
fi

subject=
if [ "$known" != "$DIGEST $newest" ]; then
  ARCHIVE=$(date -u +%Y%m%dT%H%M%SZ).json.gpg
  # names are the order of what was in force: a second archive of one second would replace the first, an earlier one would be out of order
  if [ "$(printf '%s\n' "$newest" "$ARCHIVE" | sort | tail -n 1)" = "$newest" ]; then
    log "the newest archive is of ${newest%.json.gpg}, and now is not later: it was made this second, or a clock is wrong"
    exit 1
  fi
  set --
  for reader in "$CONFIG_DIR"/reader-*.asc; do set -- "$@" --recipient-file "$reader"; done
  [ -f "$SCRATCH_DIR/archive" ] || gpg --no-options --batch --quiet --no-tty --trust-model always --cipher-algo AES256 \
    --output "$SCRATCH_DIR/archive" "$@" --encrypt "$RUN_DIR/archive"
  printf '%s\n' "$DIGEST $ARCHIVE" > "$SCRATCH_DIR/digest"
  for file in "archive:$ARCHIVE" digest:digest; do
    blob=$(git hash-object -w "$SCRATCH_DIR/${file%%:*}")
    git update-index --add --cacheinfo "100644,$blob,$FOLDER/${file#*:}"
  done
  archives=$(printf '%s\n' "$archives" "$ARCHIVE" | sed '/^$/d' | sort)
  subject="Archive $FOLDER of ${ARCHIVE%.json.gpg}"
fi

# an archive holds what was in force until the next one was made, so that one may go when its successor is old enough
removed=$(printf '%s\n' "$archives" | awk -v cutoff="$cutoff.json.gpg" 'NR > 1 && $0 < cutoff { print before } { before = $0 }')
if [ -n "$removed" ]; then
  printf '%s\n' "$removed" | sed "s|.*|0 0000000000000000000000000000000000000000\t$FOLDER/&|" | git update-index --index-info
  : "${subject:=Remove old archives of $FOLDER}"
fi
[ -n "$subject" ] || { log "nothing changed since ${newest%.json.gpg}"; exit 0; }

tree=$(git write-tree --missing-ok)
commit=$(printf '%s\n' "$subject" | git commit-tree -S"$SIGNER" ${parent:+-p "$parent"} "$tree")
git push --quiet origin "$commit:refs/heads/$BRANCH"
log "$subject"

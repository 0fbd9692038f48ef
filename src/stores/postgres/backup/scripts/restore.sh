#!/bin/sh
# restore.sh FOLDER CONFIGURATION [TIME]: brings the newest backup into an empty folder, or the newest that had ended by a time such as
# 2026-05-04T10:15:00+00:00, and writes the configuration that recovers it to the end of the archive or to that time. Start it by:
#   postgres -D FOLDER -c config_file=CONFIGURATION -c archive_mode=off
# It never archives, because it would write into the archive of the database that it is a copy of.
. "$BACKUP_DIR/storage.sh"
data=$1
configuration=$2
time=${3:-}
mkdir -p "$data"
if [ -n "$(ls -A "$data")" ]; then
  log "$data is not empty: a restore needs an empty folder"
  exit 1
fi
chosen=$(backups ${time:+"$time"})
log "restoring ${chosen%% *}${time:+ to $time}"
chmod 700 "$data"
cloud restore "$ARCHIVE_URL" "$ARCHIVE_NAME" "${chosen%% *}" "$data"
rm -f "$data/standby.signal" "$data/postmaster.pid"
touch "$data/recovery.signal"

# the folder's own configuration names certificates and members that are not here; what a database cannot be opened without is taken
libraries=$(postgres -D "$data" -C shared_preload_libraries 2> /dev/null) || libraries=
run=$(dirname "$configuration")
umask 077
echo 'local all all trust' > "$run/restored_hba.conf"
# shellcheck disable=SC2016 # these quotes belong to the configuration
cat > "$configuration" <<END
restore_command = '/bin/sh $BACKUP_DIR/fetch.sh %f "%p" "$data.spool"'
${time:+recovery_target_time = '$time'}
recovery_target_action = promote
recovery_target_timeline = latest
archive_mode = off
hot_standby = off
listen_addresses = ''
unix_socket_directories = '$run'
hba_file = '$run/restored_hba.conf'
ssl = off
dynamic_shared_memory_type = mmap
shared_preload_libraries = '$libraries'
synchronous_standby_names = ''
log_destination = stderr
END

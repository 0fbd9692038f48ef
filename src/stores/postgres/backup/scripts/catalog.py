"""Chooses from what barman-cloud-backup-list wrote as JSON: the newest backup, or with a time the newest that had ended by then.
Prints its id, and when it began and ended in seconds of Unix time."""
import json
import sys
from datetime import datetime, timezone


def seconds(text):
    time = datetime.fromisoformat(text)
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).timestamp()


by = seconds(sys.argv[1]) if len(sys.argv) > 1 else float("inf")
done = [backup for backup in json.load(sys.stdin)["backups_list"] if backup and backup.get("status") == "DONE"]
ended = sorted((seconds(backup["end_time_iso"]), seconds(backup["begin_time_iso"]), backup["backup_id"]) for backup in done)
usable = [backup for backup in ended if backup[0] <= by]
if not usable:
    sys.exit(f"there are {len(ended)} backups, and none of them {'had ended by ' + sys.argv[1] if len(sys.argv) > 1 else 'is complete'}")
end, begin, name = usable[-1]
print(name, int(begin), int(end))

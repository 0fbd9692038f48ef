# Fails where the job was started by somebody who is no approver. What keeps others from it is the protected environment.
set -eu
case " $APPROVERS " in
  *" ${GITLAB_USER_LOGIN:?} "*) echo "approved by $GITLAB_USER_LOGIN" ;;
  *) echo "$GITLAB_USER_LOGIN may not release to $ENVIRONMENT. These may: $APPROVERS" >&2; exit 1 ;;
esac

# Fails where GitHub would ask nobody before it releases to the environment, or somebody who is no approver.
set -eu
reviewers=$(gh api "repos/$GITHUB_REPOSITORY/environments/$ENVIRONMENT" \
  --jq '.protection_rules[]? | select(.type == "required_reviewers") | .reviewers[].reviewer | .slug // .login')
[ -n "$reviewers" ] || { echo "the environment $ENVIRONMENT has no required reviewers, so a release would wait for nobody: name them in the settings of the repository" >&2; exit 1; }
for reviewer in $reviewers; do
  case " $APPROVERS " in
    *" $reviewer "*) ;;
    *) echo "$reviewer may approve releases to $ENVIRONMENT, and is none of the approvers: $APPROVERS" >&2; exit 1 ;;
  esac
done
echo "$ENVIRONMENT is approved by $(echo "$reviewers" | tr '\n' ' ')"

# Looks for known vulnerabilities, secrets and unsafe settings in the sources of the service.
set -eu
HOME=$(mktemp -d)
export HOME
trivy fs --cache-dir "$HOME/trivy" --scanners vuln,secret,misconfig --severity "$SEVERITIES" --ignore-unfixed="$IGNORE_UNFIXED" --exit-code 1 "$SOURCE"

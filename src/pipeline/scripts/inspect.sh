# Looks into the image that was pushed: what it is made of, known vulnerabilities; and writes its bill of materials to $OUTPUT/sbom.cdx.json.
set -eu
HOME=$(mktemp -d)
export HOME
. "$SCRIPTS/registry.sh"
image=$REPOSITORY@$(cat "$OUTPUT/digest")

trivy image --cache-dir "$HOME/trivy" --scanners vuln --list-all-pkgs --format json --output "$HOME/report.json" "$image"
family=$(tr -d '\n' < "$HOME/report.json" | sed -n 's/.*"OS": *{[^{}]*"Family": *"\([^"]*\)".*/\1/p')
if [ -z "$family" ]; then
  family=scratch
elif [ "$family" = debian ] && ! grep -q '"Name": *"apt"' "$HOME/report.json"; then
  family=distroless
fi
case " $BASE_IMAGES " in
  *" $family "*) echo "$image is made of $family" ;;
  *) echo "$image is made of $family, and only these may be used: $BASE_IMAGES" >&2; exit 1 ;;
esac

trivy image --cache-dir "$HOME/trivy" --scanners vuln,secret --severity "$SEVERITIES" --ignore-unfixed="$IGNORE_UNFIXED" --exit-code 1 "$image"
trivy image --cache-dir "$HOME/trivy" --scanners vuln --format cyclonedx --output "$OUTPUT/sbom.cdx.json" "$image"

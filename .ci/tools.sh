#!/usr/bin/env bash
# Installs the programs that judge what this library renders, outside the clone and once:
#
#   .ci/tools.sh            installs what is missing
#   .ci/tools.sh --where    prints the folder of the checkers, or fails when they are not installed
#
# The folder's name holds a hash of the pins below: a change of one installs anew, anything else is found at once.
set -euo pipefail

go_tools=(github.com/zegl/kube-score/cmd/kube-score@v1.20.0)
python_tools=(checkov==3.3.30 kubernetes-validate==1.37.0)

cache=${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-microservices
tools=$cache/tools-$(printf '%s\n' "${go_tools[@]}" "${python_tools[@]}" | sha256sum | cut -c1-16)

die() { printf '%s\n' "tools.sh: $*" >&2; exit 1; }

# Debian's packages: servers that the cluster tests start themselves, and promtool
packages() {
  local missing=() run=()
  command -v redis-server >/dev/null || missing+=(redis-server)
  compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
  command -v promtool >/dev/null || missing+=(prometheus)
  [[ ${#missing[@]} -gt 0 ]] || return 0
  command -v apt-get >/dev/null || die "install ${missing[*]}: there is no apt-get on PATH"
  [[ $EUID -eq 0 ]] || run=(sudo -n)
  "${run[@]}" apt-get update -qq
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}"
}

checkers() {
  mkdir -p "$cache"
  exec 9>"$tools.lock"
  flock 9
  if [[ ! -e $tools/complete ]]; then
    rm -rf "$tools"
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check "${python_tools[@]}"
    for tool in "${go_tools[@]}"; do
      GOBIN=$tools/bin GOFLAGS="${GOFLAGS:-} -p=2" go install "$tool"
    done
    touch "$tools/complete"
  fi
  exec 9>&-
}

case ${1:-} in
  '') packages; checkers ;;
  --where) [[ -e $tools/complete ]] || die 'the checkers are not installed. Run .ci/tools.sh'; printf '%s\n' "$tools/bin" ;;
  *) die "unknown option $1" ;;
esac

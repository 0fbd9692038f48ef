#!/usr/bin/env bash
# Builds a binary once, keeps it outside the clone and prints its path:
#
#   build.sh kubetest-1.27 | kubetest-1.36 | daprd-1.14 | inject-1.14 | sentry-1.14 | daprd-1.18 | inject-1.18 | sentry-1.18 | placement-1.18 | scheduler-1.18 | keda-2.20 | knative-1.23 | appset-3.2 | rollouts-lint-1.10 | rollouts-controller-1.10 | kyverno-images-1.19 | cilium-crd-1.18 | secrets-store-crd-1.4 | all
#
# The name of the cached file holds a hash of everything it is made of: a change of a version or of a source builds
# anew, anything else is found at once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-microservices

die() { printf '%s\n' "build.sh: $*" >&2; exit 1; }

# version GOMOD MODULE: the version of a module that go.mod requires
version() { awk -v m="$2" '$1 == m && $2 != "=>" { print $2; exit }' "$1"; }

# build NAME DIR PACKAGE MODDIR LDFLAGS [PREPARE]: the modules and sums come from MODDIR, the sources from DIR, or both from a folder that
# PREPARE makes of them and prints
build() {
  local name=$1 dir=$2 package=$3 mod=$4 ldflags=$5 prepare=${6:-} hash out
  hash=$({ printf '%s\n' "$ldflags"; cat "$mod/go.mod" "$mod/go.sum"; find "$dir" -name '*.go' | LC_ALL=C sort | xargs cat; } | sha256sum | cut -c1-16)
  out=$cache/$name-$hash
  if [[ ! -x $out ]]; then
    command -v go >/dev/null || die "$name must be built, and there is no go on PATH"
    mkdir -p "$cache"
    # One build at a time: the linker alone takes more than 2 GB.
    exec 9>"$cache/.lock"
    flock 9
    if [[ ! -x $out ]]; then
      printf '%s\n' "building $name, which takes minutes when it is the first time" >&2
      if [[ $prepare ]]; then
        dir=$("$prepare")
        mod=$dir
      fi
      (cd "$dir" && nice go build -p 2 -buildvcs=false -mod=readonly -modfile="$mod/go.mod" -trimpath -ldflags="-s -w $ldflags" -o "$out.part.$$" "$package") >&2
      mv "$out.part.$$" "$out"
      [[ ! $prepare ]] || rm -rf "$dir"
      # What older sources made is of no use any more.
      find "$cache" -maxdepth 1 -type f -name "$name-*" ! -name "$name-$hash" ! -name '*.part.*' -delete
    fi
    exec 9>&-
  fi
  printf '%s\n' "$out"
}

kubetest() {
  local mod=$PWD/v${1/./} v flags='' package
  v=$(version "$mod/go.mod" k8s.io/kubernetes)
  [[ $v == v$1.* ]] || die "$mod/go.mod requires Kubernetes $v"
  # The servers and the client each keep a version of their own; the fake nodes show it too.
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    flags+=" -X $package.gitVersion=$v -X $package.gitMajor=${1%.*} -X $package.gitMinor=${1#*.} -X $package.gitTreeState=clean"
  done
  build "kubetest-$1" "$PWD/kubetest" . "$mod" "$flags"
}

# dapr COMMAND VERSION: the oldest and the newest version that can be built; the files that differ have a build tag. Placement and scheduler
# are Dapr's own commands.
dapr() {
  local mod=$PWD/dapr/v${2/./} v package=./cmd/$1
  v=$(version "$mod/go.mod" github.com/dapr/dapr)
  [[ $v == v$2.* ]] || die "$mod/go.mod requires Dapr $v"
  [[ -d dapr/cmd/$1 ]] || package=github.com/dapr/dapr/cmd/$1
  GOFLAGS="${GOFLAGS-} -tags=dapr${2/./}" build "$1-$2" "$PWD/dapr" "$package" "$mod" "-X github.com/dapr/dapr/pkg/buildinfo.version=${v#v} -X github.com/dapr/kit/logger.DaprVersion=${v#v}"
}

# KEDA as it is, but for the scalers that nobody here renders: they would bring along the libraries of every cloud, and half an hour.
keda_sources() {
  local from to=$cache/keda-src.$$
  from=$(cd keda && go mod download -json github.com/kedacore/keda/v2 | awk -F '"' '$2 == "Dir" { print $4 }')
  rm -rf "$to"
  cp -r "$from" "$to"
  chmod -R u+w "$to"
  find "$to/pkg/scalers" -maxdepth 1 -name '*.go' ! -name scaler.go ! -name redis_scaler.go ! -name redis_streams_scaler.go -delete
  cp keda/scalers/*.go "$to/pkg/scalers/"
  mkdir "$to/cmd/keda-scale"
  cp keda/*.go "$to/cmd/keda-scale/"
  printf '%s\n' "$to"
}

keda() {
  local v
  v=$(version "$PWD/keda/go.mod" github.com/kedacore/keda/v2)
  [[ $v == v2.20.* ]] || die "keda/go.mod requires KEDA $v"
  build keda-2.20 "$PWD/keda" ./cmd/keda-scale "$PWD/keda" '' keda_sources
}

argocd() {
  local v
  v=$(version "$PWD/appset/go.mod" github.com/argoproj/argo-cd/v3)
  [[ $v == v$1.* ]] || die "appset/go.mod requires Argo CD $v"
  build "appset-$1" "$PWD/appset" . "$PWD/appset" ''
}

knative() {
  local v
  v=$(version "$PWD/knative/go.mod" knative.dev/serving)
  # the parts of Knative 1.23 are v0.50
  [[ $v == v0.50.* ]] || die "knative/go.mod requires Knative Serving $v"
  build knative-1.23 "$PWD/knative" . "$PWD/knative" ''
}

# The controller of Argo Rollouts as it is, and its lint without the rest of the plug-in of kubectl. The second to be built only has to be linked.
rollouts() {
  local v package=.
  v=$(version "$PWD/rollouts/go.mod" github.com/argoproj/argo-rollouts)
  [[ $v == v1.10.* ]] || die "rollouts/go.mod requires Argo Rollouts $v"
  [[ $1 == lint ]] || package=github.com/argoproj/argo-rollouts/cmd/rollouts-controller
  build "rollouts-$1-1.10" "$PWD/rollouts" "$package" "$PWD/rollouts" ''
}

kyverno() {
  local v
  v=$(version "$PWD/kyverno/go.mod" github.com/kyverno/sdk)
  # the parts that Kyverno 1.19.1 is made of
  [[ $v == v0.0.0-20260825082632-* ]] || die "kyverno/go.mod requires the parts of Kyverno $v"
  build kyverno-images-1.19 "$PWD/kyverno" . "$PWD/kyverno" ''
}

# A file and no binary: Cilium's repository is too large to be read for the folder of CRDs, and its module carries the one that is used.
cilium_crd() {
  local v=v1.18.2 out from
  out=$cache/cilium-crd-$v.yaml
  if [[ ! -s $out ]]; then
    command -v go >/dev/null || die "the CRD of Cilium must be downloaded, and there is no go on PATH"
    mkdir -p "$cache"
    from=$(go mod download -json "github.com/cilium/cilium@$v" | awk -F '"' '$2 == "Dir" { print $4 }')
    cp "$from/pkg/k8s/apis/cilium.io/client/crds/v2/ciliumnetworkpolicies.yaml" "$out.part.$$"
    mv "$out.part.$$" "$out"
  fi
  printf '%s\n' "$out"
}

# A file likewise, with both kinds of the Secrets Store CSI driver: the newest release whose checksum could be verified when this was written.
secrets_store_crd() {
  local v=v1.4.8 out from
  out=$cache/secrets-store-crd-$v.yaml
  if [[ ! -s $out ]]; then
    command -v go >/dev/null || die "the CRDs of the Secrets Store CSI driver must be downloaded, and there is no go on PATH"
    mkdir -p "$cache"
    from=$(go mod download -json "sigs.k8s.io/secrets-store-csi-driver@$v" | awk -F '"' '$2 == "Dir" { print $4 }')
    cat "$from"/config/crd/bases/*.yaml > "$out.part.$$"
    mv "$out.part.$$" "$out"
  fi
  printf '%s\n' "$out"
}

one() {
  case $1 in
    kubetest-1.27 | kubetest-1.36) kubetest "${1#kubetest-}" ;;
    daprd-1.14 | inject-1.14 | sentry-1.14 | daprd-1.18 | inject-1.18 | sentry-1.18 | placement-1.18 | scheduler-1.18) dapr "${1%-*}" "${1##*-}" ;;
    keda-2.20) keda ;;
    appset-3.2) argocd "${1#appset-}" ;;
    rollouts-lint-1.10 | rollouts-controller-1.10) rollouts "$(cut -d- -f2 <<<"$1")" ;;
    knative-1.23) knative ;;
    kyverno-images-1.19) kyverno ;;
    cilium-crd-1.18) cilium_crd ;;
    secrets-store-crd-1.4) secrets_store_crd ;;
    *) die "unknown binary $1" ;;
  esac
}

[[ $# -gt 0 ]] || die 'usage: build.sh kubetest-1.27 | kubetest-1.36 | daprd-1.14 | inject-1.14 | sentry-1.14 | daprd-1.18 | inject-1.18 | sentry-1.18 | placement-1.18 | scheduler-1.18 | keda-2.20 | knative-1.23 | appset-3.2 | rollouts-lint-1.10 | rollouts-controller-1.10 | kyverno-images-1.19 | cilium-crd-1.18 | secrets-store-crd-1.4 | all'
[[ $* != all ]] || set -- kubetest-1.36 kubetest-1.27 inject-1.18 daprd-1.18 sentry-1.18 placement-1.18 scheduler-1.18 inject-1.14 daprd-1.14 sentry-1.14 keda-2.20 knative-1.23 appset-3.2 rollouts-lint-1.10 rollouts-controller-1.10 kyverno-images-1.19 cilium-crd-1.18 secrets-store-crd-1.4
for name; do one "$name"; done

#!/usr/bin/env bash
# Installs the CRDs of the folder CRDS_DIR in the cluster of KUBECONFIG: all, or the files that are named. To be run by
# `kubetest up`. All 149 take a minute, those of Dapr a second: name the files that a test needs.
#
# The CRDs are not what is tested. So a field that the server is too old for is dropped (Kubernetes 1.27 does not know
# selectableFields, nor reason and fieldPath of a rule). What cannot be installed even so is named, and is an error
# unless it is known here.
set -euo pipefail
cd "${CRDS_DIR:?names the folder of the CRDs}"

known='
27 tlsroutes.gateway.networking.k8s.io    its rules call isIP, which came with 1.30
'

(($#)) || set -- *.yaml
files=("${@/#/-f}")
minor=$(kubectl get --raw /version | sed -nE 's/.*"minor": "([0-9]+).*/\1/p')
wanted=$(kubectl create --dry-run=client --validate=false -o name "${files[@]}" | sort)
# Created, not applied: an older server refuses to apply a field that it does not know.
installed=$(kubectl create --validate=false -o name "${files[@]}" | sort) || true
status=0
for crd in $(comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$installed")); do
  if grep -q "^$minor ${crd#*/} " <<<"$known"; then
    printf '%s\n' "not installed on 1.$minor, as is known: ${crd#*/}" >&2
  else
    printf '%s\n' "NOT INSTALLED on 1.$minor: ${crd#*/}" >&2
    status=1
  fi
done
# Waiting ends at once, with an error, when one of them has no conditions yet.
for ((tries = 1; ; tries++)); do
  # shellcheck disable=SC2086 # a name a word
  error=$(kubectl wait --for=condition=Established --timeout=120s $installed 2>&1 >/dev/null) && break
  ((tries < 20)) || { printf '%s\n' "$error" >&2; exit 1; }
  sleep 0.5
done
exit "$status"

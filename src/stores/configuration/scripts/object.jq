# Each object of a list, without what changes though nobody changes it, and what could not be applied to another cluster.
def without($names): if . == null then . else with_entries(select(.key as $key | any($names[]; . == $key) | not)) end;

.apiVersion as $version | (.kind | rtrimstr("List")) as $kind
| .items[]
# who leads: written every few seconds
| select((.metadata.annotations // {}) | has("renewTime") or has("control-plane.alpha.kubernetes.io/leader") | not)
# put into every namespace by the control plane
| select($kind != "ConfigMap" or .metadata.name != "kube-root-ca.crt")
| {apiVersion: $version, kind: $kind} + .
# Argo CD asks for a sync by the latter
| del(.status, .operation)
| .metadata |= without(["uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink", "finalizers"])
| if .metadata.annotations then .metadata.annotations |= without([
    "kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision", "rollout.argoproj.io/revision", "deprecated.daemonset.template.generation",
    "pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller", "volume.kubernetes.io/selected-node",
    "volume.kubernetes.io/storage-provisioner", "volume.beta.kubernetes.io/storage-provisioner",
    "serving.knative.dev/creator", "serving.knative.dev/lastModifier", "eventing.knative.dev/creator", "eventing.knative.dev/lastModifier"]) else . end
| if .metadata.annotations == {} then del(.metadata.annotations) else . end
| if $kind == "PersistentVolumeClaim" then del(.spec.volumeName) else . end
| if $kind == "Service" then del(.spec.healthCheckNodePort) | if .spec.clusterIP != "None" then del(.spec.clusterIP, .spec.clusterIPs) else . end else . end

package main

import (
	"context"
	"fmt"
	"reflect"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
)

// readyAnnotation on a pod, with the value "false", makes the pod run without ever being ready.
const readyAnnotation = "kubetest/ready"

// ending is how long containers take to end. Controllers must see a pod that ends: were it gone at once, and another of
// its name there, the disruption controller would wait for the end of the first for two minutes. The time of a deletion
// is known to the second, so that the half of it may have passed already.
const ending = 2 * time.Second

// kubelet plays the kubelet of every node. Images are not run: a pod that is scheduled runs and is ready at once, one
// that does not restart has succeeded at once, one that is deleted is gone soon. But as on a real node nothing
// starts before every Secret and ConfigMap that the pod names is there, and its volumes are free, and a container takes
// a moment to end.
type kubelet struct {
	client     kubernetes.Interface
	pods       corelisters.PodLister
	claims     corelisters.PersistentVolumeClaimLister
	secrets    corelisters.SecretLister
	configMaps corelisters.ConfigMapLister
	started    int
}

// sync brings the status of a pod one step on, if there is one to take.
func (k *kubelet) sync(ctx context.Context, pod *core.Pod) error {
	if pod.Spec.NodeName == "" || pod.Status.Phase == core.PodSucceeded || pod.Status.Phase == core.PodFailed && pod.DeletionTimestamp == nil {
		return nil
	}
	pods := k.client.CoreV1().Pods(pod.Namespace)
	if pod.DeletionTimestamp != nil {
		if grace := pod.DeletionGracePeriodSeconds; grace != nil && *grace == 0 {
			return nil // only a finalizer keeps it
		} else if grace != nil && time.Until(pod.DeletionTimestamp.Time) > time.Duration(*grace)*time.Second-ending {
			return nil
		}
		return pods.Delete(ctx, pod.Name, *meta.NewDeleteOptions(0))
	}

	phase, missing := core.PodRunning, ""
	if pod.Status.Phase != core.PodRunning {
		if missing = k.missing(pod); missing == "" {
			missing = k.attached(pod)
		}
		if missing != "" {
			phase = core.PodPending
		} else if pod.Spec.RestartPolicy != core.RestartPolicyAlways {
			phase = core.PodSucceeded
		}
	}
	containersReady := phase == core.PodRunning && pod.Annotations[readyAnnotation] != "false"
	ready := containersReady
	for _, gate := range pod.Spec.ReadinessGates {
		ready = ready && condition(pod, gate.ConditionType) == core.ConditionTrue
	}
	if phase == pod.Status.Phase && missing == pod.Status.Message && status(ready) == condition(pod, core.PodReady) {
		return nil
	}

	pod = pod.DeepCopy()
	now := meta.Now()
	pod.Status.Phase, pod.Status.Message = phase, missing
	if pod.Status.StartTime == nil {
		k.started++
		pod.Status.StartTime, pod.Status.HostIP = &now, "127.0.0.1"
		pod.Status.PodIP = fmt.Sprintf("10.1.%d.%d", k.started/250, k.started%250+1)
		pod.Status.PodIPs = []core.PodIP{{IP: pod.Status.PodIP}}
	}
	setCondition(pod, core.PodInitialized, missing == "")
	setCondition(pod, core.ContainersReady, containersReady)
	setCondition(pod, core.PodReady, ready)
	pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses = nil, nil
	for _, c := range pod.Spec.InitContainers {
		ended := phase == core.PodSucceeded || !isSidecar(c)
		pod.Status.InitContainerStatuses = append(pod.Status.InitContainerStatuses, containerStatus(c, missing, ended, ended || containersReady))
	}
	for _, c := range pod.Spec.Containers {
		pod.Status.ContainerStatuses = append(pod.Status.ContainerStatuses, containerStatus(c, missing, phase == core.PodSucceeded, containersReady))
	}
	_, err := pods.UpdateStatus(ctx, pod, meta.UpdateOptions{})
	return err
}

func containerStatus(c core.Container, missing string, ended, ready bool) core.ContainerStatus {
	started, now := missing == "", meta.Now()
	s := core.ContainerStatus{Name: c.Name, Image: c.Image, Ready: ready && started, Started: &started}
	switch {
	case !started:
		s.State.Waiting = &core.ContainerStateWaiting{Reason: "CreateContainerConfigError", Message: missing}
	case ended:
		s.State.Terminated = &core.ContainerStateTerminated{Reason: "Completed", StartedAt: now, FinishedAt: now}
	default:
		s.State.Running = &core.ContainerStateRunning{StartedAt: now}
	}
	return s
}

// isSidecar tells whether an init container runs as long as the pod does. Kubernetes 1.27, for which this is built too,
// does not have the field.
func isSidecar(c core.Container) bool {
	policy := reflect.ValueOf(c).FieldByName("RestartPolicy")
	return policy.IsValid() && !policy.IsNil()
}

func status(b bool) core.ConditionStatus {
	if b {
		return core.ConditionTrue
	}
	return core.ConditionFalse
}

func condition(pod *core.Pod, t core.PodConditionType) core.ConditionStatus {
	for _, c := range pod.Status.Conditions {
		if c.Type == t {
			return c.Status
		}
	}
	return core.ConditionUnknown
}

func setCondition(pod *core.Pod, t core.PodConditionType, b bool) {
	if condition(pod, t) == status(b) {
		return
	}
	next := core.PodCondition{Type: t, Status: status(b), LastTransitionTime: meta.Now()}
	for i := range pod.Status.Conditions {
		if pod.Status.Conditions[i].Type == t {
			pod.Status.Conditions[i] = next
			return
		}
	}
	pod.Status.Conditions = append(pod.Status.Conditions, next)
}

// missing names a Secret or ConfigMap, or a key of one, without which the pod cannot start.
func (k *kubelet) missing(pod *core.Pod) string {
	for _, need := range needs(&pod.Spec) {
		if need.optional {
			continue
		}
		keys, err := k.keys(pod.Namespace, need)
		if err != nil {
			return fmt.Sprintf("%s %q not found", need.kind, need.name)
		}
		for _, key := range need.keys {
			if !keys[key] {
				return fmt.Sprintf("key %q not found in %s %q", key, need.kind, need.name)
			}
		}
	}
	return ""
}

// attached names a volume of the pod that only one node may have, and that is for a pod on another node.
func (k *kubelet) attached(pod *core.Pod) string {
	others, _ := k.pods.Pods(pod.Namespace).List(labels.Everything())
	for name := range claimsOf(pod) {
		claim, err := k.claims.PersistentVolumeClaims(pod.Namespace).Get(name)
		if err != nil || len(claim.Spec.AccessModes) != 1 || claim.Spec.AccessModes[0] != core.ReadWriteOnce {
			continue
		}
		for _, other := range others {
			if node := other.Spec.NodeName; node == "" || node == pod.Spec.NodeName || !claimsOf(other)[name] {
				continue
			}
			// Of two that are about to start, the one with the lesser UID is first.
			if other.Status.Phase == core.PodRunning || other.Status.Phase == core.PodPending && other.UID < pod.UID {
				return fmt.Sprintf("the volume of the claim %q is attached to %s", name, other.Spec.NodeName)
			}
		}
	}
	return ""
}

func claimsOf(pod *core.Pod) map[string]bool {
	names := map[string]bool{}
	for _, v := range pod.Spec.Volumes {
		if v.PersistentVolumeClaim != nil {
			names[v.PersistentVolumeClaim.ClaimName] = true
		}
	}
	return names
}

func (k *kubelet) keys(namespace string, n need) (map[string]bool, error) {
	keys := map[string]bool{}
	if n.kind == "Secret" {
		secret, err := k.secrets.Secrets(namespace).Get(n.name)
		if err != nil {
			return nil, err
		}
		for key := range secret.Data {
			keys[key] = true
		}
		return keys, nil
	}
	configMap, err := k.configMaps.ConfigMaps(namespace).Get(n.name)
	if err != nil {
		return nil, err
	}
	for key := range configMap.Data {
		keys[key] = true
	}
	for key := range configMap.BinaryData {
		keys[key] = true
	}
	return keys, nil
}

// need is a reference of a pod to a Secret or ConfigMap.
type need struct {
	kind, name string
	keys       []string
	optional   bool
}

func needs(spec *core.PodSpec) []need {
	var all []need
	add := func(kind, name string, optional *bool, keys ...string) {
		all = append(all, need{kind, name, keys, optional != nil && *optional})
	}
	paths := func(items []core.KeyToPath) (keys []string) {
		for _, item := range items {
			keys = append(keys, item.Key)
		}
		return keys
	}
	for _, v := range spec.Volumes {
		if s := v.Secret; s != nil {
			add("Secret", s.SecretName, s.Optional, paths(s.Items)...)
		}
		if c := v.ConfigMap; c != nil {
			add("ConfigMap", c.Name, c.Optional, paths(c.Items)...)
		}
		if v.Projected != nil {
			for _, source := range v.Projected.Sources {
				if s := source.Secret; s != nil {
					add("Secret", s.Name, s.Optional, paths(s.Items)...)
				}
				if c := source.ConfigMap; c != nil {
					add("ConfigMap", c.Name, c.Optional, paths(c.Items)...)
				}
			}
		}
	}
	for _, c := range append(append([]core.Container{}, spec.InitContainers...), spec.Containers...) {
		for _, from := range c.EnvFrom {
			if s := from.SecretRef; s != nil {
				add("Secret", s.Name, s.Optional)
			}
			if c := from.ConfigMapRef; c != nil {
				add("ConfigMap", c.Name, c.Optional)
			}
		}
		for _, env := range c.Env {
			if env.ValueFrom == nil {
				continue
			}
			if s := env.ValueFrom.SecretKeyRef; s != nil {
				add("Secret", s.Name, s.Optional, s.Key)
			}
			if c := env.ValueFrom.ConfigMapKeyRef; c != nil {
				add("ConfigMap", c.Name, c.Optional, c.Key)
			}
		}
	}
	return all
}

package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/dapr/dapr/pkg/buildinfo"
	"github.com/dapr/dapr/pkg/injector/consts"
	"github.com/dapr/dapr/pkg/injector/patcher"
	securityconsts "github.com/dapr/dapr/pkg/security/consts"
	jsonpatch "github.com/evanphx/json-patch/v5"
	core "k8s.io/api/core/v1"
)

// injector is what Dapr's injector knows of its installation.
type injector struct {
	namespace        string
	dropCapabilities bool
}

// patch makes the patch for a pod as getPodPatchOperations in pkg/injector/service of Dapr does, with the values of its chart.
func (in injector) patch(pod *core.Pod) (jsonpatch.Patch, error) {
	const domain = "cluster.local"
	sidecar := patcher.NewSidecarConfig(pod)
	sidecar.Mode = consts.ModeKubernetes
	sidecar.Namespace = pod.Namespace
	sidecar.MTLSEnabled = true
	sidecar.Identity = pod.Namespace + ":" + pod.Spec.ServiceAccountName
	sidecar.ImagePullPolicy = core.PullIfNotPresent
	sidecar.OperatorAddress = patcher.ServiceAPI.Address(in.namespace, domain)
	sidecar.SentryAddress = patcher.ServiceSentry.Address(in.namespace, domain)
	sidecar.PlacementAddress = patcher.ServicePlacement.Address(in.namespace, domain)
	setSchedulers(sidecar, strings.Join(patcher.ServiceScheduler.AddressAllInstances(3, in.namespace, domain), ","))
	sidecar.RunAsNonRoot = true
	sidecar.ReadOnlyRootFilesystem = true
	sidecar.SidecarDropALLCapabilities = in.dropCapabilities
	sidecar.ControlPlaneNamespace = in.namespace
	sidecar.ControlPlaneTrustDomain = domain
	sidecar.CurrentTrustAnchors = []byte("-----BEGIN CERTIFICATE-----")
	sidecar.SidecarImage = "ghcr.io/dapr/daprd:" + buildinfo.Version()
	sidecar.SetFromPodAnnotations()
	return sidecar.GetPatch()
}

// inject returns the pod as a cluster would get it, and what is wrong with it.
func (in injector) inject(pod *core.Pod) (*core.Pod, []error) {
	problems := checkAnnotations(pod.Annotations)
	patch, err := in.patch(pod)
	if err != nil {
		return nil, append(problems, fmt.Errorf("the injector refuses the pod: %w", err))
	}
	injected := pod
	if len(patch) > 0 {
		if injected, err = apply(patch, pod); err != nil {
			return nil, append(problems, err)
		}
	}
	return injected, append(problems, checkPod(injected)...)
}

func apply(patch jsonpatch.Patch, pod *core.Pod) (*core.Pod, error) {
	before, err := json.Marshal(pod)
	if err != nil {
		return nil, err
	}
	after, err := patch.Apply(before)
	if err != nil {
		return nil, fmt.Errorf("the patch does not apply: %w", err)
	}
	injected := &core.Pod{}
	return injected, json.Unmarshal(after, injected)
}

// checkPod finds what only shows in the pod with its sidecar.
func checkPod(pod *core.Pod) (problems []error) {
	owner := map[int32]string{}
	for _, c := range pod.Spec.Containers {
		for _, port := range c.Ports {
			if other, taken := owner[port.ContainerPort]; taken && other != c.Name {
				problems = append(problems, fmt.Errorf("containers %s and %s both listen on %d", other, c.Name, port.ContainerPort))
			}
			owner[port.ContainerPort] = c.Name
		}
		if c.Name != consts.SidecarContainerName {
			continue
		}
		// The injector splits at commas and at "=", and drops a part that does not come apart into two.
		names := 0
		for _, env := range c.Env {
			if env.Name == securityconsts.EnvKeysEnvVar {
				names = len(strings.Fields(env.Value))
			}
		}
		if text := pod.Annotations[prefix+"env"]; strings.Count(text, "=") != names {
			problems = append(problems, fmt.Errorf("%senv: the sidecar gets %d variables of %q", prefix, names, text))
		}
	}
	return problems
}

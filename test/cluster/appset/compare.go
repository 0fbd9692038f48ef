package main

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	jsonpatch "github.com/evanphx/json-patch"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// comparison is an object in the cluster and in Git, and what the API server would make of the second over the first.
type comparison struct {
	Live      map[string]any `json:"live"`
	Target    map[string]any `json:"target"`
	Predicted map[string]any `json:"predicted"`
}

type compared struct {
	// Whether a server-side diff finds a difference.
	OutOfSync bool `json:"outOfSync"`
	// What a synchronisation applies.
	Applied map[string]any `json:"applied"`
}

// dryRun answers as the API server does where it is asked what an object would become.
type dryRun struct{ predicted map[string]any }

func (d dryRun) Run(_ context.Context, _ *unstructured.Unstructured, _ string) (string, error) {
	text, err := json.Marshal(d.predicted)
	return string(text), err
}

// compare has Argo CD compare an object of an Application, and decide what it applies.
func compare(application v1alpha1.Application, objects comparison) compared {
	copyOf := func(object map[string]any) *unstructured.Unstructured {
		return (&unstructured.Unstructured{Object: object}).DeepCopy()
	}
	config, err := diff.NewDiffConfigBuilder().
		WithDiffSettings(application.Spec.IgnoreDifferences, nil, false, normalizers.IgnoreNormalizerOpts{}).
		WithTracking("", "").WithNoCache().WithManager("argocd-controller").
		WithServerSideDiff(true).WithServerSideDryRunner(dryRun{objects.Predicted}).WithIgnoreMutationWebhook(false).
		Build()
	if err != nil {
		fail("comparison of "+application.Name, err)
	}
	difference, err := diff.StateDiff(copyOf(objects.Live), copyOf(objects.Target), config)
	if err != nil {
		fail("comparison of "+application.Name, err)
	}
	return compared{OutOfSync: difference.Modified, Applied: applied(application, config, copyOf(objects.Live), copyOf(objects.Target))}
}

// applied does what the controller of Argo CD does before a synchronisation that respects ignored differences.
func applied(application v1alpha1.Application, config diff.DiffConfig, live, target *unstructured.Unstructured) map[string]any {
	if !slices.Contains(application.Spec.SyncPolicy.SyncOptions, "RespectIgnoreDifferences=true") {
		return target.Object
	}
	normalized, err := diff.Normalize([]*unstructured.Unstructured{live}, []*unstructured.Unstructured{target}, config)
	if err != nil {
		fail("normalise "+application.Name, err)
	}
	patch, err := jsonpatch.CreateMergePatch(marshal(normalized.Lives[0].Object), marshal(live.Object))
	if err != nil {
		fail("patch of "+application.Name, err)
	}
	patched, err := jsonpatch.MergePatch(marshal(normalized.Targets[0].Object), patch)
	if err != nil {
		fail("patch of "+application.Name, err)
	}
	result := map[string]any{}
	if err := json.Unmarshal(patched, &result); err != nil {
		fail("patch of "+application.Name, err)
	}
	return result
}

func marshal(object map[string]any) []byte {
	text, err := json.Marshal(object)
	if err != nil {
		fail("encode", err)
	}
	return text
}

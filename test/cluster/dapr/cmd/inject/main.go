// Command inject puts Dapr's sidecar into pods with the code of Dapr's own injector, without a cluster.
//
//	inject < MANIFESTS          prints a Pod for each pod template in the manifests
//	inject -webhook ADDRESS     serves the injector as a webhook and prints the object that makes a cluster call it
//
// It fails on an annotation under dapr.io/ that the injector does not know, or whose value the injector drops: both pass
// without a word in a real cluster, and the setting is lost.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/dapr/kit/logger"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
	sigsyaml "sigs.k8s.io/yaml"
)

func main() {
	in := injector{}
	flag.StringVar(&in.namespace, "control-plane-namespace", "dapr-system", "namespace of Dapr's control plane")
	flag.BoolVar(&in.dropCapabilities, "drop-capabilities", true, "the chart's dapr_sidecar_injector.sidecarDropALLCapabilities")
	webhook := flag.String("webhook", "", "address to serve on, HOST:PORT")
	flag.Parse()

	// Dapr logs to the standard output, where the pods go, and only what is reported here anyway.
	options := logger.DefaultOptions()
	options.OutputLevel = "fatal"
	err := logger.ApplyOptionsToLoggers(&options)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if *webhook != "" {
		err = serve(in, *webhook)
	} else {
		err = filter(in, os.Stdin, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// filter reads manifests and writes the pods.
func filter(in injector, r io.Reader, w io.Writer) error {
	var problems []error
	decoder := yaml.NewYAMLOrJSONDecoder(r, 4096)
	for {
		object := map[string]any{}
		if err := decoder.Decode(&object); err == io.EOF {
			return errors.Join(problems...)
		} else if err != nil {
			return err
		}
		problems = append(problems, convert(in, &unstructured.Unstructured{Object: object}, w)...)
	}
}

// convert writes the pod of an object, if it has one.
func convert(in injector, object *unstructured.Unstructured, w io.Writer) (problems []error) {
	if items, ok, _ := unstructured.NestedSlice(object.Object, "items"); ok {
		for _, item := range items {
			if item, ok := item.(map[string]any); ok {
				problems = append(problems, convert(in, &unstructured.Unstructured{Object: item}, w)...)
			}
		}
		return problems
	}
	pod, err := podOf(object)
	if pod == nil && err == nil {
		return nil
	}
	add := func(err error) {
		problems = append(problems, fmt.Errorf("%s %s/%s: %w", object.GetKind(), object.GetNamespace(), object.GetName(), err))
	}
	if err != nil {
		add(err)
		return problems
	}
	if object.GetKind() != "Pod" {
		for name := range object.GetAnnotations() {
			if strings.HasPrefix(name, prefix) {
				add(fmt.Errorf("%s has no effect here, only in the pod template", name))
			}
		}
	}
	injected, errs := in.inject(pod)
	for _, err := range errs {
		add(err)
	}
	if injected != nil {
		text, err := sigsyaml.Marshal(injected)
		if err != nil {
			add(err)
		}
		fmt.Fprintf(w, "---\n%s", text)
	}
	return problems
}

// podOf makes the pod of an object: of a Pod, or of anything that has a pod template where the known kinds have it, such as
// Deployment and Rollout, CronJob, and the ScaledJob of KEDA.
func podOf(object *unstructured.Unstructured) (*core.Pod, error) {
	found := object.Object
	if object.GetKind() != "Pod" {
		found = nil
		for _, path := range [][]string{{"spec", "template"}, {"spec", "jobTemplate", "spec", "template"}, {"spec", "jobTargetRef", "template"}} {
			template, ok, _ := unstructured.NestedMap(object.Object, path...)
			if _, isPod, _ := unstructured.NestedSlice(template, "spec", "containers"); ok && isPod {
				found = template
			}
		}
	}
	if found == nil {
		return nil, nil
	}
	pod := &core.Pod{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(found, pod); err != nil {
		return nil, err
	}
	pod.APIVersion, pod.Kind = "v1", "Pod"
	pod.Name, pod.Namespace = object.GetName(), object.GetNamespace()
	return pod, nil
}

// Command knative judges manifests by the code of Knative's own admission webhooks, and makes the Deployments that its controller would make.
//
//	knative admit < MANIFESTS         prints what the webhooks refuse and warn of, and fails if they refuse
//	knative deployments < MANIFESTS   prints a Deployment for each Service of Knative: its first revision
//
// Objects of other groups are passed over. -features names, separated by commas, what the ConfigMap config-features enables.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/yaml"
	eventing "knative.dev/eventing/pkg/apis/eventing/v1"
	network "knative.dev/networking/pkg/config"
	"knative.dev/pkg/apis"
	"knative.dev/pkg/logging"
	"knative.dev/serving/pkg/apis/config"
	serving "knative.dev/serving/pkg/apis/serving/v1"
	"knative.dev/serving/pkg/deployment"
	"knative.dev/serving/pkg/observability"
	configurations "knative.dev/serving/pkg/reconciler/configuration/resources"
	revision "knative.dev/serving/pkg/reconciler/revision/config"
	revisions "knative.dev/serving/pkg/reconciler/revision/resources"
	services "knative.dev/serving/pkg/reconciler/service/resources"
	sigsyaml "sigs.k8s.io/yaml"
)

// resource is what a webhook fills in and judges.
type resource interface {
	apis.Defaultable
	apis.Validatable
	meta.Object
}

// served names the kinds that webhooks of Knative judge.
var served = map[string]func() resource{
	"serving.knative.dev/v1 Service":  func() resource { return &serving.Service{} },
	"eventing.knative.dev/v1 Broker":  func() resource { return &eventing.Broker{} },
	"eventing.knative.dev/v1 Trigger": func() resource { return &eventing.Trigger{} },
}

func main() {
	features := flag.String("features", "", "what config-features enables, separated by commas")
	flag.Parse()
	err := run(flag.Arg(0), strings.FieldsFunc(*features, func(r rune) bool { return r == ',' }))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(command string, features []string) error {
	enabled := map[string]string{}
	for _, feature := range features {
		enabled[feature] = string(config.Enabled)
	}
	parsed, err := config.NewFeaturesConfigFromMap(enabled)
	if err != nil {
		return err
	}
	cfg := config.FromContextOrDefaults(context.Background())
	cfg.Features = parsed
	ctx := config.ToContext(context.Background(), cfg)
	switch command {
	case "admit":
		return each(func(object resource) error { return admit(ctx, object) })
	case "deployments":
		return each(func(object resource) error {
			if service, ok := object.(*serving.Service); ok {
				return deploy(ctx, cfg, service)
			}
			return nil
		})
	}
	return fmt.Errorf("unknown command %q: admit or deployments", command)
}

// each reads the manifests of Knative, strictly: a field that no type has is an error.
func each(do func(resource) error) error {
	var problems []error
	decoder := yaml.NewYAMLOrJSONDecoder(os.Stdin, 4096)
	for {
		manifest := unstructured.Unstructured{}
		if err := decoder.Decode(&manifest.Object); err == io.EOF {
			return errors.Join(problems...)
		} else if err != nil {
			return err
		}
		make, known := served[manifest.GetAPIVersion()+" "+manifest.GetKind()]
		if !known {
			continue
		}
		object := make()
		text, err := json.Marshal(manifest.Object)
		if err != nil {
			return err
		}
		strict := json.NewDecoder(bytes.NewReader(text))
		strict.DisallowUnknownFields()
		err = strict.Decode(object)
		if err == nil {
			err = do(object)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s %s: %w", manifest.GetKind(), manifest.GetName(), err))
		}
	}
}

// admit fills in what is missing, as the webhook does, and says what is wrong.
func admit(ctx context.Context, object resource) error {
	ctx = apis.WithinCreate(ctx)
	object.SetDefaults(ctx)
	found := object.Validate(ctx)
	for _, warning := range found.Filter(apis.WarningLevel).WrappedErrors() {
		fmt.Printf("Warning: %s: %s\n", object.GetName(), warning)
	}
	if refused := found.Filter(apis.ErrorLevel); refused != nil {
		return refused
	}
	return nil
}

// deploy prints the Deployment of the revision that a Service would first have.
func deploy(ctx context.Context, cfg *config.Config, service *serving.Service) error {
	service.SetDefaults(apis.WithinCreate(ctx))
	configuration := services.MakeConfiguration(service)
	configuration.Generation = 1
	made := configurations.MakeRevision(ctx, configuration, time.Unix(0, 0))
	if made.Name == "" {
		made.Name = service.Name + "-00001"
	}
	// pods are selected by it
	made.UID = types.UID(made.Name)
	controller, err := controllerConfig(cfg)
	if err != nil {
		return err
	}
	object, err := revisions.MakeDeployment(made, controller)
	if err != nil {
		return err
	}
	object.APIVersion, object.Kind = "apps/v1", "Deployment"
	// the revision that owns it is not in the cluster
	object.OwnerReferences = nil
	text, err := sigsyaml.Marshal(object)
	if err == nil {
		_, err = fmt.Printf("---\n%s", text)
	}
	return err
}

// controllerConfig is what the ConfigMaps of an installation say that changed nothing in them.
func controllerConfig(cfg *config.Config) (*revision.Config, error) {
	pods, err := deployment.NewConfigFromMap(map[string]string{"queue-sidecar-image": "registry.example.com/queue-proxy"})
	if err != nil {
		return nil, err
	}
	logs, err := logging.NewConfigFromMap(nil)
	if err != nil {
		return nil, err
	}
	net, err := network.NewConfigFromMap(nil)
	if err != nil {
		return nil, err
	}
	return &revision.Config{Config: cfg, Deployment: pods, Logging: logs, Network: net, Observability: observability.DefaultConfig()}, nil
}

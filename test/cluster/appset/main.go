// appset renders ApplicationSets into Applications, and has AppProjects judge them, with Argo CD's own code and without a server.
//
// It reads a request as JSON from standard input and writes an answer as JSON. A document that Argo CD cannot use ends it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/argoproj/argo-cd/v3/applicationset/controllers/template"
	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	"github.com/argoproj/argo-cd/v3/util/git"
	log "github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

// request is what to render, and what each Application would apply.
type request struct {
	// ApplicationSets, AppProjects and Applications as YAML, a document each.
	Documents []string `json:"documents"`
	// Objects by the name of the Application that applies them.
	Objects map[string][]object `json:"objects"`
	// The root of a repository from which Applications with a Helm chart are rendered; empty if they are not.
	Repository string `json:"repository"`
	// The version of Kubernetes that they are rendered for.
	KubeVersion string `json:"kubeVersion"`
	// What is compared, by the name of the Application whose differences are ignored.
	Compared map[string][]comparison `json:"compared"`
}

type object struct {
	Group string `json:"group"`
	Kind  string `json:"kind"`
	// Empty for an object that is in no namespace.
	Namespace string `json:"namespace"`
}

type answer struct {
	Applications []v1alpha1.Application `json:"applications"`
	// What a project does not permit, a sentence each.
	Refusals []string `json:"refusals"`
	// What Applications with a Helm chart would apply, by their names, each object as JSON.
	Manifests map[string][]string `json:"manifests"`
	// What comparisons give, by the names of Applications.
	Compared map[string][]compared `json:"compared"`
}

func main() {
	log.SetOutput(io.Discard)
	var input request
	if err := json.NewDecoder(os.Stdin).Decode(&input); err != nil {
		fail("request", err)
	}
	result := answer{Applications: []v1alpha1.Application{}, Refusals: []string{}, Manifests: map[string][]string{}, Compared: map[string][]compared{}}
	projects := map[string]v1alpha1.AppProject{}
	for _, document := range input.Documents {
		switch kind := kindOf(document); kind {
		case "AppProject":
			var project v1alpha1.AppProject
			decode(document, &project)
			if err := project.ValidateProject(); err != nil {
				fail("project "+project.Name, err)
			}
			projects[project.Name] = project
		case "Application":
			var application v1alpha1.Application
			decode(document, &application)
			result.Applications = append(result.Applications, application)
		case "ApplicationSet":
			var set v1alpha1.ApplicationSet
			decode(document, &set)
			applications, _, err := template.GenerateApplications(log.NewEntry(log.StandardLogger()), set,
				map[string]generators.Generator{"List": generators.NewListGenerator()}, &utils.Render{}, nil)
			if err != nil {
				fail("render "+set.Name, err)
			}
			result.Applications = append(result.Applications, applications...)
		default:
			fail("decode", fmt.Errorf("a document of kind %q", kind))
		}
	}
	for _, application := range result.Applications {
		result.Refusals = append(result.Refusals, judge(application, projects, input.Objects[application.Name])...)
		if source := application.Spec.GetSource(); input.Repository != "" && source.Path != "" && source.Helm != nil {
			result.Manifests[application.Name] = manifests(application, source, input)
		}
		for _, each := range input.Compared[application.Name] {
			result.Compared[application.Name] = append(result.Compared[application.Name], compare(application, each))
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		fail("answer", err)
	}
}

// manifests renders the chart of an Application as the server does that Argo CD has for repositories, with the helm on PATH.
func manifests(application v1alpha1.Application, source v1alpha1.ApplicationSource, input request) []string {
	path := filepath.Join(input.Repository, source.Path)
	response, err := repository.GenerateManifests(context.Background(), path, input.Repository, source.TargetRevision, &apiclient.ManifestRequest{
		Repo:              &v1alpha1.Repository{Repo: source.RepoURL},
		AppName:           application.Name,
		Namespace:         application.Spec.Destination.Namespace,
		ApplicationSource: &source,
		KubeVersion:       input.KubeVersion,
		ProjectName:       application.Spec.Project,
	}, true, git.NoopCredsStore{}, resource.MustParse("0"), nil)
	if err != nil {
		fail("chart of "+application.Name, err)
	}
	return response.Manifests
}

// judge names what the project of an Application does not permit.
func judge(application v1alpha1.Application, projects map[string]v1alpha1.AppProject, objects []object) []string {
	project, ok := projects[application.Spec.Project]
	if !ok {
		return []string{fmt.Sprintf("%s: there is no project %s", application.Name, application.Spec.Project)}
	}
	refusals := []string{}
	for _, source := range application.Spec.GetSources() {
		if !project.IsSourcePermitted(source) {
			refusals = append(refusals, fmt.Sprintf("%s: source %s", application.Name, source.RepoURL))
		}
	}
	destination := application.Spec.Destination
	cluster := &v1alpha1.Cluster{Server: destination.Server, Name: destination.Name}
	none := func(string) ([]*v1alpha1.Cluster, error) { return nil, nil }
	if permitted, err := project.IsDestinationPermitted(cluster, destination.Namespace, none); err != nil || !permitted {
		refusals = append(refusals, fmt.Sprintf("%s: destination %s%s/%s", application.Name, destination.Server, destination.Name, destination.Namespace))
	}
	for _, each := range objects {
		kind := schema.GroupKind{Group: each.Group, Kind: each.Kind}
		if permitted, err := project.IsResourcePermitted(kind, each.Namespace, cluster, none); err != nil || !permitted {
			refusals = append(refusals, fmt.Sprintf("%s: %s in namespace '%s'", application.Name, kind, each.Namespace))
		}
	}
	return refusals
}

func kindOf(document string) string {
	var meta struct {
		Kind string `json:"kind"`
	}
	if err := yaml.Unmarshal([]byte(document), &meta); err != nil {
		fail("decode", err)
	}
	return meta.Kind
}

// decode refuses fields that Argo CD does not know.
func decode(document string, into any) {
	if err := yaml.UnmarshalStrict([]byte(document), into); err != nil {
		fail("decode", err)
	}
}

func fail(what string, err error) {
	fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
	os.Exit(1)
}

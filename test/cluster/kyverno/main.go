// Command kyverno-images answers by Kyverno's own expressions what an ImageValidatingPolicy says of images.
//
//	kyverno-images < questions.json > answers.json
//
// It serves the images of the question in a registry in memory, asks the policy's validations of each of them as the image of a container, and
// prints which do not hold. What Kyverno knows of an image is read by its own code from the registry. Signatures are not looked at:
// verifyImageSignatures finds one on each image.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"sort"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	ggcr "github.com/google/go-containerregistry/pkg/v1/types"
	"github.com/kyverno/sdk/extensions/cel/compiler"
	"github.com/kyverno/sdk/extensions/cel/libs/imagedata"
	"github.com/kyverno/sdk/extensions/imagedataloader"
)

type question struct {
	Policy struct {
		Spec struct {
			Validations []validation `json:"validations"`
		} `json:"spec"`
	} `json:"policy"`
	Images map[string]build `json:"images"`
}

type validation struct {
	Expression string `json:"expression"`
	Message    string `json:"message"`
}

// build says how an image is built.
type build struct {
	Annotations map[string]string `json:"annotations"`
	Labels      map[string]string `json:"labels"`
	// Platforms makes an index of as many images, which has annotations of its own.
	Platforms        []string          `json:"platforms"`
	IndexAnnotations map[string]string `json:"indexAnnotations"`
}

// toRegistry sends what is for any registry to the one in memory.
type toRegistry struct{ address *url.URL }

func (t toRegistry) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.URL.Scheme, request.URL.Host = t.address.Scheme, t.address.Host
	return http.DefaultTransport.RoundTrip(request)
}

// loader is what Kyverno asks for an image.
type loader struct{ options []remote.Option }

func (l loader) GetImageData(image string, options []remote.Option) (map[string]any, error) {
	images, err := imagedataloader.NewImageContext(nil, l.options, nil)
	if err != nil {
		return nil, err
	}
	fetched, err := images.Get(context.Background(), image, options, nil)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(fetched.Data())
	if err != nil {
		return nil, err
	}
	var data map[string]any
	return data, json.Unmarshal(raw, &data)
}

func main() {
	log.SetFlags(0)
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		return err
	}
	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	defer server.Close()
	address, err := url.Parse(server.URL)
	if err != nil {
		return err
	}
	options := []remote.Option{remote.WithTransport(toRegistry{address})}
	names := make([]string, 0, len(asked.Images))
	for image, how := range asked.Images {
		if err := push(image, how, options); err != nil {
			return fmt.Errorf("%s: %w", image, err)
		}
		names = append(names, image)
	}
	sort.Strings(names)

	env, err := environment(loader{options})
	if err != nil {
		return err
	}
	answers := map[string][]string{}
	for _, image := range names {
		answers[image] = []string{}
	}
	for _, rule := range asked.Policy.Spec.Validations {
		ast, issues := env.Compile(rule.Expression)
		if issues.Err() != nil {
			return issues.Err()
		}
		program, err := env.Program(ast)
		if err != nil {
			return err
		}
		for _, image := range names {
			result, _, err := program.Eval(map[string]any{
				"images":    map[string][]string{"containers": {image}, "initContainers": {}, "ephemeralContainers": {}},
				"attestors": map[string]any{"signer1": "signer1"},
			})
			if err != nil {
				return fmt.Errorf("%s: %w", image, err)
			}
			if result != types.True {
				answers[image] = append(answers[image], rule.Message)
			}
		}
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

// environment is what Kyverno evaluates a policy in, as far as ours use it.
func environment(images imagedata.ContextInterface) (*cel.Env, error) {
	base, err := compiler.NewBaseEnv()
	if err != nil {
		return nil, err
	}
	return base.Extend(
		cel.Variable("images", cel.MapType(cel.StringType, cel.ListType(cel.StringType))),
		cel.Variable("attestors", cel.MapType(cel.StringType, cel.DynType)),
		cel.Function("verifyImageSignatures", cel.Overload("verify_none", []*cel.Type{cel.StringType, cel.ListType(cel.DynType)}, cel.IntType,
			cel.BinaryBinding(func(_, _ ref.Val) ref.Val { return types.Int(1) }))),
		// the last one: it checks what was declared before
		imagedata.Lib(imagedata.Context{ContextInterface: images}, imagedata.Latest(), nil),
	)
}

func push(image string, how build, options []remote.Option) error {
	reference, err := name.ParseReference(image)
	if err != nil {
		return err
	}
	one := func(platform string) (v1.Image, error) {
		config := &v1.ConfigFile{OS: "linux", Architecture: platform, Config: v1.Config{Labels: how.Labels}}
		built, err := mutate.ConfigFile(mutate.MediaType(empty.Image, ggcr.OCIManifestSchema1), config)
		if err != nil {
			return nil, err
		}
		if len(how.Annotations) > 0 {
			built = mutate.Annotations(built, how.Annotations).(v1.Image)
		}
		return built, nil
	}
	if len(how.Platforms) == 0 {
		built, err := one("amd64")
		if err != nil {
			return err
		}
		return remote.Write(reference, built, options...)
	}
	var index v1.ImageIndex = mutate.IndexMediaType(empty.Index, ggcr.OCIImageIndex)
	for _, platform := range how.Platforms {
		built, err := one(platform)
		if err != nil {
			return err
		}
		index = mutate.AppendManifests(index, mutate.IndexAddendum{Add: built, Descriptor: v1.Descriptor{Platform: &v1.Platform{OS: "linux", Architecture: platform}}})
	}
	if len(how.IndexAnnotations) > 0 {
		index = mutate.Annotations(index, how.IndexAnnotations).(v1.ImageIndex)
	}
	return remote.WriteIndex(reference, index, options...)
}

package main

import (
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/dapr/dapr/pkg/injector/patcher"
	"k8s.io/apimachinery/pkg/api/resource"
)

const prefix = "dapr.io/"

// formats says how a text value is read, later and in silence: by the injector or, by way of a flag, by the sidecar.
var formats = map[string]func(string) error{
	"app-protocol":            oneOf("http", "https", "grpc", "grpcs", "h2c"),
	"block-shutdown-duration": func(s string) error { _, err := time.ParseDuration(s); return err },
	"log-level":               oneOf("debug", "info", "warn", "error", "fatal"),
	"max-body-size":           quantity,
	"read-buffer-size":        quantity,
	"sidecar-cpu-limit":       quantity,
	"sidecar-cpu-request":     quantity,
	"sidecar-memory-limit":    quantity,
	"sidecar-memory-request":  quantity,
}

func quantity(s string) error {
	_, err := resource.ParseQuantity(s)
	return err
}

func oneOf(values ...string) func(string) error {
	return func(s string) error {
		if slices.Contains(values, s) {
			return nil
		}
		return fmt.Errorf("not one of %s", strings.Join(values, ", "))
	}
}

// known maps the annotations that the injector reads to the types of their values.
func known() map[string]reflect.Kind {
	kinds := map[string]reflect.Kind{}
	config := reflect.TypeOf(patcher.SidecarConfig{})
	for i := 0; i < config.NumField(); i++ {
		field := config.Field(i)
		if name := field.Tag.Get("annotation"); name != "" {
			kinds[name] = field.Type.Kind()
			if field.Type.Kind() == reflect.Pointer {
				kinds[name] = field.Type.Elem().Kind()
			}
		}
	}
	return kinds
}

func checkAnnotations(annotations map[string]string) (problems []error) {
	kinds := known()
	used := false
	for name, value := range annotations {
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		used = true
		if err := checkAnnotation(kinds, name, value); err != nil {
			problems = append(problems, fmt.Errorf("%s: %q: %w", name, value, err))
		}
	}
	if _, ok := annotations[prefix+"enabled"]; used && !ok {
		problems = append(problems, fmt.Errorf("there are annotations of Dapr, and no %senabled", prefix))
	}
	sort.Slice(problems, func(i, j int) bool { return problems[i].Error() < problems[j].Error() })
	return problems
}

func checkAnnotation(kinds map[string]reflect.Kind, name, value string) error {
	kind, ok := kinds[name]
	if !ok {
		return fmt.Errorf("the injector does not know this annotation")
	}
	if value == "" {
		return fmt.Errorf("the injector ignores an empty value")
	}
	switch kind {
	case reflect.Bool:
		// Whatever is not true is false for Dapr, "ture" too.
		if !isTruthy(value) {
			return oneOf("false", "no", "off", "0")(strings.ToLower(value))
		}
	case reflect.Int, reflect.Int32:
		_, err := strconv.ParseInt(value, 10, 32)
		return err
	case reflect.String:
		if check := formats[strings.TrimPrefix(name, prefix)]; check != nil {
			return check(value)
		}
	}
	return nil
}

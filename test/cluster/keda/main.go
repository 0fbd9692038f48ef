// keda-scale asks the scalers of KEDA itself what they would tell the operator: it reads a ScaledObject with the credentials of its triggers
// from standard input, and prints what each trigger counts, and what comes of it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"time"

	"github.com/expr-lang/expr"
	kedav1alpha1 "github.com/kedacore/keda/v2/apis/keda/v1alpha1"
	"github.com/kedacore/keda/v2/pkg/scalers"
	"github.com/kedacore/keda/v2/pkg/scalers/scalersconfig"
	v2 "k8s.io/api/autoscaling/v2"
)

// Question is what is asked.
type Question struct {
	ScaledObject kedav1alpha1.ScaledObject `json:"scaledObject"`
	// AuthParams are the values of its TriggerAuthentication, by the name of the parameter.
	AuthParams map[string]string `json:"authParams"`
}

// Trigger is what one trigger says.
type Trigger struct {
	Value  float64 `json:"value"`
	Active bool    `json:"active"`
	Error  string  `json:"error,omitempty"`
}

// Answer is what comes of it.
type Answer struct {
	Triggers map[string]Trigger `json:"triggers"`
	// Value is that of the formula, if all triggers have one.
	Value *float64 `json:"value,omitempty"`
	// Replicas is how many of them the HorizontalPodAutoscaler would want, before its bounds.
	Replicas *int64 `json:"replicas,omitempty"`
}

func main() {
	answer, err := ask(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		panic(err)
	}
}

func ask(in io.Reader) (*Answer, error) {
	decoder := json.NewDecoder(in)
	decoder.DisallowUnknownFields()
	question := Question{}
	if err := decoder.Decode(&question); err != nil {
		return nil, err
	}
	object := &question.ScaledObject
	if err := kedav1alpha1.CheckReplicaCountBoundsAreValid(object); err != nil {
		return nil, err
	}
	if err := kedav1alpha1.CheckFallbackValid(object); err != nil {
		return nil, err
	}
	answer := &Answer{Triggers: map[string]Trigger{}}
	values := map[string]float64{}
	for index, trigger := range object.Spec.Triggers {
		value, active, err := count(object, index, question.AuthParams)
		said := Trigger{Value: value, Active: active}
		if err != nil {
			said.Error = err.Error()
		} else {
			values[trigger.Name] = value
		}
		answer.Triggers[trigger.Name] = said
	}
	if !object.IsUsingModifiers() || len(values) < len(object.Spec.Triggers) {
		return answer, nil
	}
	program, err := kedav1alpha1.ValidateAndCompileScalingModifiers(object)
	if err != nil {
		return nil, err
	}
	result, err := expr.Run(program, values)
	if err != nil {
		return nil, err
	}
	target, err := strconv.ParseFloat(object.Spec.Advanced.ScalingModifiers.Target, 64)
	if err != nil {
		return nil, err
	}
	value := result.(float64)
	replicas := int64(math.Ceil(value / target))
	answer.Value, answer.Replicas = &value, &replicas
	return answer, nil
}

func count(object *kedav1alpha1.ScaledObject, index int, authParams map[string]string) (float64, bool, error) {
	trigger := object.Spec.Triggers[index]
	config := &scalersconfig.ScalerConfig{
		ScalableObjectName:      object.Name,
		ScalableObjectNamespace: object.Namespace,
		ScalableObjectType:      "ScaledObject",
		TriggerName:             trigger.Name,
		TriggerType:             trigger.Type,
		TriggerMetadata:         trigger.Metadata,
		TriggerIndex:            index,
		MetricType:              v2.AverageValueMetricType,
		AuthParams:              authParams,
		GlobalHTTPTimeout:       3 * time.Second,
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	scaler, err := build(ctx, config)
	if err != nil {
		return 0, false, err
	}
	defer scaler.Close(ctx)
	name := scaler.GetMetricSpecForScaling(ctx)[0].External.Metric.Name
	metrics, active, err := scaler.GetMetricsAndActivity(ctx, name)
	if err != nil {
		return 0, false, err
	}
	return metrics[0].Value.AsApproximateFloat64(), active, nil
}

func build(ctx context.Context, config *scalersconfig.ScalerConfig) (scalers.Scaler, error) {
	switch config.TriggerType {
	case "redis-cluster-streams":
		return scalers.NewRedisStreamsScaler(ctx, true, false, config)
	case "redis-cluster":
		return scalers.NewRedisScaler(ctx, true, false, config)
	default:
		return nil, fmt.Errorf("no scaler for %q was built in", config.TriggerType)
	}
}

// The platform of the README, in Go.
package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	ms "example.com/platform/cdk8s-microservices-go/cdk8smicroservices"
	"example.com/platform/cdk8s-microservices-go/cdk8smicroservices/stores"
)

func propsFor(environment ms.Environment, organisation ms.PlatformProfile) *ms.ServiceChartProps {
	return &ms.ServiceChartProps{
		Environment: environment,
		Profile:     organisation,
		Values:      ms.Values_Directory(jsii.String("applications/main")),
	}
}

func newCoreBusiness(scope constructs.Construct, props *ms.ServiceChartProps) {
	chart := ms.NewServiceChart(scope, jsii.String("core-business"), props)

	redis := stores.RedisCluster_FromNamespace(chart, jsii.String("redis"), jsii.String("infrastructure"), nil)
	payment := ms.NewMicroservice(chart, jsii.String("payment"), &ms.MicroserviceProps{Tier: ms.Tier_CRITICAL()})
	order := ms.NewMicroservice(chart, jsii.String("order"), nil)
	checkout := ms.NewMicroservice(chart, jsii.String("checkout"), &ms.MicroserviceProps{
		Scaling: ms.Scaling_Utilization(&ms.UtilizationOptions{Max: jsii.Number(10)}),
	})

	checkout.Calls(order, &ms.CallOptions{Idempotent: jsii.Bool(true)})
	checkout.Calls(payment, nil)
	checkout.Calls(ms.ServiceReference_Of(jsii.String("platform"), jsii.String("auth")), nil)
	order.Publishes(ms.NewTopic(chart, jsii.String("order-placed"), &ms.TopicProps{Broker: redis}))
}

func main() {
	defer jsii.Close()
	organisation := ms.PlatformProfile_Standard().Customize(&ms.ProfileChanges{ImageRegistry: jsii.String("registry.example.com")})
	app := ms.NewApp(nil)
	for _, environment := range *ms.Environment_Standard() {
		props := propsFor(environment, organisation)
		newCoreBusiness(app, props)
		platform := ms.NewServiceChart(app, jsii.String("platform"), props)
		ms.NewMicroservice(platform, jsii.String("auth"), nil)
	}
	app.Synth()
}

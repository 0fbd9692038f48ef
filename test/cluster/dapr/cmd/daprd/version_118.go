//go:build dapr118

package main

import (
	"github.com/dapr/components-contrib/bindings/cron"
	bindinghttp "github.com/dapr/components-contrib/bindings/http"
	"github.com/dapr/components-contrib/bindings/smtp"
	redisconfiguration "github.com/dapr/components-contrib/configuration/redis"
	"github.com/dapr/components-contrib/conversation/echo"
	redislock "github.com/dapr/components-contrib/lock/redis"
	"github.com/dapr/components-contrib/pubsub/rabbitmq"
	"github.com/dapr/dapr/cmd/daprd/options"
	"github.com/dapr/dapr/pkg/components/bindings"
	"github.com/dapr/dapr/pkg/components/configuration"
	"github.com/dapr/dapr/pkg/components/conversation"
	"github.com/dapr/dapr/pkg/components/lock"
	"github.com/dapr/dapr/pkg/components/pubsub"
	"github.com/dapr/dapr/pkg/runtime"
	"github.com/dapr/dapr/pkg/runtime/registry"
	"github.com/dapr/dapr/pkg/security"
	"github.com/dapr/kit/logger"
	"go.opencensus.io/stats/view"
)

// ofVersion adds the registries that other versions do not have, and components of the building blocks that are tested with the newest version alone.
func ofVersion(contrib logger.Logger, options *registry.Options) *registry.Options {
	conversation.DefaultRegistry.Logger = contrib
	bindings.DefaultRegistry.RegisterInputBinding(cron.NewCron, "cron")
	bindings.DefaultRegistry.RegisterOutputBinding(bindinghttp.NewHTTP, "http")
	bindings.DefaultRegistry.RegisterOutputBinding(smtp.NewSMTP, "smtp")
	configuration.DefaultRegistry.RegisterComponent(redisconfiguration.NewRedisConfigurationStore, "redis")
	conversation.DefaultRegistry.RegisterComponent(echo.NewEcho, "echo")
	lock.DefaultRegistry.RegisterComponent(redislock.NewStandaloneRedisLock, "redis")
	pubsub.DefaultRegistry.RegisterComponent(rabbitmq.NewRabbitMQ, "rabbitmq")
	return options.WithConversations(conversation.DefaultRegistry)
}

func securityOfVersion(opts *options.Options, own security.Options) security.Options {
	own.JwtAudiences = opts.SentryRequestJwtAudiences
	return own
}

func configOfVersion(opts *options.Options, config *runtime.Config) *runtime.Config {
	config.ActorsDisseminationTimeout = opts.ActorsDisseminationTimeout
	config.SchedulerStreams = opts.SchedulerJobStreams
	config.DisableInitEndpoints = opts.DisableInitEndpoints
	config.Metrics.ListenAddress = opts.Metrics.ListenAddress()
	config.Metrics.Meter = view.NewMeter()
	return config
}

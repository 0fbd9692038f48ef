//go:build dapr118

package main

import (
	"github.com/dapr/dapr/cmd/daprd/options"
	"github.com/dapr/dapr/pkg/components/conversation"
	"github.com/dapr/dapr/pkg/runtime"
	"github.com/dapr/dapr/pkg/runtime/registry"
	"github.com/dapr/dapr/pkg/security"
	"github.com/dapr/kit/logger"
	"go.opencensus.io/stats/view"
)

// ofVersion adds the registries that other versions do not have.
func ofVersion(contrib logger.Logger, options *registry.Options) *registry.Options {
	conversation.DefaultRegistry.Logger = contrib
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

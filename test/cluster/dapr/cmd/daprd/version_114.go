//go:build dapr114

package main

import (
	"github.com/dapr/dapr/cmd/daprd/options"
	"github.com/dapr/dapr/pkg/components/wfbackend"
	"github.com/dapr/dapr/pkg/components/workflows"
	"github.com/dapr/dapr/pkg/runtime"
	"github.com/dapr/dapr/pkg/runtime/registry"
	"github.com/dapr/dapr/pkg/security"
	"github.com/dapr/kit/logger"
)

// ofVersion adds the registries that other versions do not have. The workflow engine uses both.
func ofVersion(contrib logger.Logger, options *registry.Options) *registry.Options {
	wfbackend.DefaultRegistry.Logger = contrib
	workflows.DefaultRegistry.Logger = contrib
	return options.WithWorkflowBackends(wfbackend.DefaultRegistry).WithWorkflows(workflows.DefaultRegistry)
}

func securityOfVersion(_ *options.Options, own security.Options) security.Options {
	return own
}

func configOfVersion(_ *options.Options, config *runtime.Config) *runtime.Config {
	config.Metrics.ListenAddress = "127.0.0.1" // there is no flag for it
	return config
}

//go:build dapr114

package main

import (
	"github.com/dapr/dapr/pkg/injector/patcher"
	"github.com/dapr/kit/utils"
)

func isTruthy(value string) bool { return utils.IsTruthy(value) }

func setSchedulers(sidecar *patcher.SidecarConfig, addresses string) {
	sidecar.SchedulerAddress = addresses
}

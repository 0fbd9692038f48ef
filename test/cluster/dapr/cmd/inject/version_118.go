//go:build dapr118

package main

import (
	"github.com/dapr/dapr/pkg/injector/patcher"
	kitstrings "github.com/dapr/kit/strings"
)

func isTruthy(value string) bool { return kitstrings.IsTruthy(value) }

func setSchedulers(sidecar *patcher.SidecarConfig, addresses string) {
	sidecar.SchedulerAddress = &addresses
}

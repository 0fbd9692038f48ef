// Command kubetest is a Kubernetes control plane in one binary, for tests on a machine without containers.
//
//	kubetest up -dir DIR [-kcm] [-scheduler] [-nodes N] [-- COMMAND ...]
//	kubetest kubectl ...
//
// `up` runs an API server on 127.0.0.1 until it is told to stop or, when there is one, until COMMAND ends. COMMAND
// finds KUBECONFIG set and the kubectl of the same version on its PATH.
//
// Every part is the real one of the Kubernetes version this is built from, except the nodes. It is run by executing this
// binary again, because the parts have global state and handle signals, each for itself.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	kubectlutil "k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

func main() {
	// A link to this binary of the name kubectl is kubectl.
	name, args := filepath.Base(os.Args[0]), os.Args[1:]
	if name != "kubectl" {
		if len(args) == 0 {
			fail(2, errors.New("usage: kubetest up|kubectl ..."))
		}
		name, args = args[0], args[1:]
	}
	os.Args = append([]string{name}, args...) // where the commands below look

	switch name {
	case "up":
		var exit *exec.ExitError
		if err := up(args); errors.As(err, &exit) && exit.ExitCode() > 0 {
			os.Exit(exit.ExitCode())
		} else if err != nil {
			fail(1, err)
		}
	case "etcd":
		fail(1, runEtcd(args))
	case "kube-apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Exit(cli.Run(controllermanager.NewControllerManagerCommand()))
	case "kube-scheduler":
		os.Exit(cli.Run(scheduler.NewSchedulerCommand()))
	case "kubectl":
		if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
			kubectlutil.CheckErr(err) // prints it as kubectl does, and exits
		}
	default:
		fail(2, fmt.Errorf("unknown command %q", name))
	}
}

func fail(code int, err error) {
	fmt.Fprintln(os.Stderr, "kubetest:", err)
	os.Exit(code)
}

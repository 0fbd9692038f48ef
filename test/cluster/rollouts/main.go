// rollouts-lint judges Rollouts as `kubectl argo rollouts lint -f FILE` does, and says what is wrong in its output and by its exit code.
package main

import (
	"fmt"
	"os"

	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/cmd/lint"
	"github.com/argoproj/argo-rollouts/pkg/kubectl-argo-rollouts/options"
	"k8s.io/cli-runtime/pkg/genericclioptions"
)

func main() {
	streams := genericclioptions.IOStreams{In: os.Stdin, Out: os.Stdout, ErrOut: os.Stderr}
	if err := lint.NewCmdLint(options.NewArgoRolloutsOptions(streams)).Execute(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

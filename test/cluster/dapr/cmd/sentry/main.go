// Command sentry is Dapr's certificate authority, without which no sidecar knows who calls it, so that no access control
// list can be tested.
//
//	sentry DIR PORT
//
// It writes ca.crt to DIR, which the sidecars want in DAPR_TRUST_ANCHORS. It believes every name and namespace that it is
// asked to certify: outside of Kubernetes there is nobody to ask.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/dapr/dapr/pkg/healthz"
	pb "github.com/dapr/dapr/pkg/proto/sentry/v1"
	"github.com/dapr/dapr/pkg/sentry"
	"github.com/dapr/dapr/pkg/sentry/config"
	"github.com/dapr/kit/signals"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "sentry:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: sentry DIR PORT")
	}
	port, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	ctx := signals.Context()
	authority, err := sentry.New(ctx, sentry.Options{
		Config: config.Config{
			Port:             port,
			TrustDomain:      "localhost", // what a sidecar outside of Kubernetes expects of it
			WorkloadCertTTL:  24 * time.Hour,
			AllowedClockSkew: 15 * time.Minute,
			RootCertPath:     filepath.Join(args[0], config.DefaultRootCertFilename),
			IssuerCertPath:   filepath.Join(args[0], config.DefaultIssuerCertFilename),
			IssuerKeyPath:    filepath.Join(args[0], config.DefaultIssuerKeyFilename),
			DefaultValidator: pb.SignCertificateRequest_INSECURE,
			Validators:       map[pb.SignCertificateRequest_TokenValidator]map[string]string{pb.SignCertificateRequest_INSECURE: {}},
		},
		Healthz: healthz.New(),
	})
	if err != nil {
		return err
	}
	return authority.Start(ctx)
}

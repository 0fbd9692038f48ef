package main

import (
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/etcd/server/v3/embed"
)

// runEtcd serves an etcd until it fails or is killed: etcd DIR CLIENT_ADDRESS PEER_ADDRESS
//
// It is configured by a file: the names in a file are the same in every etcd, whereas the fields of embed.Config were
// renamed between the versions that belong to the minors of Kubernetes built from this source.
func runEtcd(args []string) error {
	dir, client, peer := args[0], "http://"+args[1], "http://"+args[2]
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	// The data is thrown away with the directory, so nothing has to wait for the disk.
	text := fmt.Sprintf(`data-dir: %q
listen-client-urls: %q
advertise-client-urls: %q
listen-peer-urls: %q
initial-advertise-peer-urls: %q
initial-cluster: default=%s
unsafe-no-fsync: true
log-level: error
`, filepath.Join(dir, "data"), client, client, peer, peer, peer)
	file := filepath.Join(dir, "etcd.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return err
	}
	config, err := embed.ConfigFromFile(file)
	if err != nil {
		return err
	}
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return err
	}
	return <-etcd.Err()
}

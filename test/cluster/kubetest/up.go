package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

// plane is the running control plane.
type plane struct {
	dir        string
	server     string
	token      string
	kubeconfig string
	components []*component
}

func up(args []string) (err error) {
	flags := flag.NewFlagSet("up", flag.ExitOnError)
	dir := flags.String("dir", "", "state directory: made, or wiped if it was one before")
	kcm := flags.Bool("kcm", false, "run kube-controller-manager")
	sched := flags.Bool("scheduler", false, "run kube-scheduler")
	nodes := flags.Int("nodes", 0, "number of fake nodes, spread over three zones")
	flags.Parse(args)
	if *nodes > 0 && !(*kcm && *sched) {
		return errors.New("-nodes needs -kcm and -scheduler, or no pod would ever get to a node")
	}

	// The kernel kills the components when the thread that started them ends, so that must not be one that Go may end.
	runtime.LockOSThread()
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()

	p := &plane{}
	if p.dir, err = stateDir(*dir); err != nil {
		return err
	}
	defer p.stop()
	if err := p.start(ctx, *kcm, *sched); err != nil {
		return err
	}
	if *nodes > 0 {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel() // before the server goes
		if err := runNodes(ctx, p.kubeconfig, *nodes); err != nil {
			return err
		}
	}
	return p.run(ctx, flags.Args())
}

// stateDir makes an empty directory of that name and returns its absolute path.
func stateDir(dir string) (string, error) {
	if dir == "" {
		return "", errors.New("-dir is required")
	}
	dir, err := filepath.Abs(dir) // the kubeconfig names files in it
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	// The marker says that the directory may be wiped. The lock on it, held until the process ends, says that none is
	// at work in it.
	marker, err := os.OpenFile(filepath.Join(dir, ".kubetest"), os.O_RDWR, 0)
	if os.IsNotExist(err) && len(entries) == 0 {
		marker, err = os.Create(filepath.Join(dir, ".kubetest"))
	}
	if err != nil {
		return "", fmt.Errorf("%s holds files that are not of kubetest: %w", dir, err)
	}
	if err := syscall.Flock(int(marker.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return "", fmt.Errorf("%s is in use: %w", dir, err)
	}
	for _, entry := range entries {
		if entry.Name() != filepath.Base(marker.Name()) {
			if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
				return "", err
			}
		}
	}
	for _, sub := range []string{"bin", "certs"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			return "", err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	lock = marker
	return dir, os.Symlink(self, filepath.Join(dir, "bin", "kubectl"))
}

// lock keeps the garbage collector from closing the file, and so from giving up the lock.
var lock *os.File

// start starts the components one after the other, each when the one it needs is ready.
func (p *plane) start(ctx context.Context, kcm, sched bool) error {
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute) // a cold start on a busy machine takes 20 seconds
	defer cancel()
	ports, err := freePorts(5)
	if err != nil {
		return err
	}
	certs := filepath.Join(p.dir, "certs")
	key, tokens, err := p.credentials(certs)
	if err != nil {
		return err
	}
	ready := func(name, url, ca, token string, args ...string) error {
		c, err := start(p.dir, name, args...)
		if err != nil {
			return err
		}
		p.components = append(p.components, c)
		if err := c.waitFor(ctx, url, ca, token); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "kubetest: %s is ready after %.1f s\n", name, time.Since(began).Seconds())
		return nil
	}

	etcd := "127.0.0.1:" + ports[0]
	if err := ready("etcd", "http://"+etcd+"/health", "", "", filepath.Join(p.dir, "etcd"), etcd, "127.0.0.1:"+ports[1]); err != nil {
		return err
	}

	p.server = "https://127.0.0.1:" + ports[2]
	ca := filepath.Join(certs, "apiserver.crt")
	args := []string{
		"--etcd-servers=http://" + etcd,
		"--bind-address=127.0.0.1", "--secure-port=" + ports[2],
		"--advertise-address=127.0.0.1", "--endpoint-reconciler-type=none",
		"--cert-dir=" + certs, "--token-auth-file=" + tokens,
		"--authorization-mode=RBAC", "--anonymous-auth=false",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-signing-key-file=" + key, "--service-account-key-file=" + key,
		"--service-cluster-ip-range=10.0.0.0/16",
		"--allow-privileged=true", // as on clusters: whether a pod may is for Pod Security to say
		"--etcd-compaction-interval=0", "--profiling=false", "--v=1",
	}
	if !kcm { // nobody makes the ServiceAccount `default`, so nobody may ask for it
		args = append(args, "--disable-admission-plugins=ServiceAccount")
	}
	if err := ready("kube-apiserver", p.server+"/readyz", ca, p.token, args...); err != nil {
		return err
	}

	p.kubeconfig = filepath.Join(p.dir, "kubeconfig")
	text := fmt.Sprintf(`apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: %q, certificate-authority: %q}}]
users: [{name: admin, user: {token: %q}}]
contexts: [{name: test, context: {cluster: test, user: admin}}]
current-context: test
`, p.server, ca, p.token)
	if err := os.WriteFile(p.kubeconfig, []byte(text), 0o600); err != nil {
		return err
	}

	common := func(port string) []string {
		return []string{
			"--kubeconfig=" + p.kubeconfig, "--leader-elect=false", "--authentication-skip-lookup=true",
			"--bind-address=127.0.0.1", "--secure-port=" + port, "--cert-dir=" + certs,
			"--kube-api-qps=500", "--kube-api-burst=1000", "--v=1",
		}
	}
	if kcm {
		name := "kube-controller-manager"
		err := ready(name, "https://127.0.0.1:"+ports[3]+"/healthz", filepath.Join(certs, name+".crt"), "",
			append(common(ports[3]), "--service-account-private-key-file="+key, "--root-ca-file="+ca,
				// The sum of a namespace can miss a pod that came when another was gone: it is made anew sooner than in 5 minutes.
				"--horizontal-pod-autoscaler-sync-period=2s", "--resource-quota-sync-period=15s")...)
		if err != nil {
			return err
		}
		// A pod in the namespace `default` needs it, and it comes after the process is healthy.
		account := p.server + "/api/v1/namespaces/default/serviceaccounts/default"
		if err := p.components[len(p.components)-1].waitFor(ctx, account, ca, p.token); err != nil {
			return err
		}
	}
	if sched {
		name := "kube-scheduler"
		return ready(name, "https://127.0.0.1:"+ports[4]+"/healthz", filepath.Join(certs, name+".crt"), "", common(ports[4])...)
	}
	return nil
}

// credentials writes a key for the tokens of service accounts and the token of an administrator.
func (p *plane) credentials(dir string) (key, tokens string, err error) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", "", err
	}
	key = filepath.Join(dir, "service-accounts.key")
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(rsaKey)}
	if err := os.WriteFile(key, pem.EncodeToMemory(block), 0o600); err != nil {
		return "", "", err
	}
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return "", "", err
	}
	p.token = hex.EncodeToString(random)
	tokens = filepath.Join(dir, "tokens.csv")
	return key, tokens, os.WriteFile(tokens, []byte(p.token+",admin,admin,system:masters\n"), 0o600)
}

// run runs the command, or waits to be stopped if there is none. It does not go on without a component.
func (p *plane) run(stopped context.Context, command []string) error {
	ctx, cancel := context.WithCancelCause(stopped)
	defer cancel(nil)
	for _, c := range p.components {
		go func(c *component) {
			select {
			case <-c.exited:
				cancel(c.failure())
			case <-ctx.Done():
			}
		}(c)
	}
	if len(command) == 0 {
		fmt.Println("READY KUBECONFIG=" + p.kubeconfig)
		<-ctx.Done()
		if stopped.Err() != nil {
			return nil
		}
		return context.Cause(ctx)
	}
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.WaitDelay = 10 * time.Second
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	c.Env = append(os.Environ(), "KUBECONFIG="+p.kubeconfig, "KUBECACHEDIR="+filepath.Join(p.dir, "cache"),
		"PATH="+filepath.Join(p.dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := c.Run()
	if ctx.Err() != nil && stopped.Err() == nil {
		return context.Cause(ctx)
	}
	return err
}

// stop stops the components in the reverse order of their start.
func (p *plane) stop() {
	for i := len(p.components) - 1; i >= 0; i-- {
		p.components[i].stop()
	}
}

// freePorts names ports that nobody listens on. They lie below those that Linux gives to outgoing connections, so
// that none is taken by one before its component listens on it.
func freePorts(n int) ([]string, error) {
	var ports []string
	for tries := 0; len(ports) < n; tries++ {
		if tries == 1000 {
			return nil, errors.New("no free ports")
		}
		offset, err := rand.Int(rand.Reader, big.NewInt(10000))
		if err != nil {
			return nil, err
		}
		port := strconv.FormatInt(20000+offset.Int64(), 10)
		listener, err := net.Listen("tcp", "127.0.0.1:"+port)
		if err != nil {
			continue
		}
		defer listener.Close() // only at the end, so that no port is named twice
		ports = append(ports, port)
	}
	return ports, nil
}

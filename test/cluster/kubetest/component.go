package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// A component is a part of the control plane: a process that runs this binary.
type component struct {
	name   string
	log    string
	cmd    *exec.Cmd
	err    error         // why it ended, once exited is closed
	exited chan struct{} // closed when the process has ended
}

// start runs this binary as the component of that name and writes its log to DIR/NAME.log.
func start(dir, name string, args ...string) (*component, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &component{name: name, log: filepath.Join(dir, name+".log"), exited: make(chan struct{})}
	log, err := os.Create(c.log)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	c.cmd = exec.Command(self, append([]string{name}, args...)...)
	c.cmd.Stdout, c.cmd.Stderr = log, log
	// An interrupt typed at a terminal must reach only `up`, which stops the components in order. Should `up` be
	// killed, the kernel kills them.
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		c.err = c.cmd.Wait()
		close(c.exited)
	}()
	return c, nil
}

// stop ends the process. An API server would wait a minute for its watchers: nobody needs that here.
func (c *component) stop() {
	c.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-c.exited:
	case <-time.After(2 * time.Second):
		c.cmd.Process.Kill()
		<-c.exited
	}
}

// failure says how the process ended, with the end of its log.
func (c *component) failure() error {
	text, _ := os.ReadFile(c.log)
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	if len(lines) > 20 {
		lines = lines[len(lines)-20:]
	}
	return fmt.Errorf("%s ended (%v), the end of %s:\n%s", c.name, c.err, c.log, bytes.Join(lines, []byte("\n")))
}

// waitFor asks an address of the component until it answers 200. ca names the file with the certificate that the
// component makes for itself when it starts.
func (c *component) waitFor(ctx context.Context, url, ca, token string) error {
	for {
		err := get(ctx, url, ca, token)
		if err == nil {
			return nil
		}
		select {
		case <-c.exited:
			return c.failure()
		case <-ctx.Done():
			return fmt.Errorf("%s is not ready: %w", c.name, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func get(ctx context.Context, url, ca, token string) error {
	transport := &http.Transport{DisableKeepAlives: true}
	if ca != "" {
		pem, err := os.ReadFile(ca)
		if err != nil {
			return err
		}
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(pem)
		transport.TLSClientConfig = &tls.Config{RootCAs: roots}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := (&http.Client{Transport: transport, Timeout: 5 * time.Second}).Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(response.Body)
		return fmt.Errorf("%s: %s %s", url, response.Status, body)
	}
	return nil
}

// Package process runs the server as a process of its own, for tests and benchmarks that measure or kill it.
//
// It does not know what is measured.
package process

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Start runs a program until it says that it is ready, in a line that holds word, and returns the running program.
// When ctx ends it is interrupted.
func Start(ctx context.Context, word, name string, args ...string) (*exec.Cmd, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	var seen []string
	for lines.Scan() {
		if seen = append(seen, lines.Text()); strings.Contains(lines.Text(), word) {
			go io.Copy(io.Discard, out)
			return cmd, nil
		}
	}
	_ = cmd.Wait()
	return nil, fmt.Errorf("%s ended: %s", name, strings.Join(seen, "\n"))
}

// Credentials are what a user signs in with through a connected app.
type Credentials struct{ ClientId, Secret, Username, Password string }

// DemoCredentials reads those of the demo's administrator from its data directory.
func DemoCredentials(data string) (c Credentials, err error) {
	text, err := os.ReadFile(filepath.Join(data, "credentials.json"))
	if err != nil {
		return c, err
	}
	var file struct {
		ClientId     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
		Users        []struct{ Username, Password string }
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return c, err
	}
	return Credentials{file.ClientId, file.ClientSecret, file.Users[0].Username, file.Users[0].Password}, nil
}

// SignIn returns the headers of a signed-in client of the server at base.
func SignIn(base string, c Credentials) (http.Header, error) {
	form := url.Values{"grant_type": {"password"}, "client_id": {c.ClientId}, "client_secret": {c.Secret}, "username": {c.Username}, "password": {c.Password}}
	res, err := http.PostForm(base+"/services/oauth2/token", form)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
		Error       string `json:"error_description"`
	}
	if err := json.NewDecoder(res.Body).Decode(&token); err != nil {
		return nil, fmt.Errorf("sign in: %s: %w", res.Status, err)
	}
	if token.AccessToken == "" {
		return nil, fmt.Errorf("sign in: %s: %s", res.Status, token.Error)
	}
	return http.Header{"Authorization": {"Bearer " + token.AccessToken}, "Content-Type": {"application/json"}}, nil
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"truckroll/test/process"
)

// target is a server under measurement.
type target struct {
	name    string
	base    string
	process *exec.Cmd
	client  *http.Client
	header  http.Header

	create func(n int) request
	read   func(n int) request
	page   func(n int) request
}

// request is one call of a scenario.
type request struct {
	method, path string
	body         []byte
}

func newClient(clients int) *http.Client {
	return &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: clients, MaxConnsPerHost: clients, DisableCompression: true}}
}

// do sends q and discards the answer; an answer that is not a success is an error.
func (t *target) do(ctx context.Context, q request) error {
	req, err := http.NewRequestWithContext(ctx, q.method, t.base+q.path, bytes.NewReader(q.body))
	if err != nil {
		return err
	}
	req.Header = t.header
	res, err := t.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode >= 300 {
		text, _ := io.ReadAll(io.LimitReader(res.Body, 500))
		return fmt.Errorf("%s %s %s: %s: %s", t.name, q.method, q.path, res.Status, text)
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}

func (t *target) stop() {
	_ = t.process.Process.Signal(os.Interrupt)
	_ = t.process.Wait()
}

// cpu returns the processor time that the server has used.
func (t *target) cpu() (time.Duration, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", t.process.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	fields := strings.Fields(rest)
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / 100, nil
}

const (
	ourAddress   = "127.0.0.1:18471"
	theirAddress = "127.0.0.1:18472"
)

// startPocketBase builds and starts the peer, which fills itself when it is empty.
func (r *run) startPocketBase(ctx context.Context) (*target, error) {
	binary := filepath.Join(r.dir, "pocketbase")
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, ".")
	build.Dir = "test/bench/pocketbase"
	build.Env = append(os.Environ(), "GOTOOLCHAIN=auto", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build: %w: %s", err, out)
	}
	t := &target{name: "pocketbase", base: "http://" + theirAddress, client: newClient(r.clients), header: http.Header{"Content-Type": {"application/json"}}}
	var err error
	t.process, err = process.Start(ctx, "ready", binary, filepath.Join(r.dir, fmt.Sprintf("pocketbase-%d", r.orders)), strconv.Itoa(r.orders), theirAddress)
	if err != nil {
		return nil, err
	}
	const list = "/api/collections/orders/records"
	t.create = func(n int) request {
		return request{"POST", list, marshal(map[string]any{"subject": "Seasonal maintenance", "status": "New", "priority": "Medium", "account": fmt.Sprintf("a%014d", n%5000), "territory": fmt.Sprintf("t%014d", n%6),
			"duration": 90, "durationType": "Minutes", "street": "100 Calvert Street", "city": "Baltimore", "latitude": 39.29, "longitude": -76.61})}
	}
	t.read = func(n int) request { return request{"GET", list + fmt.Sprintf("/w%014d", n%r.orders), nil} }
	t.page = func(n int) request {
		q := url.Values{"perPage": {"200"}, "skipTotal": {"1"}, "sort": {"-updated"}, "expand": {"account,territory"}, "filter": {"status='New'"},
			"fields": {"id,number,subject,status,priority,start,end,expand.account.name,expand.territory.name"}}
		return request{"GET", list + "?" + q.Encode(), nil}
	}
	return t, nil
}

func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // the benchmark's own literals
	}
	return b
}

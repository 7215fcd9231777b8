// Command bulk measures Bulk API 2.0: it has a server of its own load a table of work orders, as a client would over
// HTTP, and prints one line per figure:
//
//	figure NAME VALUE UNIT target OP VALUE ok|short
//
// It knows the server from outside only.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"truckroll/test/process"
)

func main() {
	rows := flag.Int("rows", 100_000, "rows to load")
	object := flag.String("object", "WorkOrder", "object to load: WorkOrder or Account")
	database := flag.String("database", "", "PostgreSQL to use, as a URL, instead of the embedded database")
	flag.Parse()
	if err := run(context.Background(), *rows, *object, *database); err != nil {
		fmt.Fprintln(os.Stderr, "bulk:", err)
		os.Exit(1)
	}
}

const address = "127.0.0.1:8497"

// run starts a server with a small demo company, loads the table and takes the server down.
func run(ctx context.Context, rows int, object, database string) error {
	dir, err := os.MkdirTemp("", "bench-bulk-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary, data := filepath.Join(dir, "truckroll"), filepath.Join(dir, "data")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/truckroll").CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, out)
	}
	args := []string{"demo", "--addr", address, "--data", data, "--work-orders", "50"}
	if database != "" {
		args = append(args, "--database", database)
	}
	ctx, stop := context.WithCancel(ctx)
	cmd, err := process.Start(ctx, "Truckroll is at", binary, args...)
	if err != nil {
		stop()
		return err
	}
	defer func() { stop(); _ = cmd.Wait() }()
	credentials, err := process.DemoCredentials(data)
	if err != nil {
		return err
	}
	c := &client{base: "http://" + address + "/services/data/v60.0"}
	if c.header, err = process.SignIn("http://"+address, credentials); err != nil {
		return err
	}
	return c.measure(cmd.Process.Pid, rows, object)
}

// measure loads the table and reads what became of each row.
func (c *client) measure(pid, rows int, object string) error {
	table, err := c.table(rows, object)
	if err != nil {
		return err
	}
	began := time.Now()
	job, err := c.load(object, table)
	if err != nil {
		return err
	}
	took := time.Since(began).Seconds()
	if job.State != "JobComplete" || job.Processed != rows || job.Failed != 0 {
		return fmt.Errorf("the job ended as %+v", job)
	}
	began = time.Now()
	results, err := c.lines("/jobs/ingest/" + job.Id + "/successfulResults")
	if err != nil {
		return err
	}
	if results != rows+1 {
		return fmt.Errorf("%d lines of results, want %d", results, rows+1)
	}
	read := time.Since(began).Seconds()
	peak, err := peakMemory(pid)
	if err != nil {
		return err
	}
	name := "bulk." + strings.ToLower(object)
	figure(name+".rows", float64(rows)/took, "rows/s", ">=", 1000)
	figure(name+".results", float64(rows)/read, "rows/s", ">=", 20_000)
	figure(name+".memory", peak, "MiB", "<=", 256)
	return nil
}

// client asks the server as a user.
type client struct {
	base   string
	header http.Header
}

// send sends a request and hands the answer's body to read.
func (c *client) send(method, path, kind string, body io.Reader, read func(io.Reader) error) error {
	req, err := http.NewRequest(method, c.base+path, body)
	if err != nil {
		return err
	}
	req.Header = c.header.Clone()
	req.Header.Set("Content-Type", kind)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode >= 300 {
		text, err := io.ReadAll(io.LimitReader(res.Body, 4096))
		return errors.Join(fmt.Errorf("%s %s: %s: %s", method, path, res.Status, text), err)
	}
	return read(res.Body)
}

func (c *client) json(method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return c.send(method, path, "application/json", bytes.NewReader(body), func(r io.Reader) error { return json.NewDecoder(r).Decode(out) })
}

// lines counts the lines of a table.
func (c *client) lines(path string) (n int, err error) {
	err = c.send("GET", path, "", nil, func(r io.Reader) error {
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			n++
		}
		return lines.Err()
	})
	return n, err
}

// table makes the rows to load. Work orders belong to accounts that are there.
func (c *client) table(rows int, object string) (string, error) {
	var found struct{ Records []struct{ Id string } }
	if err := c.json("GET", "/query?q=SELECT+Id+FROM+Account+LIMIT+20", nil, &found); err != nil {
		return "", err
	}
	var b strings.Builder
	if object == "Account" {
		b.WriteString("Name,Phone,BillingCity,Description\n")
		for i := range rows {
			fmt.Fprintf(&b, "Loaded %d,+1 410 555 %04d,Baltimore,\"A customer, loaded in bulk\"\n", i, i%10_000)
		}
		return b.String(), nil
	}
	b.WriteString("Subject,AccountId,Status,Priority,Duration,DurationType,Street,City,Description\n")
	for i := range rows {
		fmt.Fprintf(&b, "Loaded %d,%s,New,Medium,90,Minutes,100 Calvert Street,Baltimore,\"An order, loaded in bulk\"\n", i, found.Records[i%len(found.Records)].Id)
	}
	return b.String(), nil
}

// job is what is looked at of a bulk job.
type job struct {
	Id        string `json:"id"`
	State     string `json:"state"`
	Processed int    `json:"numberRecordsProcessed"`
	Failed    int    `json:"numberRecordsFailed"`
	Error     string `json:"errorMessage"`
}

// load takes a table through a job, and returns the job when it has ended.
func (c *client) load(object, table string) (j job, err error) {
	if err := c.json("POST", "/jobs/ingest", map[string]string{"object": object, "operation": "insert", "lineEnding": "LF"}, &j); err != nil {
		return j, err
	}
	path := "/jobs/ingest/" + j.Id
	if err := c.send("PUT", path+"/batches", "text/csv", strings.NewReader(table), func(io.Reader) error { return nil }); err != nil {
		return j, err
	}
	if err := c.json("PATCH", path, map[string]string{"state": "UploadComplete"}, &j); err != nil {
		return j, err
	}
	for j.State == "UploadComplete" || j.State == "InProgress" {
		time.Sleep(100 * time.Millisecond)
		if err := c.json("GET", path, nil, &j); err != nil {
			return j, err
		}
	}
	return j, nil
}

// peakMemory returns the most memory, in MiB, that a process has held.
func peakMemory(pid int) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, fmt.Errorf("the memory of a process is read on Linux only: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kib / 1024, err
		}
	}
	return 0, errors.New("the process has no VmHWM")
}

func figure(name string, value float64, unit, op string, want float64) {
	verdict := "ok"
	if op == ">=" && value < want || op == "<=" && value > want {
		verdict = "short"
	}
	fmt.Printf("figure %s %.4g %s target %s %g %s\n", name, value, unit, op, want, verdict)
}

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"sync"

	"truckroll/app"
	"truckroll/platform/audit"
)

// linesEach is how many lines each work order is created with, in one transaction.
const linesEach = 3

// job is a work order that a client wanted: its subject is unique, so that it can be found.
type job struct {
	subject string
	acked   bool
	again   bool // the same request, under the same key, was sent twice
}

// ledger is what clients did since the last look.
type ledger struct {
	mu   sync.Mutex
	jobs []job
}

func (l *ledger) note(j job) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.jobs = append(l.jobs, j)
}

func (l *ledger) take() []job {
	l.mu.Lock()
	defer l.mu.Unlock()
	jobs := l.jobs
	l.jobs = nil
	return jobs
}

// write creates a work order with its lines, all or none. When no answer comes the request is repeated once under its
// key, as a careful client does, so that a kill between commit and answer shows.
func (c *campaign) write(ctx context.Context) {
	j := job{subject: "crash " + rand.Text()}
	body := composite(j.subject)
	err := c.post(ctx, "/composite", body, j.subject)
	if err != nil && ctx.Err() == nil {
		j.again = true
		err = c.post(ctx, "/composite", body, j.subject)
	}
	j.acked = err == nil
	c.book.note(j)
}

// composite is a request that creates a work order and its lines in one transaction.
func composite(subject string) []byte {
	type part struct {
		Method      string         `json:"method"`
		URL         string         `json:"url"`
		ReferenceId string         `json:"referenceId"`
		Body        map[string]any `json:"body"`
	}
	parts := []part{{"POST", "/services/data/v60.0/sobjects/WorkOrder", "order", map[string]any{"Subject": subject}}}
	for i := range linesEach {
		parts = append(parts, part{"POST", "/services/data/v60.0/sobjects/WorkOrderLineItem", fmt.Sprintf("line%d", i), map[string]any{"WorkOrderId": "@{order.id}", "Subject": subject}})
	}
	b, err := json.Marshal(map[string]any{"allOrNone": true, "compositeRequest": parts})
	if err != nil {
		panic(err) // the program's own literals
	}
	return b
}

var errRefused = errors.New("refused")

func (c *campaign) post(ctx context.Context, path string, body []byte, key string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, data+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header = c.header.Clone()
	req.Header.Set("Idempotency-Key", key)
	res, err := c.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && (res.StatusCode != http.StatusOK || bytes.Contains(text, []byte(`"errorCode"`))) {
		return fmt.Errorf("%w: %s: %.300s", errRefused, res.Status, text)
	}
	return err
}

// verify holds the database to the ledger.
func (c *campaign) verify(ctx context.Context, jobs []job) error {
	for _, j := range jobs {
		if j.acked {
			c.acked++
		}
	}
	for start := 0; start < len(jobs); start += 100 {
		part := jobs[start:min(start+100, len(jobs))]
		found, err := c.found(ctx, part)
		if err != nil {
			return err
		}
		for _, j := range part {
			orders := found[j.subject]
			switch {
			case j.acked && len(orders) != 1:
				return fmt.Errorf("acknowledged, and there %d times: %s", len(orders), j.subject)
			case len(orders) > 1:
				return fmt.Errorf("asked for once (again: %v) and there %d times: %s", j.again, len(orders), j.subject)
			case len(orders) == 1 && orders[0] != linesEach:
				return fmt.Errorf("there by half, with %d of %d lines: %s", orders[0], linesEach, j.subject)
			}
		}
	}
	return nil
}

// found returns, by subject, the number of lines of each work order that is there.
func (c *campaign) found(ctx context.Context, jobs []job) (map[string][]int, error) {
	var subjects []string
	for _, j := range jobs {
		subjects = append(subjects, "'"+j.subject+"'")
	}
	q := "SELECT Subject, (SELECT Id FROM WorkOrderLineItems) FROM WorkOrder WHERE Subject IN (" + strings.Join(subjects, ",") + ")"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, data+"/query?q="+url.QueryEscape(q), nil)
	if err != nil {
		return nil, err
	}
	req.Header = c.header
	res, err := c.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	var page struct {
		Done    bool
		Records []struct {
			Subject            string
			WorkOrderLineItems *struct{ TotalSize int }
		}
	}
	if err := json.NewDecoder(res.Body).Decode(&page); err != nil || res.StatusCode != http.StatusOK || !page.Done {
		return nil, fmt.Errorf("query: %s, done %v: %w", res.Status, page.Done, err)
	}
	found := map[string][]int{}
	for _, r := range page.Records {
		n := 0
		if r.WorkOrderLineItems != nil {
			n = r.WorkOrderLineItems.TotalSize
		}
		found[r.Subject] = append(found[r.Subject], n)
	}
	return found, nil
}

// settle looks at what the last kill left, then verifies the audit log and every page of the database.
func (c *campaign) settle(ctx context.Context, binary string) error {
	server, err := c.open(ctx, binary)
	if err != nil {
		return err
	}
	err = c.verify(ctx, c.book.take())
	stop(server)
	if err != nil {
		return err
	}
	h, err := app.Open(ctx, app.Config{Data: c.dir + "/data", Database: c.database, LogLevel: "warn"}, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer h.Close()
	if err := h.DB.Check(ctx); err != nil {
		return err
	}
	for placed := 1; placed > 0; { // on PostgreSQL entries get their places afterwards
		if placed, err = h.Audit.Sequence(ctx); err != nil {
			return err
		}
	}
	report, err := h.Audit.Verify(ctx)
	if err != nil {
		return err
	}
	return c.judge(report)
}

func stop(server *exec.Cmd) {
	_ = server.Cancel()
	_ = server.Wait()
}

// judge says what the campaign found. One in which hardly anything was acknowledged has shown nothing.
func (c *campaign) judge(r audit.Report) error {
	if c.acked < 5*c.kills {
		return fmt.Errorf("only %d changes were acknowledged between %d kills", c.acked, c.kills)
	}
	if len(r.Problems) > 0 || r.Waiting > 0 {
		return fmt.Errorf("the audit log has %d entries without a place and %d problems: %v", r.Waiting, len(r.Problems), r.Problems)
	}
	fmt.Printf("figure crash_kills %d kills target >= %d ok\n", c.kills, c.kills)
	fmt.Printf("%d acknowledged changes are there, each once; the audit log holds %d entries and is whole\n", c.acked, r.Size)
	return nil
}

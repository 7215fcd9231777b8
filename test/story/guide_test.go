package story

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"truckroll/app"
	"truckroll/app/demo"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/server/auth"
)

// TestGuide runs the blocks of the guides about work orders and their reports, as a reader would paste them one after
// the other, against a demo company.
func TestGuide(t *testing.T) {
	for _, tool := range []string{"bash", "curl", "jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("NOT TESTED: the guide uses %s, which is not here", tool)
		}
	}
	var guides string
	for _, name := range []string{"work-orders.md", "reports.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "doc", "guide", name))
		if err != nil {
			t.Fatal(err)
		}
		guides += string(text)
	}
	dir := t.TempDir()
	openDemo(t, dir)
	script := "set -e\n" + strings.Replace(blocks(guides), "cd truckroll-data ", "cd . ", 1)
	run := exec.Command("bash", "-c", script)
	run.Dir = dir
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		"Scheduled can't become Completed. From Scheduled, you may choose: Dispatched", `"Subject":"No cooling"`,
		"mandatory steps are open: Find the cause; Test run for ten minutes", `"Field":"Status","OldValue":"New","NewValue":"Completed"`, "Answer Choice from nothing to Leak",
		`{"VisitNumber":1,"finished":`, `"Field":"Status","NewValue":"Completed"}`,
		"%PDF-", `"IsSigned":true`, `"SignedBy":"Cora Customer"`, "<h1 dir=\"auto\">Leistungsnachweis", "Definition: workOrder.sections[0]: Order.Colour: WorkOrder has no field",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the guide does not show %q:\n%s", want, out)
		}
	}
}

// blocks joins the blocks of shell in a text.
func blocks(text string) string {
	var all []string
	for _, part := range strings.Split(text, "```sh\n")[1:] {
		block, _, _ := strings.Cut(part, "```")
		all = append(all, block)
	}
	return strings.Join(all, "\n")
}

// openDemo serves a small demo company and writes its credentials into dir.
func openDemo(t *testing.T, dir string) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, why := context.Background(), record.Cause{By: "test"}
	h, err := app.Open(ctx, app.Config{Data: filepath.Join(dir, "data"), LogLevel: "error", Rate: 2000}, slog.New(slog.DiscardHandler))
	must(err)
	server := httptest.NewServer(h.Handler())
	t.Cleanup(func() { server.Close(); must(h.Close()) })
	var technician schema.Ref[org.Profile]
	must(h.Keeper.View(ctx, func(v *record.View) error {
		p, err := record.First[org.Profile](v, "Name = ?", "Field Technician")
		if err == nil {
			technician = schema.Ref[org.Profile](p.Id)
		}
		return err
	}))
	must(demo.Fill(ctx, h.Keeper, demo.Options{WorkOrders: 20, Seed: 1, Now: time.Now(), Technician: technician}))
	_, err = h.Auth.AddUser(ctx, why, auth.NewUser{Username: "admin@story.example", LastName: "Admin", Profile: "System Administrator", Password: password})
	must(err)
	id, secret, err := h.Auth.AddClient(ctx, why, org.ConnectedApplication{Name: "Guide", IsActive: true, GrantTypes: "password", Scopes: "api"}, false)
	must(err)
	credentials, err := json.Marshal(map[string]any{"base_url": server.URL, "client_id": id, "client_secret": secret,
		"users": []map[string]string{{"username": "admin@story.example", "password": password}}})
	must(err)
	must(os.WriteFile(filepath.Join(dir, "credentials.json"), credentials, 0o600))
}

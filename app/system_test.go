package app

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"

	"truckroll/platform/record"
	"truckroll/platform/store"
	"truckroll/server/auth"
	"truckroll/server/system"
)

// seat is somebody at a browser.
type seat struct {
	t    *testing.T
	base string
	*http.Client
}

const seatPassword = "correct horse battery"

// seated adds a user of a profile and signs them in.
func seated(t *testing.T, h *House, base, name, profile string) *seat {
	t.Helper()
	_, err := h.Auth.AddUser(context.Background(), record.Cause{By: "test"}, auth.NewUser{Username: name + "@test.example", Profile: profile, Password: seatPassword})
	must(t, err)
	jar, err := cookiejar.New(nil)
	must(t, err)
	s := &seat{t, base, &http.Client{Jar: jar}}
	if status, body := s.ask("POST", "/auth/login", `{"username":"`+name+`@test.example","password":"`+seatPassword+`"}`); status != 200 {
		t.Fatalf("sign in: %d %s", status, body)
	}
	return s
}

func (s *seat) ask(method, path, body string) (status int, answer string) {
	s.t.Helper()
	r, err := http.NewRequest(method, s.base+path, strings.NewReader(body))
	must(s.t, err)
	r.Header.Set("Content-Type", "application/json")
	a, err := s.Do(r)
	must(s.t, err)
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	must(s.t, err)
	return a.StatusCode, string(b)
}

func TestSystem(t *testing.T) {
	h := openHouse(t, t.TempDir())
	defer h.Close()
	server := httptest.NewServer(h.Handler())
	defer server.Close()
	admin := seated(t, h, server.URL, "ada", "System Administrator")
	auditor := seated(t, h, server.URL, "otto", "Auditor")
	technician := seated(t, h, server.URL, "theo", "Field Technician")
	for _, tc := range []struct {
		method, path, body         string
		admin, auditor, technician int
	}{
		{"GET", "/services/system", "", 200, 200, 403},
		{"GET", "/services/system/storage", "", 200, 200, 403},
		{"GET", "/services/system/jobs", "", 200, 200, 403},
		{"POST", "/services/system/jobs/none/retry", "", 404, 403, 403},
		{"POST", "/services/system/jobs/none/cancel", "", 404, 403, 403},
		{"GET", "/services/system/backups", "", 200, 200, 403},
		{"GET", "/services/system/backups/truckroll.db", "", 404, 403, 403},
		{"GET", "/services/system/backups/truckroll-20260101-000000.db", "", 404, 403, 403},
		{"GET", "/services/system/backups/..%2Ftruckroll.db", "", 404, 403, 403},
		{"POST", "/services/system/mail", "", 400, 403, 403},
		{"GET", "/services/system/demo", "", 200, 200, 403},
		{"POST", "/services/system/demo", `{"workOrders":0}`, 400, 403, 403},
		{"POST", "/services/system/demo", `{`, 400, 403, 403},
		{"DELETE", "/services/system/demo", "", 404, 403, 403},
	} {
		for who, want := range map[*seat]int{admin: tc.admin, auditor: tc.auditor, technician: tc.technician} {
			if status, body := who.ask(tc.method, tc.path, tc.body); status != want {
				t.Errorf("%s %s: %d, want %d: %s", tc.method, tc.path, status, want, body)
			}
		}
	}
	if a, err := http.Get(server.URL + "/services/system"); err != nil || a.StatusCode != 401 {
		t.Errorf("without a session: %v %v", a, err)
	}
	var o system.Overview
	_, body := admin.ask("GET", "/services/system", "")
	if err := json.Unmarshal([]byte(body), &o); err != nil || o.Version != Version || o.Users != 3 || o.Sessions != 3 || len(o.Checks) < 5 || !strings.HasPrefix(o.Database, "SQLite 3.") || o.Limits[0].Most == 0 {
		t.Errorf("%v %s", err, body)
	}
	var kept system.Storage
	_, body = admin.ask("GET", "/services/system/storage", "")
	if err := json.Unmarshal([]byte(body), &kept); err != nil || kept.Database < 1<<20 || kept.Audit == 0 || kept.Free <= 0 || len(kept.Objects) == 0 || kept.Objects[0].Rows < kept.Objects[1].Rows {
		t.Errorf("%v %s", err, body)
	}
}

// TestBackupFromTheConsole: it is made in the background, listed, and what is downloaded is the database.
func TestBackupFromTheConsole(t *testing.T) {
	h := openHouse(t, t.TempDir())
	defer h.Close()
	server := httptest.NewServer(h.Handler())
	defer server.Close()
	admin := seated(t, h, server.URL, "ada", "System Administrator")
	if status, body := admin.ask("POST", "/services/system/backups", ""); status != 202 {
		t.Fatalf("%d %s", status, body)
	}
	tickWork(t, h)
	var list struct{ Backups []system.Backup }
	_, body := admin.ask("GET", "/services/system/backups", "")
	if err := json.Unmarshal([]byte(body), &list); err != nil || len(list.Backups) != 1 || list.Backups[0].Size == 0 {
		t.Fatalf("%v %s", err, body)
	}
	status, content := admin.ask("GET", "/services/system/backups/"+list.Backups[0].Name, "")
	if status != 200 || int64(len(content)) != list.Backups[0].Size || !strings.HasPrefix(content, "SQLite format 3\x00") {
		t.Errorf("%d, %d bytes", status, len(content))
	}
	must(t, store.Restore(context.Background(), t.TempDir()+"/restored.db", h.copies().dir+"/"+list.Backups[0].Name))
}

package auth

import (
	"net/http"
	"sync"
	"testing"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/store"
)

// empty is a house without users.
func empty(t *testing.T, engine func(testing.TB, store.Options) *store.DB) *house {
	t.Helper()
	h := newHouse(t, engine)
	h.must(h.db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(`DELETE FROM "User"`)
		return err
	}))
	return h
}

func (h *house) first(c *http.Client, pairs ...any) reply {
	h.t.Helper()
	return h.ask(c, "POST", "/auth/setup", append([]any{"code", h.SetUpCode(), "organization", "Harbor Heating", "timeZone", "Europe/Oslo", "currency", "NOK", "locale", "nb_NO",
		"firstName", "Olga", "lastName", "Nordmann", "email", "olga@harbor.example", "password", newPassword}, pairs...)...)
}

func TestFirstRun(t *testing.T) {
	for name, engine := range engines {
		t.Run(name, func(t *testing.T) {
			h := empty(t, engine)
			b := browser(t)
			if r := h.send(b, h.request("GET", "/auth/setup", "")); r.json(t)["needed"] != true {
				t.Errorf("not needed: %s", r.body)
			}
			h.want("without the code", h.first(b, "code", "AAAA-BBBB-CCCC"), 400, "INVALID_CODE")
			for field, bad := range map[string]string{"organization": "", "timeZone": "Here", "currency": "kr", "lastName": "", "email": "olga", "password": "password1"} {
				if r := h.first(b, field, bad); r.status != 400 || r.json(t)["fields"] == nil {
					t.Errorf("%s %q: %d %s", field, bad, r.status, r.body)
				}
			}
			r := h.first(b)
			if r.status != 200 || r.text(t, "timeZone") != "Europe/Oslo" || r.text(t, "locale") != "nb_NO" || r.json(t)["organization"].(map[string]any)["name"] != "Harbor Heating" {
				t.Fatalf("%d %s", r.status, r.body)
			}
			h.want("signed in", h.send(b, h.request("GET", "/auth/me", "")), 200, "")
			h.want("a second time", h.first(browser(t), "email", "eve@evil.example"), 400, "taken")
			if r := h.send(b, h.request("GET", "/auth/setup", "")); r.json(t)["needed"] != false {
				t.Errorf("still needed: %s", r.body)
			}
		})
	}
}

// Of many who come at once one is the first.
func TestFirstRunHappensOnce(t *testing.T) {
	for name, engine := range engines {
		t.Run(name, func(t *testing.T) {
			h := empty(t, engine)
			var all sync.WaitGroup
			for _, who := range []string{"a", "b", "c", "d"} {
				all.Go(func() { h.first(&http.Client{}, "email", who+"@harbor.example") })
			}
			all.Wait()
			users := 0
			h.must(h.keeper.View(t.Context(), func(v *record.View) (err error) {
				users, err = record.Count[org.User](v, "")
				return err
			}))
			if users != 1 {
				t.Errorf("%d users, want 1", users)
			}
		})
	}
}

// The code is typed by people, who can neither guess it nor try many.
func TestSetUpCode(t *testing.T) {
	h := empty(t, sqlite)
	code := h.SetUpCode()
	if len(code) != 14 || code != h.SetUpCode() || ungrouped(" "+code[:6]+" "+code[6:]) != ungrouped(code) {
		t.Errorf("code %q", code)
	}
	for range freeTries {
		h.want("a guess", h.first(nil, "code", "x"), 400, "INVALID_CODE")
	}
	h.want("the code too soon", h.first(nil), 429, "login_rate_exceeded")
}

// What is sealed is read by its owner's name, and under the same secret.
func TestSeal(t *testing.T) {
	one, err := newSealer([]byte("one"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := newSealer([]byte("other"))
	if err != nil {
		t.Fatal(err)
	}
	sealed := one.seal([]byte("secret"), "ada")
	if plain, err := one.open(sealed, "ada"); err != nil || string(plain) != "secret" {
		t.Errorf("%q %v", plain, err)
	}
	if _, err := one.open(sealed, "eve"); err == nil {
		t.Error("opened for another owner")
	}
	if _, err := other.open(sealed, "ada"); err == nil {
		t.Error("opened under another secret")
	}
	if one.firstCode() == other.firstCode() {
		t.Error("two installations have the same set-up code")
	}
}

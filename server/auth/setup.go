package auth

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Empty reports whether nobody can sign in yet, because there are no users: whoever has the set-up code makes the first.
func (a *Auth) Empty(ctx context.Context) (bool, error) {
	if a.inUse.Load() {
		return false, nil
	}
	n := 0
	err := a.keeper.View(ctx, func(v *record.View) (err error) {
		n, err = record.Count[org.User](v, "")
		return err
	})
	if err == nil && n > 0 {
		a.inUse.Store(true)
	}
	return n == 0, err
}

// SetUpCode is what the first administrator must show: it stands in the server's log, so that nobody on the network
// takes the server before its owner. It is good as long as there are no users.
func (a *Auth) SetUpCode() string { return a.sealer.firstCode() }

// readSetUp answers GET /auth/setup: whether the server waits for its first administrator.
func (a *Auth) readSetUp(w http.ResponseWriter, r *http.Request) error {
	empty, err := a.Empty(r.Context())
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, map[string]any{"needed": empty})
	return nil
}

// first is what the first administrator says of the organisation and of themself.
type first struct {
	Code         string
	Organization string
	TimeZone     string // IANA name
	Currency     string // ISO 4217
	Locale       string // such as en_US
	FirstName    string
	LastName     string
	Email        string // and user name
	Password     string
}

// check returns the first thing that is wrong, by the field that it is about.
func (f *first) check() error {
	missing := func(name, text string) error { return schema.Refuse("REQUIRED_FIELD_MISSING", text, name) }
	local, domain, at := strings.Cut(f.Email, "@")
	_, err := time.LoadLocation(f.TimeZone)
	switch {
	case f.Organization == "":
		return missing("organization", "Name your organisation.")
	case err != nil || f.TimeZone == "" || f.TimeZone == "Local":
		return missing("timeZone", "Choose a time zone, such as Europe/Madrid.")
	case len(f.Currency) != 3 || strings.Trim(f.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		return missing("currency", "Choose a currency by its three letters, such as EUR.")
	case f.LastName == "":
		return missing("lastName", "Type your last name.")
	case !at || local == "" || domain == "":
		return missing("email", "Type your e-mail address.")
	}
	return checkPassword(f.Email, f.Password)
}

// setUp answers POST /auth/setup; see [first]: the organisation is named, its first administrator added and signed in.
// It is refused as soon as there is a user.
func (a *Auth) setUp(w http.ResponseWriter, r *http.Request) error {
	var in first
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if a.throttle.wait("set-up", address(r)) > 0 {
		return errWait
	}
	if subtle.ConstantTimeCompare([]byte(ungrouped(in.Code)), []byte(ungrouped(a.SetUpCode()))) != 1 {
		a.throttle.failed("set-up", address(r))
		a.note(r, "set-up refused: wrong code", nil)
		return schema.Refuse("INVALID_CODE", "This is not the set-up code. It stands in the log of the server, where it was started.", "code")
	}
	if err := in.check(); err != nil {
		return err
	}
	id, err := a.found(r.Context(), in)
	if err != nil {
		return err
	}
	p, err := a.active(r.Context(), id)
	if err != nil {
		return err
	}
	a.inUse.Store(true)
	if err := a.beginSession(w, r, p, "set-up"); err != nil {
		return err
	}
	return a.answerMe(w, r, p)
}

// found names the organisation and adds its first user. Of two who come at once one waits for the other, and is refused.
func (a *Auth) found(ctx context.Context, in first) (id schema.Id, err error) {
	phc, err := a.hasher.hash(ctx, in.Password)
	if err != nil {
		return "", err
	}
	n := NewUser{Username: in.Email, FirstName: in.FirstName, LastName: in.LastName, Profile: a.founder, Zone: in.TimeZone, Locale: in.Locale}
	err = a.keeper.Do(ctx, record.Cause{By: by, Of: "set-up"}, func(tx *record.Tx) error {
		if err := lockFirst(tx.Store()); err != nil {
			return err
		}
		home, err := record.First[org.Organization](tx, "")
		if err != nil {
			return err
		}
		home.Name, home.TimeZoneSidKey, home.DefaultCurrencyIsoCode = in.Organization, schema.Picklist(in.TimeZone), schema.Picklist(in.Currency)
		if in.Locale != "" {
			home.DefaultLocaleSidKey = schema.Picklist(in.Locale)
		}
		if users, err := record.Count[org.User](tx, ""); err != nil || users > 0 {
			return taken(err)
		}
		if err := tx.Save(home); err != nil {
			return err
		}
		id, err = a.addIn(tx, n, phc)
		return err
	})
	return id, err
}

func taken(err error) error {
	if err != nil {
		return err
	}
	return refuse("taken", "This server has been set up already. Sign in.")
}

// lockFirst lets one transaction set up at a time.
func lockFirst(tx *store.Tx) error { return tx.SetMeta("set-up", "begun") }

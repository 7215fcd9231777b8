package auth

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// account is what a user is told of their own account.
type account struct {
	Username  string       `json:"username"`
	FirstName string       `json:"firstName"`
	LastName  string       `json:"lastName"`
	Email     string       `json:"email"`
	TimeZone  string       `json:"timeZone"`
	Locale    string       `json:"locale"`
	Password  bool         `json:"password"` // there is one
	Changed   *time.Time   `json:"passwordChanged"`
	Required  bool         `json:"secondFactorRequired"`
	App       *appState    `json:"totp"` // null: no app makes codes
	Passkeys  []keyState   `json:"passkeys"`
	NoPasskey string       `json:"passkeysUnavailable"` // why none can be added here; "" is that they can
	Sessions  []sitting    `json:"sessions"`
	Apps      []connection `json:"apps"`
}

type appState struct {
	Since    time.Time `json:"since"`
	Recovery int       `json:"recoveryCodesLeft"`
}

type keyState struct {
	Id      string     `json:"id"`
	Name    string     `json:"name"`
	Created time.Time  `json:"created"`
	Used    *time.Time `json:"used"` // null: never
}

// sitting is a browser in which the user is signed in.
type sitting struct {
	Id      string    `json:"id"`
	Created time.Time `json:"created"`
	Seen    time.Time `json:"seen"`
	Current bool      `json:"current"` // the one that asks
	sessionBody
	hash []byte
}

// connection is an app that may act for the user.
type connection struct {
	Client  string    `json:"client"`
	Name    string    `json:"name"`
	Created time.Time `json:"created"`
}

// readAccount answers GET /auth/account.
func (a *Auth) readAccount(w http.ResponseWriter, r *http.Request, s *Session) error {
	c, err := a.accountOf(r, s)
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, c)
	return nil
}

func (a *Auth) accountOf(r *http.Request, s *Session) (*account, error) {
	ctx := r.Context()
	p, err := a.active(ctx, s.User)
	if err != nil {
		return nil, err
	}
	c := &account{Username: p.Username, FirstName: p.FirstName, LastName: p.LastName, Email: p.Email, TimeZone: p.Zone, Locale: p.Locale, Passkeys: []keyState{}}
	if c.Changed, err = a.passwordSince(ctx, p.Id); err != nil {
		return nil, err
	}
	c.Password = c.Changed != nil
	if c.Required, err = a.required(ctx, p); err != nil {
		return nil, err
	}
	f, err := a.factorOf(ctx, p.Id)
	if err != nil {
		return nil, err
	}
	if f != nil && f.confirmed {
		c.App = &appState{f.created, f.left}
	}
	keys, err := a.passkeysOf(ctx, p.Id)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		c.Passkeys = append(c.Passkeys, keyState{keyIdOf(k.id), k.name, k.created, since(k.used)})
	}
	if _, err := a.relying(r); err != nil {
		c.NoPasskey = a.problemOf(r, err).Description
	}
	if c.Sessions, err = a.sittings(ctx, s); err != nil {
		return nil, err
	}
	c.Apps, err = a.connections(ctx, s.User)
	return c, err
}

func since(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// passwordSince returns when a user's password was set; nil is that there is none.
func (a *Auth) passwordSince(ctx context.Context, user schema.Id) (*time.Time, error) {
	var ms int64
	err := a.db.View(ctx, func(tx *store.Tx) error {
		return tx.QueryRow(`SELECT changed FROM user_password WHERE user_id = ?`, string(user)).Scan(&ms)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return since(time.UnixMilli(ms)), err
}

// sittings returns the browsers in which a user is signed in, the one that asks first, then those seen last.
func (a *Auth) sittings(ctx context.Context, s *Session) (list []sitting, err error) {
	err = a.db.View(ctx, func(tx *store.Tx) error {
		list = []sitting{}
		now := a.now()
		rows, err := tx.Query(`SELECT hash, created, seen, body FROM session WHERE user_id = ? AND expires > ? AND seen >= ? ORDER BY seen DESC, created DESC`,
			string(s.User), now.UnixMilli(), now.Add(-sessionIdle).UnixMilli())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var t sitting
			var created, seen int64
			var body []byte
			if err := rows.Scan(&t.hash, &created, &seen, &body); err != nil {
				return err
			}
			if err := json.Unmarshal(body, &t.sessionBody); err != nil {
				return err
			}
			t.Id, t.Current = hex.EncodeToString(t.hash[:8]), bytes.Equal(t.hash, s.hash)
			t.Created, t.Seen = time.UnixMilli(created), time.UnixMilli(seen)
			list = append(list, t)
		}
		return rows.Err()
	})
	slices.SortStableFunc(list, func(x, y sitting) int {
		switch {
		case x.Current:
			return -1
		case y.Current:
			return 1
		}
		return 0
	})
	return list, err
}

// connections returns the apps that hold tokens of a user.
func (a *Auth) connections(ctx context.Context, user schema.Id) (list []connection, err error) {
	err = a.db.View(ctx, func(tx *store.Tx) error {
		list = []connection{}
		rows, err := tx.Query(`SELECT t.client, COALESCE(c."Name", ''), MIN(t.created) FROM oauth_token t LEFT JOIN "ConnectedApplication" c ON c."ClientId" = t.client
			WHERE t.user_id = ? AND t.expires > ? AND t.used IS NULL AND t.client <> '' GROUP BY t.client, c."Name" ORDER BY 2`, string(user), a.now().UnixMilli())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c connection
			var created int64
			if err := rows.Scan(&c.Client, &c.Name, &created); err != nil {
				return err
			}
			c.Created = time.UnixMilli(created)
			list = append(list, c)
		}
		return rows.Err()
	})
	return list, err
}

// changeAccount answers PATCH /auth/account {"firstName", "lastName", "timeZone", "locale"}, of which some may be left
// out: what users may say of themselves whatever their rights on users.
func (a *Auth) changeAccount(w http.ResponseWriter, r *http.Request, s *Session) error {
	var in struct{ FirstName, LastName, TimeZone, Locale *string }
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if in.LastName != nil && strings.TrimSpace(*in.LastName) == "" {
		return schema.Refuse("REQUIRED_FIELD_MISSING", "A last name is needed.", "lastName")
	}
	if in.TimeZone != nil {
		if _, err := time.LoadLocation(*in.TimeZone); err != nil || *in.TimeZone == "" || *in.TimeZone == "Local" {
			return schema.Refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "There is no time zone of this name.", "timeZone")
		}
	}
	if in.Locale != nil && !localeForm(*in.Locale) {
		return schema.Refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "A locale is written as en_US.", "locale")
	}
	err := a.keeper.Do(r.Context(), record.Cause{Viewer: s.Viewer, By: by, Of: "account", Request: r.Header.Get("X-Request-Id")}, func(tx *record.Tx) error {
		u, err := record.Get(tx, schema.Ref[org.User](s.User))
		if err != nil {
			return err
		}
		set(&u.FirstName, in.FirstName)
		set(&u.LastName, in.LastName)
		set(&u.TimeZoneSidKey, in.TimeZone)
		set(&u.LocaleSidKey, in.Locale)
		return tx.Save(u)
	})
	if err != nil {
		return err
	}
	p, err := a.active(r.Context(), s.User)
	if err != nil {
		return err
	}
	return a.answerMe(w, r, p)
}

func set[T ~string](field *T, value *string) {
	if value != nil {
		*field = T(strings.TrimSpace(*value))
	}
}

// localeForm reports whether a text looks like a locale: en, en_US, zh_Hant_TW.
func localeForm(s string) bool {
	parts := strings.Split(s, "_")
	for _, p := range parts {
		if len(p) < 2 || len(p) > 8 || strings.Trim(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
			return false
		}
	}
	return len(parts) <= 4
}

// changePassword answers POST /auth/account/password {"current", "password"}. All other sessions and tokens of the user
// end. Who has none yet, because they sign in through the provider, must have done so a short while ago.
func (a *Auth) changePassword(w http.ResponseWriter, r *http.Request, s *Session) error {
	var in struct{ Current, Password string }
	if err := decode(w, r, &in); err != nil {
		return err
	}
	p, err := a.active(r.Context(), s.User)
	if err != nil {
		return err
	}
	if err := a.provePassword(r, p, s, in.Current); err != nil {
		return err
	}
	if err := a.renew(r.Context(), record.Cause{Viewer: s.Viewer, By: by, Of: "account"}, p, in.Password, func(*store.Tx) error { return nil }); err != nil {
		return err
	}
	a.changed(r, p.Id, "password", "Changed")
	if err := a.beginSession(w, r, p, "password"); err != nil {
		return err
	}
	return done(w)
}

// provePassword checks the password that is to be changed.
func (a *Auth) provePassword(r *http.Request, p *org.Person, s *Session, current string) error {
	phc, err := a.passwordOf(r.Context(), p.Id)
	switch {
	case err != nil:
		return err
	case phc == "" && a.now().Sub(s.Since) > provenFor:
		return errProof
	case phc == "":
		return nil
	}
	_, err = a.signIn(r, p.Username, current)
	if errors.Is(err, errLogin) {
		return schema.Refuse("INVALID_PASSWORD", "This is not your current password.", "current")
	}
	return err
}

// endSession answers DELETE /auth/account/sessions/{session}.
func (a *Auth) endSession(w http.ResponseWriter, r *http.Request, s *Session) error {
	list, err := a.sittings(r.Context(), s)
	if err != nil {
		return err
	}
	for _, t := range list {
		if t.Id != r.PathValue("session") {
			continue
		}
		if _, err := a.changes(r.Context(), `DELETE FROM session WHERE hash = ?`, t.hash); err != nil {
			return err
		}
		a.changed(r, s.User, "session", "Ended from another browser")
		return done(w)
	}
	return &problem{Status: http.StatusNotFound, Code: "absent", Description: "This session has ended already."}
}

// endOthers answers DELETE /auth/account/sessions: all sessions of the user end but the one that asks.
func (a *Auth) endOthers(w http.ResponseWriter, r *http.Request, s *Session) error {
	if _, err := a.changes(r.Context(), `DELETE FROM session WHERE user_id = ? AND hash <> ?`, string(s.User), s.hash); err != nil {
		return err
	}
	a.changed(r, s.User, "session", "All others ended")
	return done(w)
}

// endApp answers DELETE /auth/account/apps/{client}: an app may act for the user no longer.
func (a *Auth) endApp(w http.ResponseWriter, r *http.Request, s *Session) error {
	for _, table := range []string{"oauth_token", "oauth_code"} {
		if _, err := a.changes(r.Context(), `DELETE FROM `+table+` WHERE user_id = ? AND client = ?`, string(s.User), r.PathValue("client")); err != nil {
			return err
		}
	}
	a.changed(r, s.User, "connected app", "Access ended")
	return done(w)
}

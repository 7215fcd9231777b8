package auth

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// by is the door that the audit log names for what this package saves.
const by = "auth"

// shortestPassword is the least that a password must have, in characters. There are no rules about what it consists of:
// they make passwords worse.
const shortestPassword = 8

// NewUser is what AddUser needs to know.
type NewUser struct {
	Username  string // of the form of an e-mail address
	Email     string // "" is the user name
	FirstName string
	LastName  string // "" is what stands before the @
	Profile   string // the name of a profile
	Password  string
	Zone      string // IANA name; "" is the organisation's
	Locale    string // such as en_US; "" is the organisation's

	subject string // by which single sign-on knows the user; "" is none
}

// AddUser adds a user with a password and returns the user's id.
func (a *Auth) AddUser(ctx context.Context, why record.Cause, n NewUser) (schema.Id, error) {
	if err := checkPassword(n.Username, n.Password); err != nil {
		return "", err
	}
	phc, err := a.hasher.hash(ctx, n.Password)
	if err != nil {
		return "", err
	}
	return a.add(ctx, why, n, phc)
}

// add adds a user with the hash of a password; "" is none.
func (a *Auth) add(ctx context.Context, why record.Cause, n NewUser, phc string) (id schema.Id, err error) {
	err = a.keeper.Do(ctx, why, func(tx *record.Tx) error {
		id, err = a.addIn(tx, n, phc)
		return err
	})
	return id, err
}

// addIn is add as a part of a transaction.
func (a *Auth) addIn(tx *record.Tx, n NewUser, phc string) (schema.Id, error) {
	local, _, _ := strings.Cut(n.Username, "@")
	u := &org.User{Username: n.Username, Email: schema.Email(n.Email), FirstName: n.FirstName, LastName: n.LastName, IsActive: true, FederationIdentifier: n.subject,
		Alias: string([]rune(local)[:min(8, utf8.RuneCountInString(local))]), TimeZoneSidKey: schema.Picklist(n.Zone), LanguageLocaleKey: "en_US", LocaleSidKey: schema.Picklist(n.Locale), EmailEncodingKey: "UTF-8"}
	if u.Email == "" {
		u.Email = schema.Email(n.Username)
	}
	if u.LastName == "" {
		u.LastName = local
	}
	if err := a.complete(tx, u, n.Profile); err != nil {
		return "", err
	}
	if err := tx.Save(u); err != nil || phc == "" {
		return u.Id, err
	}
	return u.Id, keepPassword(tx.Store(), u.Id, phc)
}

// complete fills in what stands in other records.
func (a *Auth) complete(tx *record.Tx, u *org.User, profile string) error {
	profiles, err := record.Find[org.Profile](tx, "Name = ?", profile)
	if err != nil {
		return err
	}
	if len(profiles) == 0 {
		return schema.Refuse("INVALID_CROSS_REFERENCE_KEY", fmt.Sprintf("there is no profile named %q", profile), "ProfileId")
	}
	u.ProfileId = schema.Ref[org.Profile](profiles[0].Id)
	home, err := record.First[org.Organization](tx, "")
	if err != nil {
		return err
	}
	zone, locale := schema.Picklist("UTC"), schema.Picklist("en_US")
	if home != nil {
		zone, locale = cmp.Or(home.TimeZoneSidKey, zone), cmp.Or(home.DefaultLocaleSidKey, locale)
	}
	u.TimeZoneSidKey, u.LocaleSidKey = cmp.Or(u.TimeZoneSidKey, zone), cmp.Or(u.LocaleSidKey, locale)
	return nil
}

// SetPassword gives a user a new password. All their sessions and tokens end.
func (a *Auth) SetPassword(ctx context.Context, why record.Cause, username, password string) error {
	p, err := a.named(ctx, username)
	if err != nil {
		return err
	}
	return a.renew(ctx, why, p, password, func(*store.Tx) error { return nil })
}

// Disable keeps a user from signing in and ends all their sessions and tokens.
func (a *Auth) Disable(ctx context.Context, why record.Cause, username string) error {
	p, err := a.named(ctx, username)
	if err != nil {
		return err
	}
	return a.keeper.Do(ctx, why, func(tx *record.Tx) error {
		u, err := record.Get(tx, schema.Ref[org.User](p.Id))
		if err != nil {
			return err
		}
		u.IsActive = false
		return tx.Save(u) // a rule ends the sessions
	})
}

func (a *Auth) named(ctx context.Context, username string) (*org.Person, error) {
	p, err := a.people.PersonByName(ctx, username)
	if err == nil && p == nil {
		err = schema.Refuse("NOT_FOUND", fmt.Sprintf("there is no user named %q", username), "Username")
	}
	return p, err
}

// checkPassword refuses passwords that are guessed first.
func checkPassword(username, password string) error {
	switch n := utf8.RuneCountInString(password); {
	case n < shortestPassword:
		return schema.Refuse("INVALID_NEW_PASSWORD", fmt.Sprintf("a password has %d characters at least", shortestPassword), "Password")
	case len(password) > longestPassword:
		return schema.Refuse("INVALID_NEW_PASSWORD", fmt.Sprintf("a password has %d bytes at most", longestPassword), "Password")
	case strings.EqualFold(password, username), common(password):
		return schema.Refuse("INVALID_NEW_PASSWORD", "this password is among the first that anyone would guess", "Password")
	}
	return nil
}

// AddClient adds a connected app and returns its secret, which is shown this once and never kept. An app without a
// secret, which runs on its users' devices, gets "". PKCE is asked of it until an administrator decides otherwise.
func (a *Auth) AddClient(ctx context.Context, why record.Cause, app org.ConnectedApplication, public bool) (id, secret string, err error) {
	app.ClientId = org.NewClientId()
	if !public {
		secret = newSecret()
		app.SecretHash = hex.EncodeToString(fingerprint(secret))
	}
	app.IsActive, app.PkceRequired = true, true
	err = a.keeper.Do(ctx, why, func(tx *record.Tx) error {
		rec := app
		return tx.Save(&rec)
	})
	return app.ClientId, secret, err
}

// RotateSecret gives a connected app a new secret, which is shown this once, and ends all its tokens.
func (a *Auth) RotateSecret(ctx context.Context, why record.Cause, client string) (secret string, err error) {
	secret = newSecret()
	err = a.keeper.Do(ctx, why, func(tx *record.Tx) error {
		app, err := record.First[org.ConnectedApplication](tx, "ClientId = ?", client)
		if err != nil {
			return err
		}
		if app == nil {
			return schema.Refuse("NOT_FOUND", "there is no connected app with this key", "ClientId")
		}
		app.SecretHash = hex.EncodeToString(fingerprint(secret))
		if err := tx.Save(app); err != nil {
			return err
		}
		_, err = tx.Store().Exec(`DELETE FROM oauth_token WHERE client = ?`, client)
		return err
	})
	return secret, err
}

// passwordOf returns the hash of a user's password; "" is none.
func (a *Auth) passwordOf(ctx context.Context, user schema.Id) (phc string, err error) {
	err = a.db.View(ctx, func(tx *store.Tx) error {
		return tx.QueryRow(`SELECT hash FROM user_password WHERE user_id = ?`, string(user)).Scan(&phc)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return phc, err
}

func keepPassword(tx *store.Tx, user schema.Id, phc string) error {
	_, err := tx.Exec(`INSERT INTO user_password (user_id, hash, changed) VALUES (?, ?, ?)
		ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed = excluded.changed`, string(user), phc, tx.DB().Now().UnixMilli())
	return err
}

// strengthen keeps a password under a hash of the cost that is usual now.
func (a *Auth) strengthen(ctx context.Context, user schema.Id, password string) error {
	phc, err := a.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return a.db.Write(ctx, func(tx *store.Tx) error { return keepPassword(tx, user, phc) })
}

// Sweep removes what has expired. It is meant to run once an hour or so.
func (a *Auth) Sweep(ctx context.Context) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		now := a.now()
		for _, table := range []string{"oauth_token", "oauth_code", "session", "sign_in_ticket"} {
			if _, err := tx.Exec(`DELETE FROM `+table+` WHERE expires <= ?`, now.UnixMilli()); err != nil {
				return err
			}
		}
		_, err := tx.Exec(`DELETE FROM session WHERE seen < ?`, now.Add(-sessionIdle-time.Minute).UnixMilli())
		return err
	})
}

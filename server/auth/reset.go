package auth

import (
	"context"
	"net/http"
	"strings"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// askReset answers POST /auth/forgot {"username"}: always alike, whether there is such a user or not, and after the same
// time, because the mail is made and sent later.
func (a *Auth) askReset(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Username string }
	if err := decode(w, r, &in); err != nil {
		return err
	}
	name := strings.TrimSpace(in.Username)
	if a.forgot == nil {
		return refuse("no_mail", "This server cannot send e-mail. An administrator can make you a link to choose a new password.")
	}
	if name == "" || len(name) > longestUsername {
		return schema.Refuse("REQUIRED_FIELD_MISSING", "Type the user name or the e-mail address that you sign in with.", "username")
	}
	account := "forgot " + name
	if a.throttle.wait(account, address(r)) > 0 || !a.gate.open(address(r)) {
		return errWait
	}
	a.throttle.failed(account, address(r)) // each mail counts
	origin := a.origin(r)
	if err := a.db.Write(r.Context(), func(tx *store.Tx) error { return a.forgot(tx, name, origin) }); err != nil {
		return err
	}
	a.note(r, "a link to choose a new password was asked for", nil)
	answer(w, http.StatusAccepted, map[string]any{})
	return nil
}

// Forgetful returns the active users who may be meant by what somebody typed who forgot their password: the user of that
// name, or else those with that e-mail address.
func (a *Auth) Forgetful(ctx context.Context, name string) ([]*org.User, error) {
	var found []*org.User
	err := a.keeper.View(ctx, func(v *record.View) (err error) {
		if found, err = record.Find[org.User](v, "Username = ? AND IsActive = true", name); err == nil && len(found) == 0 {
			found, err = record.Find[org.User](v, "Email = ? AND IsActive = true LIMIT 10", name)
		}
		return err
	})
	return found, err
}

// ResetLink returns a link by which a user can choose a new password, once, within [ResetLife]. The secret stands behind
// the #, so that it comes into no log. Origin is the address of this server; "" is the configured one.
func (a *Auth) ResetLink(ctx context.Context, user schema.Id, origin string) (string, error) {
	if origin == "" {
		origin = a.base
	}
	secret, err := a.newTicket(ctx, ticket{Kind: resetTicket, User: user, Expires: a.now().Add(ResetLife)})
	return origin + "/reset#" + secret, err
}

// lookReset answers POST /auth/reset/look {"token"} with the name of the user whose password a link is for.
func (a *Auth) lookReset(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Token string }
	if err := decode(w, r, &in); err != nil {
		return err
	}
	_, p, err := a.resetFor(r.Context(), in.Token)
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, map[string]any{"username": p.Username, "name": p.Name})
	return nil
}

func (a *Auth) resetFor(ctx context.Context, secret string) (*ticket, *org.Person, error) {
	t, err := a.ticketOf(ctx, resetTicket, secret)
	if err != nil {
		return nil, nil, err
	}
	p, err := a.active(ctx, t.User)
	return t, p, err
}

// reset answers POST /auth/reset {"token", "password"}: the user has a new password, and all their sessions end. They
// sign in as ever, with a second factor if they have one.
func (a *Auth) reset(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Token, Password string }
	if err := decode(w, r, &in); err != nil {
		return err
	}
	t, p, err := a.resetFor(r.Context(), in.Token)
	if err != nil {
		return err
	}
	err = a.renew(r.Context(), record.Cause{By: by, Of: "reset link"}, p, in.Password, t.spend)
	if err != nil {
		return err
	}
	a.changed(r, p.Id, "password", "Reset by link")
	return done(w)
}

// renew gives a user a new password and ends all their sessions and tokens. First runs in the same transaction.
func (a *Auth) renew(ctx context.Context, why record.Cause, p *org.Person, password string, first func(*store.Tx) error) error {
	if err := checkPassword(p.Username, password); err != nil {
		return err
	}
	phc, err := a.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return a.keeper.Do(ctx, why, func(tx *record.Tx) error {
		if err := first(tx.Store()); err != nil {
			return err
		}
		u, err := record.Get(tx, schema.Ref[org.User](p.Id))
		if err != nil {
			return err
		}
		u.LastPasswordChangeDate = schema.At(tx.Now())
		if err := tx.Save(u); err != nil {
			return err
		}
		if err := keepPassword(tx.Store(), p.Id, phc); err != nil {
			return err
		}
		return org.EndSessions(tx.Store(), p.Id)
	})
}

package auth

import (
	"context"
	"net/http"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// What LoginHistory says of an attempt that succeeded.
const success = "Success"

// enter records in LoginHistory, and so in the audit log, that a user signed in, failed to, or changed the ways in which
// they sign in. That it could not be recorded keeps nobody out: it is noted in the security log.
func (a *Auth) enter(r *http.Request, user schema.Id, kind, app, status string) {
	ctx := context.WithoutCancel(r.Context()) // what happened is recorded although the browser has gone away
	err := a.keeper.Do(ctx, record.Cause{By: by, Request: r.Header.Get("X-Request-Id")}, func(tx *record.Tx) error {
		if status == success {
			// The time alone is no change of the user: it has no history, and their rights need not be read again for it.
			if _, err := tx.Store().Exec(`UPDATE "User" SET "LastLoginDate" = ? WHERE "Id" = ?`, tx.Now().UnixMilli(), string(user)); err != nil {
				return err
			}
		}
		return tx.Save(&org.LoginHistory{UserId: schema.Ref[org.User](user), LoginTime: schema.At(tx.Now()), LoginType: schema.Picklist(kind),
			SourceIp: address(r).String(), Application: app, Browser: cut(r.UserAgent()), Status: status})
	})
	what := kind + ": " + status
	if status == success {
		what = "signed in by " + kind
	}
	a.note(r, what, err)
}

// later is enter for a refusal: it does not hold the answer up, which would tell that the user exists.
func (a *Auth) later(r *http.Request, user schema.Id, kind, status string) {
	_ = r.ParseForm() // now, as the request is the handler's until it returns; what is no form is none
	a.behind.Go(func() { a.enter(r, user, kind, "", status) })
}

// Wait returns when everything that happened has been recorded. It is for the end of the program.
func (a *Auth) Wait() { a.behind.Wait() }

// signedIn records that a user has signed in: for people in LoginHistory, for operators in the log.
func (a *Auth) signedIn(r *http.Request, p *org.Person, kind, app string) {
	a.enter(r, p.Id, kind, app, success)
}

// changed records that a user has another way to sign in, or one less.
func (a *Auth) changed(r *http.Request, user schema.Id, kind, what string) {
	a.enter(r, user, kind, "", what)
}

// provenFor is how long a sign-in proves enough to change how one signs in.
const provenFor = 15 * time.Minute

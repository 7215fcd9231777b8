package auth

import (
	"context"
	"errors"
	"net/http"

	"truckroll/platform/org"
)

// demand is what a user must show after the right password.
type demand string

const (
	demandNothing demand = ""
	demandCode    demand = "code"    // of the app, or a recovery code
	demandPasskey demand = "passkey" // instead of the password, as there is no app
	demandEnrol   demand = "enrol"   // must set up a second factor first
)

// demands returns what a user must show after the right password. Who has set up an app shows a code; who has not, and
// must have a second factor by their profile or by a decision for the whole organisation, sets one up.
func (a *Auth) demands(ctx context.Context, p *org.Person) (demand, error) {
	f, err := a.factorOf(ctx, p.Id)
	if err != nil {
		return "", err
	}
	if f != nil && f.confirmed {
		return demandCode, nil
	}
	required, err := a.required(ctx, p)
	if err != nil || !required {
		return demandNothing, err
	}
	keys, err := a.passkeysOf(ctx, p.Id)
	if err == nil && len(keys) > 0 {
		return demandPasskey, nil
	}
	return demandEnrol, err
}

// required reports whether a user must have a second factor.
func (a *Auth) required(ctx context.Context, p *org.Person) (bool, error) {
	organization, err := a.people.Organization(ctx)
	if err != nil || organization.SecondFactor {
		return organization.SecondFactor, err
	}
	v, err := a.people.Viewer(ctx, p.Id)
	if errors.Is(err, org.ErrNoViewer) {
		return false, errInactive
	}
	return err == nil && v.May("ForceTwoFactor"), err
}

// errSecond keeps programs that send a password from getting around the second factor.
var errSecond = refuse("invalid_grant", "this user signs in with a second factor, which a password alone does not stand for: use the authorization code flow or a JWT")

// alone returns errSecond for a user whose password is not enough.
func (a *Auth) alone(ctx context.Context, p *org.Person) error {
	d, err := a.demands(ctx, p)
	if err == nil && d != demandNothing {
		err = errSecond
	}
	return err
}

// nextStep is the answer to a right password that is not enough.
type nextStep struct {
	Next   demand `json:"next"`
	Ticket string `json:"ticket,omitempty"` // to send along with the next step
}

// step returns what comes after the right password; nil is nothing.
func (a *Auth) step(ctx context.Context, p *org.Person) (*nextStep, error) {
	d, err := a.demands(ctx, p)
	if err != nil || d == demandNothing {
		return nil, err
	}
	n := &nextStep{Next: d}
	switch d {
	case demandCode:
		n.Ticket, err = a.newTicket(ctx, ticket{Kind: secondTicket, User: p.Id})
	case demandEnrol:
		n.Ticket, err = a.newTicket(ctx, ticket{Kind: enrolTicket, User: p.Id})
	}
	return n, err
}

// secondStep checks the second factor of a ticket and uses the ticket up. How says what was shown.
func (a *Auth) secondStep(r *http.Request, secret, code string) (p *org.Person, how string, err error) {
	ctx := r.Context()
	t, err := a.ticketOf(ctx, secondTicket, secret)
	if err != nil {
		return nil, "", err
	}
	if p, err = a.active(ctx, t.User); err != nil {
		return nil, "", err
	}
	f, err := a.factorOf(ctx, p.Id)
	if err != nil {
		return nil, "", err
	}
	how = "password and code"
	err = a.tryCode(r, p, func() (bool, error) {
		switch {
		case f == nil || !f.confirmed:
			return false, nil
		case len(ungrouped(code)) == codeDigits:
			return a.takeCode(ctx, p.Id, f, code)
		}
		how = "password and recovery code"
		return a.takeRecovery(ctx, p.Id, code)
	})
	if errors.Is(err, errCode) {
		a.later(r, p.Id, how, "Wrong code")
	}
	if err != nil {
		return nil, "", err
	}
	return p, how, a.use(ctx, t)
}

// answerCode answers POST /auth/code {"ticket", "code"}, the second step of a sign-in: with a session, as the first does for
// those who need no second.
func (a *Auth) answerCode(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Ticket, Code string }
	if err := decode(w, r, &in); err != nil {
		return err
	}
	p, how, err := a.secondStep(r, in.Ticket, in.Code)
	if err != nil {
		return err
	}
	if err := a.beginSession(w, r, p, how); err != nil {
		return err
	}
	return a.answerMe(w, r, p)
}

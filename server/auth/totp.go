package auth

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"
	"encoding/base64"
	"errors"
	"image/png"
	"log/slog"
	"net/http"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"truckroll/platform/org"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// The codes of RFC 6238 as every app makes them: six digits, a new one each 30 seconds, by HMAC-SHA-1. A code is taken
// one step early or late, and once.
const (
	codeStep    = 30 * time.Second
	codeDigits  = 6
	codeSlack   = 1
	recoverable = 10 // recovery codes of one user
)

// factor is the second factor of one user.
type factor struct {
	secret    string // in base32; "" when it can't be read
	created   time.Time
	confirmed bool
	step      int64 // of the code used last
	left      int   // recovery codes
}

// factorOf returns the second factor of a user; nil when none was set up.
func (a *Auth) factorOf(ctx context.Context, user schema.Id) (f *factor, err error) {
	var sealed []byte
	var created, confirmed int64
	f = &factor{}
	err = a.db.View(ctx, func(tx *store.Tx) error {
		err := tx.QueryRow(`SELECT sealed, created, COALESCE(confirmed, 0), step FROM user_totp WHERE user_id = ?`, string(user)).Scan(&sealed, &created, &confirmed, &f.step)
		if err != nil {
			return err
		}
		return tx.QueryRow(`SELECT COUNT(*) FROM user_recovery WHERE user_id = ?`, string(user)).Scan(&f.left)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f.created, f.confirmed = time.UnixMilli(created), confirmed != 0
	plain, err := a.sealer.open(sealed, string(user))
	if err != nil { // the app is of no use any more; recovery codes are
		a.log.LogAttrs(ctx, slog.LevelError, err.Error(), slog.String("user", string(user)))
	}
	f.secret = string(plain)
	return f, nil
}

// enrolment is what an app needs to know to make codes.
type enrolment struct {
	Secret string `json:"secret"` // to type by hand
	URI    string `json:"uri"`    // to open in an app on the same device
	QR     string `json:"qr"`     // to scan: a picture as an address of its own
}

// enrol begins to set up a second factor. It does not count before it is confirmed, and may be begun anew until then.
func (a *Auth) enrol(ctx context.Context, p *org.Person) (*enrolment, error) {
	organization, err := a.people.Organization(ctx)
	if err != nil {
		return nil, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: organization.Name, AccountName: p.Username, Period: uint(codeStep / time.Second), Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return nil, err
	}
	picture, err := key.Image(264, 264)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		r, err := tx.Exec(`INSERT INTO user_totp (user_id, sealed, created) VALUES (?, ?, ?)
			ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, created = excluded.created, step = 0 WHERE user_totp.confirmed IS NULL`,
			string(p.Id), a.sealer.seal([]byte(key.Secret()), string(p.Id)), a.now().UnixMilli())
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, refuse("already", "A second factor is set up already. Remove it first."))
		}
		return nil
	})
	return &enrolment{key.Secret(), key.URL(), "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())}, err
}

// confirm makes a second factor count, once its owner shows a code of it, and returns the recovery codes, which are
// shown this once.
func (a *Auth) confirm(r *http.Request, p *org.Person, code string) (recovery []string, err error) {
	ctx := r.Context()
	f, err := a.factorOf(ctx, p.Id)
	switch {
	case err != nil:
		return nil, err
	case f == nil:
		return nil, refuse("expired", "Begin to set up the second factor again.")
	case f.confirmed:
		return nil, refuse("already", "A second factor is set up already.")
	}
	if err := a.tryCode(r, p, func() (bool, error) { return a.takeCode(ctx, p.Id, f, code) }); err != nil {
		return nil, err
	}
	recovery, hashes := newRecovery()
	return recovery, a.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(`UPDATE user_totp SET confirmed = ? WHERE user_id = ?`, a.now().UnixMilli(), string(p.Id)); err != nil {
			return err
		}
		return keepRecovery(tx, p.Id, hashes)
	})
}

// newRecovery returns recovery codes, of 69 bits each, and what is kept of them.
func newRecovery() (codes []string, hashes [][]byte) {
	for range recoverable {
		var b [32]byte
		rand.Read(b[:]) // never fails
		c := grouped(b[:], 4)
		codes, hashes = append(codes, c), append(hashes, fingerprint(ungrouped(c)))
	}
	return codes, hashes
}

func keepRecovery(tx *store.Tx, user schema.Id, hashes [][]byte) error {
	if _, err := tx.Exec(`DELETE FROM user_recovery WHERE user_id = ?`, string(user)); err != nil {
		return err
	}
	for _, h := range hashes {
		if _, err := tx.Exec(`INSERT INTO user_recovery (user_id, hash) VALUES (?, ?)`, string(user), h); err != nil {
			return err
		}
	}
	return nil
}

// tryCode counts wrong codes of a user as wrong passwords are counted, and refuses to look when there were too many.
func (a *Auth) tryCode(r *http.Request, p *org.Person, try func() (bool, error)) error {
	account := "code " + string(p.Id)
	if a.throttle.wait(account, address(r)) > 0 {
		return errWait
	}
	ok, err := try()
	switch {
	case err != nil:
		return err
	case !ok:
		a.throttle.failed(account, address(r))
		return errCode
	}
	a.throttle.succeeded(account, address(r))
	return nil
}

// errCode is the refusal of a wrong code.
var errCode = &problem{Status: http.StatusBadRequest, Code: "wrong_code", Description: "This code is not right. Take the one that the app shows now; each can be used once.", Fields: []string{"code"}}

// takeCode reports whether a code is one that the app makes about now, and uses it up.
func (a *Auth) takeCode(ctx context.Context, user schema.Id, f *factor, code string) (bool, error) {
	if f.secret == "" {
		return false, nil
	}
	code = ungrouped(code)
	step := int64(-1)
	now := a.now()
	for d := -codeSlack; d <= codeSlack; d++ {
		at := now.Add(time.Duration(d) * codeStep)
		want, err := totp.GenerateCodeCustom(f.secret, at, totp.ValidateOpts{Period: uint(codeStep / time.Second), Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return false, err
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step = at.Unix() / int64(codeStep/time.Second)
		}
	}
	if step < 0 {
		return false, nil
	}
	return a.changes(ctx, `UPDATE user_totp SET step = ? WHERE user_id = ? AND step < ?`, step, string(user), step)
}

// takeRecovery reports whether a code is a recovery code of the user, and uses it up.
func (a *Auth) takeRecovery(ctx context.Context, user schema.Id, code string) (bool, error) {
	return a.changes(ctx, `DELETE FROM user_recovery WHERE user_id = ? AND hash = ?`, string(user), fingerprint(ungrouped(code)))
}

// changes runs a statement and reports whether it changed something.
func (a *Auth) changes(ctx context.Context, text string, args ...any) (changed bool, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		r, err := tx.Exec(text, args...)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		changed = n > 0
		return err
	})
	return changed, err
}

// dropFactor removes the second factor of a user with its recovery codes. It reports false when there was none.
func (a *Auth) dropFactor(ctx context.Context, user schema.Id) (bool, error) {
	if _, err := a.changes(ctx, `DELETE FROM user_recovery WHERE user_id = ?`, string(user)); err != nil {
		return false, err
	}
	return a.changes(ctx, `DELETE FROM user_totp WHERE user_id = ?`, string(user))
}

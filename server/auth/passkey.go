package auth

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"truckroll/platform/org"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// passkey is a key of a user that is kept by a device or a password manager, and the name that they gave it.
type passkey struct {
	id      []byte
	name    string
	created time.Time
	used    time.Time // zero is never
	key     webauthn.Credential
}

// keyHolder is a user as the ceremonies of WebAuthn know one.
type keyHolder struct {
	person *org.Person
	keys   []passkey
}

func (h *keyHolder) WebAuthnID() []byte          { return []byte(h.person.Id) }
func (h *keyHolder) WebAuthnName() string        { return h.person.Username }
func (h *keyHolder) WebAuthnDisplayName() string { return h.person.Name }
func (h *keyHolder) WebAuthnCredentials() []webauthn.Credential {
	list := make([]webauthn.Credential, len(h.keys))
	for i := range h.keys {
		list[i] = h.keys[i].key
	}
	return list
}

func (a *Auth) holder(ctx context.Context, user schema.Id) (*keyHolder, error) {
	p, err := a.active(ctx, user)
	if err != nil {
		return nil, err
	}
	keys, err := a.passkeysOf(ctx, user)
	return &keyHolder{p, keys}, err
}

// passkeysOf returns the passkeys of a user, the oldest first.
func (a *Auth) passkeysOf(ctx context.Context, user schema.Id) (list []passkey, err error) {
	err = a.db.View(ctx, func(tx *store.Tx) error {
		rows, err := tx.Query(`SELECT id, name, created, COALESCE(used, 0), body FROM user_passkey WHERE user_id = ? ORDER BY created, id`, string(user))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var k passkey
			var created, used int64
			var body []byte
			if err := rows.Scan(&k.id, &k.name, &created, &used, &body); err != nil {
				return err
			}
			if err := json.Unmarshal(body, &k.key); err != nil {
				return err
			}
			k.created = time.UnixMilli(created)
			if used != 0 {
				k.used = time.UnixMilli(used)
			}
			list = append(list, k)
		}
		return rows.Err()
	})
	return list, err
}

// relying is this server as the ceremonies know it, under the name by which the browser reached it. Browsers take
// passkeys over TLS only, and not for a bare address; the machine itself, as localhost, is excepted.
func (a *Auth) relying(r *http.Request) (*webauthn.WebAuthn, error) {
	origin := a.origin(r)
	u, err := url.Parse(origin)
	if err != nil {
		return nil, err
	}
	host := u.Hostname()
	if net.ParseIP(host) != nil || u.Scheme != "https" && host != "localhost" && !strings.HasSuffix(host, ".localhost") {
		return nil, refuse("passkeys_unavailable", "Passkeys need this server to be reached by name and over https. It is reached as "+origin+".")
	}
	organization, err := a.people.Organization(r.Context())
	if err != nil {
		return nil, err
	}
	return webauthn.New(&webauthn.Config{RPID: host, RPDisplayName: organization.Name, RPOrigins: []string{origin}})
}

// ceremony answers with the options of a ceremony and a ticket to send along with its outcome.
func (a *Auth) ceremony(w http.ResponseWriter, r *http.Request, user schema.Id, options any, session *webauthn.SessionData) error {
	secret, err := a.newTicket(r.Context(), ticket{Kind: passkeyTicket, User: user, Body: ticketBody{Passkey: session}})
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, map[string]any{"ticket": secret, "options": options})
	return nil
}

// beginRegister answers POST /auth/account/passkeys/begin.
func (a *Auth) beginRegister(w http.ResponseWriter, r *http.Request, s *Session) error {
	site, err := a.relying(r)
	if err != nil {
		return err
	}
	h, err := a.holder(r.Context(), s.User)
	if err != nil {
		return err
	}
	options, session, err := site.BeginRegistration(h,
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}),
		webauthn.WithExclusions(webauthn.Credentials(h.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return err
	}
	return a.ceremony(w, r, s.User, options.Response, session)
}

// longestKeyName bounds what people call their passkeys.
const longestKeyName = 60

// keyName makes a name fit to be kept.
func keyName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > longestKeyName {
		return "", schema.Refuse("INVALID_NAME", "Give the passkey a name of at most 60 characters.", "name")
	}
	return name, nil
}

// register answers POST /auth/account/passkeys {"ticket", "name", "response"}: the passkey that a device has made is
// kept.
func (a *Auth) register(w http.ResponseWriter, r *http.Request, s *Session) error {
	var in struct {
		Ticket, Name string
		Response     json.RawMessage
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	name, err := keyName(in.Name)
	if err != nil {
		return err
	}
	site, err := a.relying(r)
	if err != nil {
		return err
	}
	t, err := a.ticketOf(r.Context(), passkeyTicket, in.Ticket)
	if err != nil || t.User != s.User || t.Body.Passkey == nil {
		return errors.Join(err, errTicket)
	}
	h, err := a.holder(r.Context(), s.User)
	if err != nil {
		return err
	}
	key, err := made(site, h, *t.Body.Passkey, in.Response)
	if err != nil {
		a.note(r, "passkey refused", err)
		return refuse("wrong_passkey", "This passkey could not be verified. Please try again.")
	}
	if err := a.keepPasskey(r.Context(), t, name, key); err != nil {
		return err
	}
	a.changed(r, s.User, "passkey", "Added: "+name)
	answer(w, http.StatusCreated, map[string]any{"id": keyIdOf(key.ID), "name": name})
	return nil
}

func made(site *webauthn.WebAuthn, h *keyHolder, session webauthn.SessionData, response []byte) (*webauthn.Credential, error) {
	parsed, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return nil, err
	}
	return site.CreateCredential(h, session, parsed)
}

func (a *Auth) keepPasskey(ctx context.Context, t *ticket, name string, key *webauthn.Credential) error {
	body, err := json.Marshal(key)
	if err != nil {
		return err
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := t.spend(tx); err != nil {
			return err
		}
		r, err := tx.Exec(`INSERT INTO user_passkey (id, user_id, name, created, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`, key.ID, string(t.User), name, a.now().UnixMilli(), body)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, refuse("already", "This passkey is registered already."))
		}
		return nil
	})
}

// keyIdOf names a passkey in addresses.
func keyIdOf(id []byte) string { return base64.RawURLEncoding.EncodeToString(id) }

// beginPasskey answers POST /auth/passkey/begin: whoever holds a passkey of this server may sign in with it.
func (a *Auth) beginPasskey(w http.ResponseWriter, r *http.Request) error {
	if !a.gate.open(address(r)) {
		return errBusy
	}
	site, err := a.relying(r)
	if err != nil {
		return err
	}
	options, session, err := site.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return err
	}
	return a.ceremony(w, r, "", options.Response, session)
}

// takePasskey answers POST /auth/passkey {"ticket", "response"} with a session. The device has verified its user, so
// that a passkey is both factors.
func (a *Auth) takePasskey(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Ticket   string
		Response json.RawMessage
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	site, err := a.relying(r)
	if err != nil {
		return err
	}
	t, err := a.ticketOf(r.Context(), passkeyTicket, in.Ticket)
	if err != nil || t.User != "" || t.Body.Passkey == nil {
		return errors.Join(err, errTicket)
	}
	if err := a.use(r.Context(), t); err != nil {
		return err
	}
	h, key, err := a.shown(r.Context(), site, *t.Body.Passkey, in.Response)
	if err == nil && key.Authenticator.CloneWarning {
		a.later(r, h.person.Id, "passkey", "Refused: the passkey may have been copied")
		err = errors.New("the passkey's counter went back: it may have been copied")
	}
	if err != nil {
		a.note(r, "browser sign-in refused", err)
		return &problem{Status: http.StatusUnauthorized, Code: "wrong_passkey", Description: "This passkey is not known here, or was removed. Sign in another way."}
	}
	if err := a.usePasskey(r.Context(), key); err != nil {
		return err
	}
	if err := a.beginSession(w, r, h.person, "passkey"); err != nil {
		return err
	}
	return a.answerMe(w, r, h.person)
}

// shown verifies what a device signed and returns whose passkey it was.
func (a *Auth) shown(ctx context.Context, site *webauthn.WebAuthn, session webauthn.SessionData, response []byte) (*keyHolder, *webauthn.Credential, error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return nil, nil, err
	}
	var holder *keyHolder
	key, err := site.ValidateDiscoverableLogin(func(_, user []byte) (webauthn.User, error) {
		var err error
		holder, err = a.holder(ctx, schema.Id(user))
		return holder, err
	}, session, parsed)
	return holder, key, err
}

func (a *Auth) usePasskey(ctx context.Context, key *webauthn.Credential) error {
	body, err := json.Marshal(key)
	if err != nil {
		return err
	}
	_, err = a.changes(ctx, `UPDATE user_passkey SET used = ?, body = ? WHERE id = ?`, a.now().UnixMilli(), body, key.ID)
	return err
}

// passkeyAt finds the passkey of a user that an address names.
func (a *Auth) passkeyAt(r *http.Request, user schema.Id) (*passkey, error) {
	id, err := base64.RawURLEncoding.DecodeString(r.PathValue("key"))
	keys, err2 := a.passkeysOf(r.Context(), user)
	if err := errors.Join(err, err2); err != nil {
		return nil, err
	}
	for i := range keys {
		if bytes.Equal(keys[i].id, id) {
			return &keys[i], nil
		}
	}
	return nil, &problem{Status: http.StatusNotFound, Code: "absent", Description: "This passkey is not there any more."}
}

// renamePasskey answers PATCH /auth/account/passkeys/{key} {"name"}.
func (a *Auth) renamePasskey(w http.ResponseWriter, r *http.Request, s *Session) error {
	var in struct{ Name string }
	if err := decode(w, r, &in); err != nil {
		return err
	}
	name, err := keyName(in.Name)
	if err != nil {
		return err
	}
	k, err := a.passkeyAt(r, s.User)
	if err != nil {
		return err
	}
	if _, err := a.changes(r.Context(), `UPDATE user_passkey SET name = ? WHERE id = ?`, name, k.id); err != nil {
		return err
	}
	return done(w)
}

// removePasskey answers DELETE /auth/account/passkeys/{key}.
func (a *Auth) removePasskey(w http.ResponseWriter, r *http.Request, s *Session) error {
	k, err := a.passkeyAt(r, s.User)
	if err != nil {
		return err
	}
	p, err := a.active(r.Context(), s.User)
	if err != nil {
		return err
	}
	if err := a.mayLose(r, p, 1); err != nil {
		return err
	}
	if _, err := a.changes(r.Context(), `DELETE FROM user_passkey WHERE id = ?`, k.id); err != nil {
		return err
	}
	a.changed(r, s.User, "passkey", "Removed: "+k.name)
	return done(w)
}

package auth

import (
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// manageApps is the system permission to keep connected apps.
const manageApps = "ManageConnectedApps"

// keepsApps is own for who keeps connected apps.
func (a *Auth) keepsApps(f func(http.ResponseWriter, *http.Request, *Session) error) http.HandlerFunc {
	return a.own(func(w http.ResponseWriter, r *http.Request, s *Session) error {
		if !s.Viewer.May(manageApps) {
			return forbid("You need the permission ManageConnectedApps.")
		}
		return f(w, r, s)
	})
}

// appLine is a connected app as its keepers see it.
type appLine struct {
	Id          schema.Id  `json:"id"`
	ClientId    string     `json:"clientId"`
	Name        string     `json:"name"`
	Description string     `json:"description"`
	Contact     string     `json:"contact"`
	Active      bool       `json:"active"`
	Public      bool       `json:"public"` // has no secret
	Flows       []string   `json:"flows"`
	Scopes      []string   `json:"scopes"`
	Redirects   []string   `json:"redirects"`
	RunAs       *named     `json:"runAs"`
	Certificate string     `json:"certificate"`
	PKCE        bool       `json:"pkce"`
	Rotate      bool       `json:"rotate"` // a refresh token is good for one use
	Minutes     int64      `json:"minutes"`
	Days        int64      `json:"days"`
	Tokens      int        `json:"tokens"` // alive
	Users       int        `json:"users"`  // who hold them
	Used        *time.Time `json:"used"`   // the last sign-in or use, to within an hour; null is never, as far as is remembered
}

// named is a user by name.
type named struct {
	Id   schema.Id `json:"id"`
	Name string    `json:"name"`
}

// readApps answers GET /auth/apps.
func (a *Auth) readApps(w http.ResponseWriter, r *http.Request, _ *Session) error {
	list := []appLine{}
	err := a.keeper.View(r.Context(), func(v *record.View) error {
		apps, err := record.Find[org.ConnectedApplication](v, "ORDER BY Name")
		if err != nil {
			return err
		}
		for _, app := range apps {
			line, err := a.line(v, app)
			if err != nil {
				return err
			}
			list = append(list, line)
		}
		return nil
	})
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, map[string]any{"apps": list, "flows": org.Flows(), "scopes": []string{"api", "refresh_token", "openid", "profile", "email", "web", "full"}})
	return nil
}

func (a *Auth) line(v *record.View, app *org.ConnectedApplication) (appLine, error) {
	l := appLine{Id: app.Id, ClientId: app.ClientId, Name: app.Name, Description: app.Description, Contact: string(app.ContactEmail), Active: app.IsActive, Public: app.SecretHash == "",
		Flows: words(app.GrantTypes), Scopes: words(app.Scopes), Redirects: words(string(app.CallbackUrls)), Certificate: string(app.Certificate), PKCE: app.PkceRequired, Rotate: app.RefreshTokenRotation,
		Minutes: app.SessionMinutes.Int64(), Days: app.RefreshTokenValidityPeriod.Int64()}
	if app.RunAsUserId != "" {
		u, err := record.Get(v, app.RunAsUserId)
		if err != nil {
			return l, err
		}
		l.RunAs = &named{u.Id, u.Name}
	}
	tokens, err := a.tokensOf(v.Store(), app.ClientId)
	if err != nil {
		return l, err
	}
	users := map[schema.Id]bool{}
	last := int64(0)
	for _, t := range tokens {
		users[t.User.Id] = true
		last = max(last, t.Used.UnixMilli())
	}
	l.Tokens, l.Users = len(tokens), len(users)
	var signed int64
	if err := v.Store().QueryRow(`SELECT COALESCE(MAX("LoginTime"), 0) FROM "LoginHistory" WHERE "Application" = ?`, app.Name).Scan(&signed); err != nil {
		return l, err
	}
	if last = max(last, signed); last > 0 {
		l.Used = since(time.UnixMilli(last).UTC())
	}
	return l, nil
}

func words(text string) []string { return append([]string{}, strings.Fields(text)...) }

// tokenLine is a token that is alive.
type tokenLine struct {
	Id      string    `json:"id"`
	Kind    kind      `json:"kind"`
	User    named     `json:"user"`
	Scope   string    `json:"scope"`
	Created time.Time `json:"created"`
	Used    time.Time `json:"used"` // the last use, to within half of the time after which an unused token ends
	Expires time.Time `json:"expires"`
	hash    []byte
}

// tokensOf returns the tokens of a client that are alive, the newest first.
func (a *Auth) tokensOf(tx *store.Tx, client string) ([]tokenLine, error) {
	rows, err := tx.Query(`SELECT t.hash, t.kind, t.user_id, COALESCE(u."Name", ''), t.created, t.expires, t.body FROM oauth_token t LEFT JOIN "User" u ON u."Id" = t.user_id
		WHERE t.client = ? AND t.expires > ? AND t.used IS NULL ORDER BY t.created DESC, t.hash`, client, a.now().UnixMilli())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []tokenLine{}
	for rows.Next() {
		var t tokenLine
		var created, expires int64
		var body []byte
		if err := rows.Scan(&t.hash, &t.Kind, &t.User.Id, &t.User.Name, &created, &expires, &body); err != nil {
			return nil, err
		}
		var b tokenBody
		if err := json.Unmarshal(body, &b); err != nil {
			return nil, err
		}
		t.Id, t.Scope, t.Created, t.Expires = hex.EncodeToString(t.hash[:8]), b.Scope, time.UnixMilli(created).UTC(), time.UnixMilli(expires).UTC()
		t.Used = t.Created
		if used := expires - b.Idle; b.Idle > 0 && used > created {
			t.Used = time.UnixMilli(used).UTC()
		}
		list = append(list, t)
	}
	return list, rows.Err()
}

// newApp is a connected app as it is made; fields that are left out of a change stay.
type newApp struct {
	Name, Description, Contact *string
	Flows, Scopes, Redirects   []string
	RunAs, Certificate         *string
	Public                     bool
	Active, PKCE, Rotate       *bool
	Minutes, Days              *int64
}

func (in newApp) set(app *org.ConnectedApplication) {
	set(&app.Name, in.Name)
	set(&app.Description, in.Description)
	set(&app.ContactEmail, in.Contact)
	set(&app.RunAsUserId, in.RunAs)
	set(&app.Certificate, in.Certificate)
	if in.Flows != nil {
		app.GrantTypes = strings.Join(in.Flows, " ")
	}
	if in.Scopes != nil {
		app.Scopes = strings.Join(in.Scopes, " ")
	}
	if in.Redirects != nil {
		app.CallbackUrls = schema.LongText(strings.Join(in.Redirects, "\n"))
	}
	for to, from := range map[*bool]*bool{&app.IsActive: in.Active, &app.PkceRequired: in.PKCE, &app.RefreshTokenRotation: in.Rotate} {
		if from != nil {
			*to = *from
		}
	}
	for to, from := range map[*schema.Int]*int64{&app.SessionMinutes: in.Minutes, &app.RefreshTokenValidityPeriod: in.Days} {
		if from != nil && *from > 0 {
			*to = schema.NewInt(*from)
		} else if from != nil {
			*to = schema.Int{}
		}
	}
}

func (a *Auth) appCause(r *http.Request, s *Session) record.Cause {
	return record.Cause{Viewer: s.Viewer, By: by, Of: "apps", Request: r.Header.Get("X-Request-Id")}
}

// makeApp answers POST /auth/apps with the new app's key and its secret, which is shown this once.
func (a *Auth) makeApp(w http.ResponseWriter, r *http.Request, s *Session) error {
	var in newApp
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if in.Name == nil || strings.TrimSpace(*in.Name) == "" {
		return schema.Refuse("REQUIRED_FIELD_MISSING", "name: users read it when they are asked for consent", "name")
	}
	app := org.ConnectedApplication{RefreshTokenRotation: true}
	in.set(&app)
	if in.Public && strings.Contains(app.GrantTypes, string(FlowCredentials)) {
		return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", "flows: an app without a secret cannot work by itself (client_credentials)", "flows")
	}
	id, secret, err := a.AddClient(r.Context(), a.appCause(r, s), app, in.Public)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	out := map[string]any{"clientId": id}
	if secret != "" {
		out["secret"] = secret
	}
	answer(w, http.StatusCreated, out)
	return nil
}

// appAt runs f with the connected app that an address names, in a transaction of who asks.
func (a *Auth) appAt(r *http.Request, s *Session, f func(*record.Tx, *org.ConnectedApplication) error) error {
	id, err := schema.ParseId(r.PathValue("app"))
	if err != nil || id.Prefix() != "0H4" {
		return &problem{Status: http.StatusNotFound, Code: "absent", Description: "There is no such app."}
	}
	return a.keeper.Do(r.Context(), a.appCause(r, s), func(tx *record.Tx) error {
		app, err := record.First[org.ConnectedApplication](tx, "Id = ?", string(id))
		if err == nil && app == nil {
			err = &problem{Status: http.StatusNotFound, Code: "absent", Description: "There is no such app."}
		}
		if err != nil {
			return err
		}
		return f(tx, app)
	})
}

// changeApp answers PATCH /auth/apps/{app}.
func (a *Auth) changeApp(w http.ResponseWriter, r *http.Request, s *Session) error {
	var in newApp
	if err := decode(w, r, &in); err != nil {
		return err
	}
	err := a.appAt(r, s, func(tx *record.Tx, app *org.ConnectedApplication) error {
		in.set(app)
		return tx.Save(app)
	})
	if err != nil {
		return err
	}
	return done(w)
}

// removeApp answers DELETE /auth/apps/{app}: its tokens end with it.
func (a *Auth) removeApp(w http.ResponseWriter, r *http.Request, s *Session) error {
	if err := a.appAt(r, s, func(tx *record.Tx, app *org.ConnectedApplication) error { return tx.Delete(app.Id) }); err != nil {
		return err
	}
	return done(w)
}

// rotateApp answers POST /auth/apps/{app}/secret with a new secret, which is shown this once.
func (a *Auth) rotateApp(w http.ResponseWriter, r *http.Request, s *Session) error {
	client := ""
	err := a.appAt(r, s, func(_ *record.Tx, app *org.ConnectedApplication) error {
		if client = app.ClientId; app.SecretHash == "" {
			return refuse("public", "This app has no secret, and needs none.")
		}
		return nil
	})
	if err != nil {
		return err
	}
	secret, err := a.RotateSecret(r.Context(), a.appCause(r, s), client)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	answer(w, http.StatusOK, map[string]any{"secret": secret})
	return nil
}

// readTokens answers GET /auth/apps/{app}/tokens with the tokens that are alive.
func (a *Auth) readTokens(w http.ResponseWriter, r *http.Request, s *Session) error {
	var list []tokenLine
	err := a.appAt(r, s, func(tx *record.Tx, app *org.ConnectedApplication) (err error) {
		list, err = a.tokensOf(tx.Store(), app.ClientId)
		return err
	})
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, map[string]any{"tokens": list})
	return nil
}

// endTokens answers DELETE /auth/apps/{app}/tokens, for all, and /tokens/{token}, for one.
func (a *Auth) endTokens(w http.ResponseWriter, r *http.Request, s *Session) error {
	only := r.PathValue("token")
	err := a.appAt(r, s, func(tx *record.Tx, app *org.ConnectedApplication) error {
		list, err := a.tokensOf(tx.Store(), app.ClientId)
		if err != nil {
			return err
		}
		for _, t := range list {
			if only != "" && t.Id != only {
				continue
			}
			if _, err := tx.Store().Exec(`DELETE FROM oauth_token WHERE hash = ?`, t.hash); err != nil {
				return err
			}
			if err := tx.Save(&org.LoginHistory{UserId: schema.Ref[org.User](t.User.Id), LoginTime: schema.At(tx.Now()), LoginType: "token", Application: app.Name,
				SourceIp: address(r).String(), Browser: cut(r.UserAgent()), Status: "Revoked by an administrator"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return done(w)
}

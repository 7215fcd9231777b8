package auth

import (
	"net/http"

	"truckroll/platform/store"
)

// security is how the users of an organisation sign in.
type security struct {
	Required  bool      `json:"secondFactorRequired"` // of everybody
	Users     int       `json:"users"`                // active
	Protected int       `json:"protected"`            // with a second factor or a passkey
	Bare      []someone `json:"bare"`                 // without, those seen last first; 50 at most
	SSO       *ssoState `json:"singleSignOn"`         // null: none
	Callback  string    `json:"callback"`             // where the provider sends browsers back to
	Mail      bool      `json:"mail"`
	Contact   string    `json:"contact"`
}

type someone struct {
	Id       string `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
}

type ssoState struct {
	Issuer  string `json:"issuer"`
	Name    string `json:"name"`
	Match   Match  `json:"match"`
	Profile string `json:"profile"` // of users who are added; "" adds none
}

// mostBare is how many users without a second factor are named.
const mostBare = 50

// readSecurity answers GET /auth/security, to those who may see the set-up.
func (a *Auth) readSecurity(w http.ResponseWriter, r *http.Request, s *Session) error {
	if !s.Viewer.May("ViewSetup") {
		return &problem{Status: http.StatusForbidden, Code: "forbidden", Description: "You may not see the set-up."}
	}
	organization, err := a.people.Organization(r.Context())
	if err != nil {
		return err
	}
	out := security{Required: organization.SecondFactor, Bare: []someone{}, Callback: a.origin(r) + "/auth/oidc/callback", Mail: a.forgot != nil, Contact: a.contact}
	if a.sso != nil {
		out.SSO = &ssoState{a.sso.Issuer, a.sso.Name, a.sso.Match, a.sso.Profile}
	}
	if err := a.db.View(r.Context(), func(tx *store.Tx) error { return out.count(tx) }); err != nil {
		return err
	}
	answer(w, http.StatusOK, out)
	return nil
}

// count counts users with and without a second factor, and names some of the latter.
func (s *security) count(tx *store.Tx) error {
	active := `"IsActive" = ` + tx.Dialect().Bool(true) + ` AND "IsDeleted" = ` + tx.Dialect().Bool(false)
	const has = `(EXISTS (SELECT 1 FROM user_totp f WHERE f.user_id = u."Id" AND f.confirmed IS NOT NULL) OR EXISTS (SELECT 1 FROM user_passkey k WHERE k.user_id = u."Id"))`
	err := tx.QueryRow(`SELECT COUNT(*), COALESCE(SUM(CASE WHEN `+has+` THEN 1 ELSE 0 END), 0) FROM "User" u WHERE `+active).Scan(&s.Users, &s.Protected)
	if err != nil {
		return err
	}
	rows, err := tx.Query(`SELECT "Id", COALESCE("Name", ''), "Username" FROM "User" u WHERE `+active+` AND NOT `+has+` ORDER BY COALESCE("LastLoginDate", 0) DESC, "Id" LIMIT ?`, mostBare)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var u someone
		if err := rows.Scan(&u.Id, &u.Name, &u.Username); err != nil {
			return err
		}
		s.Bare = append(s.Bare, u)
	}
	return rows.Err()
}

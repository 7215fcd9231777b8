package auth

import (
	"fmt"
	"net/http"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// userinfo answers /services/oauth2/userinfo: the OpenID claims of the user and the fields of Salesforce beside them.
func (a *Auth) userinfo(w http.ResponseWriter, r *http.Request) {
	p, organization, err := a.identified(r, bearer(r))
	if err != nil {
		a.turnAway(w, r, err)
		return
	}
	origin := a.origin(r)
	answer(w, http.StatusOK, map[string]any{
		"sub":     origin + "/id/" + string(organization.Id) + "/" + string(p.Id),
		"user_id": p.Id, "organization_id": organization.Id, "preferred_username": p.Username,
		"nickname": p.Alias, "name": p.Name, "given_name": p.FirstName, "family_name": p.LastName,
		"email": p.Email, "email_verified": false, "zoneinfo": p.Zone, "locale": p.Locale, "language": p.Language,
		"user_type": userType(p), "active": p.Active, "utcOffset": a.offset(p),
		"photos":     map[string]string{},
		"urls":       urls(origin, organization.Id, p.Id),
		"updated_at": p.Modified.UTC().Format(time.RFC3339),
	})
}

// identity answers GET /id/{organization}/{user}, to the bearer of a token of that very user.
func (a *Auth) identity(w http.ResponseWriter, r *http.Request) {
	secret := bearer(r)
	if secret == "" {
		secret = r.FormValue("oauth_token") // where jsforce puts it
	}
	p, organization, err := a.identified(r, secret)
	if err != nil {
		a.turnAway(w, r, err)
		return
	}
	user, err1 := schema.ParseId(r.PathValue("user"))
	home, err2 := schema.ParseId(r.PathValue("organization"))
	if err1 != nil || err2 != nil || user != p.Id || home != organization.Id {
		answer(w, http.StatusForbidden, []refusal{{"the token belongs to another user", "INSUFFICIENT_ACCESS"}})
		return
	}
	origin := a.origin(r)
	answer(w, http.StatusOK, map[string]any{
		"id": origin + "/id/" + string(organization.Id) + "/" + string(p.Id), "asserted_user": true,
		"user_id": p.Id, "organization_id": organization.Id, "username": p.Username, "nick_name": p.Alias, "display_name": p.Name,
		"email": p.Email, "email_verified": false, "first_name": p.FirstName, "last_name": p.LastName, "timezone": p.Zone,
		"photos": map[string]string{}, "addr_street": nil, "addr_city": nil, "addr_state": nil, "addr_country": nil, "addr_zip": nil,
		"mobile_phone": nullable(p.Mobile), "mobile_phone_verified": false, "is_lightning_login_user": false, "status": map[string]any{"created_date": nil, "body": nil},
		"urls":   urls(origin, organization.Id, p.Id),
		"active": p.Active, "user_type": userType(p), "language": p.Language, "locale": p.Locale, "utcOffset": a.offset(p),
		"last_modified_date": p.Modified.UTC().Format(schema.WireDateTime), "is_app_installed": true,
	})
}

// identified returns the user of an access token, whatever its scopes.
func (a *Auth) identified(r *http.Request, secret string) (*org.Person, org.OrganizationInfo, error) {
	var organization org.OrganizationInfo
	s, err := a.tokenSession(r.Context(), secret)
	if err != nil {
		return nil, organization, err
	}
	if organization, err = a.people.Organization(r.Context()); err != nil {
		return nil, organization, err
	}
	p, err := a.people.Person(r.Context(), s.User)
	if err == nil && p == nil {
		err = errSession
	}
	return p, organization, err
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// userType is the type of a user as identity answers spell it.
func userType(p *org.Person) string {
	switch p.Type {
	case "", "Standard":
		return "STANDARD"
	case "PowerCustomerSuccess":
		return "POWER_CUSTOMER_SUCCESS"
	case "CspLitePortal":
		return "CSP_LITE_PORTAL"
	}
	return "GUEST"
}

// offset is the milliseconds by which the user's zone is ahead of UTC now.
func (a *Auth) offset(p *org.Person) int {
	_, seconds := a.now().In(p.Location()).Zone()
	return seconds * 1000
}

// urls are the addresses of the API, in which {version} stands for itself.
func urls(origin string, organization, user schema.Id) map[string]string {
	data := origin + "/services/data/v{version}/"
	soap := func(door string) string {
		return origin + "/services/Soap/" + door + "/{version}/" + organization.Short()
	}
	return map[string]string{
		"enterprise": soap("c"), "metadata": soap("m"), "partner": soap("u"),
		"rest": data, "sobjects": data + "sobjects/", "search": data + "search/", "query": data + "query/", "recent": data + "recent/",
		"tooling_rest": data + "tooling/", "profile": fmt.Sprintf("%s/%s", origin, user), "custom_domain": origin,
	}
}

package auth

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strings"
	"text/template"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/store"
)

// loginRequest is the one SOAP operation that is answered. Prefixes vary between clients; only local names count.
type loginRequest struct {
	Body struct {
		Login *struct {
			Username string `xml:"username"`
			Password string `xml:"password"`
		} `xml:"login"`
	} `xml:"Body"`
}

// loginResult is what the answer tells.
type loginResult struct {
	Namespace    string
	ServerURL    string
	MetadataURL  string
	Session      string
	Seconds      int
	Organization org.OrganizationInfo
	Person       *org.Person
}

// The elements carry no prefix: clients look for <sessionId> literally.
var loginAnswer = template.Must(template.New("login").Funcs(template.FuncMap{"x": escapeXML}).Parse(`<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="{{.Namespace}}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><loginResponse><result>
<metadataServerUrl>{{x .MetadataURL}}</metadataServerUrl>
<passwordExpired>false</passwordExpired>
<sandbox>false</sandbox>
<serverUrl>{{x .ServerURL}}</serverUrl>
<sessionId>{{x .Session}}</sessionId>
<userId>{{.Person.Id}}</userId>
<userInfo>
<orgHasPersonAccounts>false</orgHasPersonAccounts>
<organizationId>{{.Organization.Id}}</organizationId>
<organizationMultiCurrency>false</organizationMultiCurrency>
<organizationName>{{x .Organization.Name}}</organizationName>
<profileId>{{.Person.Profile}}</profileId>
{{if .Person.Role}}<roleId>{{.Person.Role}}</roleId>{{else}}<roleId xsi:nil="true"/>{{end}}
<sessionSecondsValid>{{.Seconds}}</sessionSecondsValid>
<userEmail>{{x .Person.Email}}</userEmail>
<userFullName>{{x .Person.Name}}</userFullName>
<userId>{{.Person.Id}}</userId>
<userLanguage>{{x .Person.Language}}</userLanguage>
<userLocale>{{x .Person.Locale}}</userLocale>
<userName>{{x .Person.Username}}</userName>
<userTimeZone>{{x .Person.Zone}}</userTimeZone>
<userType>{{x .Person.Type}}</userType>
</userInfo>
</result></loginResponse></soapenv:Body></soapenv:Envelope>
`))

var faultAnswer = template.Must(template.New("fault").Funcs(template.FuncMap{"x": escapeXML}).Parse(`<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault>
<faultcode>{{x .Code}}</faultcode>
<faultstring>{{x .Code}}: {{x .Message}}</faultstring>
<detail><sf:{{.Kind}} xsi:type="sf:{{.Kind}}"><sf:exceptionCode>{{x .Code}}</sf:exceptionCode><sf:exceptionMessage>{{x .Message}}</sf:exceptionMessage></sf:{{.Kind}}></detail>
</soapenv:Fault></soapenv:Body></soapenv:Envelope>
`))

func escapeXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}

// soapFault is a refusal in the shape of SOAP.
type soapFault struct{ Kind, Code, Message string }

// soap answers login() of the partner (u) and enterprise (c) doors. No other operation is there.
func (a *Auth) soap(w http.ResponseWriter, r *http.Request) {
	namespaces := map[string]string{"u": "urn:partner.soap.sforce.com", "c": "urn:enterprise.soap.sforce.com"}
	namespace := namespaces[r.PathValue("door")]
	if namespace == "" {
		answerSoapFault(w, soapFault{"UnexpectedErrorFault", "UNKNOWN_EXCEPTION", "only login() of the partner and the enterprise API is answered; use the REST API"})
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
	var req loginRequest
	if err != nil || xml.Unmarshal(body, &req) != nil || req.Body.Login == nil {
		answerSoapFault(w, soapFault{"UnexpectedErrorFault", "UNKNOWN_EXCEPTION", "expected a SOAP envelope with login; all else is at the REST API"})
		return
	}
	result, err := a.soapLogin(r, req.Body.Login.Username, req.Body.Login.Password)
	if err != nil {
		a.note(r, "SOAP login refused", err)
		answerSoapFault(w, a.soapProblem(r, err))
		return
	}
	result.Namespace = namespace
	result.ServerURL = result.ServerURL + "/services/Soap/" + r.PathValue("door") + "/" + version(r.PathValue("version")) + "/" + result.Organization.Id.Short()
	w.Header().Set("Content-Type", "text/xml;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = loginAnswer.Execute(w, result) // the connection is gone; there is nobody to tell
}

// version keeps a version from being anything else, as it is put into an address.
func version(s string) string {
	if strings.Trim(s, "0123456789.") != "" || len(s) > 8 {
		return "64.0"
	}
	return s
}

// soapLogin signs a user in and makes a session that works like an access token.
func (a *Auth) soapLogin(r *http.Request, username, password string) (*loginResult, error) {
	p, err := a.signIn(r, username, password)
	if err == nil {
		err = a.alone(r.Context(), p)
	}
	if err != nil {
		return nil, err
	}
	organization, err := a.people.Organization(r.Context())
	if err != nil {
		return nil, err
	}
	now := a.now()
	secret := newAccessToken(organization.Id)
	t := token{Kind: accessKind, Family: newSecret(), User: p.Id, Expires: now.Add(accessIdle),
		Body: tokenBody{Scope: "api", Idle: accessIdle.Milliseconds(), Ends: now.Add(accessLongest).UnixMilli(), Since: now.UnixMilli()}}
	err = a.db.Write(r.Context(), func(tx *store.Tx) error { return t.keep(tx, secret) })
	if err != nil {
		return nil, err
	}
	a.signedIn(r, p, "SOAP", "")
	origin := a.origin(r)
	return &loginResult{ServerURL: origin, MetadataURL: origin + "/services/Soap/m/" + version(r.PathValue("version")) + "/" + organization.Id.Short(),
		Session: secret, Seconds: int(accessIdle / time.Second), Organization: organization, Person: p}, nil
}

// soapProblem turns an error into a fault. A wrong name, a wrong password and a locked user look the same.
func (a *Auth) soapProblem(r *http.Request, err error) soapFault {
	switch {
	case errors.Is(err, errLogin), errors.Is(err, errInactive), errors.Is(err, errWait):
		return soapFault{"LoginFault", "INVALID_LOGIN", "Invalid username, password, security token; or user locked out."}
	case errors.Is(err, errSecond):
		return soapFault{"LoginFault", "INVALID_LOGIN", a.problemOf(r, err).Description}
	case errors.Is(err, errBusy):
		return soapFault{"LoginFault", "SERVER_UNAVAILABLE", "Too many sign-ins at once; try again in a few seconds."}
	}
	return soapFault{"UnexpectedErrorFault", "UNKNOWN_EXCEPTION", a.problemOf(r, err).Description}
}

func answerSoapFault(w http.ResponseWriter, f soapFault) {
	w.Header().Set("Content-Type", "text/xml;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusInternalServerError)
	_ = faultAnswer.Execute(w, f) // the connection is gone; there is nobody to tell
}

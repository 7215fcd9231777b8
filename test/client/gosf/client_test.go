// Package gosf runs Go clients of the API, unchanged, against a running server.
//
// It does not know how the server answers: what the clients make of the answers is what counts.
package gosf

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"testing"

	salesforce "github.com/k-capehart/go-salesforce/v3"
	"github.com/simpleforce/simpleforce"
	"truckroll/app"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/server/auth"
)

// server is a running server with an administrator and an app.
type server struct {
	url, user, password, client, secret string
}

func start(t *testing.T) server {
	t.Helper()
	ctx := context.Background()
	h, err := app.Open(ctx, app.Config{Data: t.TempDir(), LogLevel: "error", Rate: 2000}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(h.Handler())
	t.Cleanup(func() { web.Close(); _ = h.Close() })
	why := record.Cause{By: "test"}
	s := server{url: web.URL, user: "admin@client.example", password: "correct horse battery"}
	id, err := h.Auth.AddUser(ctx, why, auth.NewUser{Username: s.user, LastName: "Admin", Profile: "System Administrator", Password: s.password})
	if err != nil {
		t.Fatal(err)
	}
	s.client, s.secret, err = h.Auth.AddClient(ctx, why, org.ConnectedApplication{Name: "clients", GrantTypes: "password client_credentials", Scopes: "api", RunAsUserId: schema.Ref[org.User](id)}, false)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type account struct {
	Id   string `json:",omitempty"`
	Name string
}

func TestGoSalesforce(t *testing.T) {
	s := start(t)
	for _, packed := range []bool{false, true} {
		sf, err := salesforce.Init(salesforce.Creds{Domain: s.url, ConsumerKey: s.client, ConsumerSecret: s.secret}, salesforce.WithCompressionHeaders(packed))
		must(t, err)
		made, err := sf.InsertOne("Account", account{Name: "one"})
		must(t, err)
		if !made.Success || len(made.Id) != 18 {
			t.Fatalf("%+v", made)
		}
		must(t, sf.UpdateOne("Account", account{Id: made.Id, Name: "two"}))
		again, err := sf.UpsertOne("Account", "Id", account{Id: made.Id, Name: "three"})
		must(t, err)
		if !again.Success || again.Id != made.Id {
			t.Errorf("%+v", again)
		}
		var found []account
		must(t, sf.Query("SELECT Id, Name FROM Account WHERE Id = '"+made.Id+"'", &found))
		if len(found) != 1 || found[0].Name != "three" {
			t.Errorf("%+v", found)
		}
		must(t, sf.DeleteOne("Account", account{Id: made.Id}))
		if _, err := sf.InsertOne("Account", struct{ Nothing string }{"x"}); err == nil {
			t.Error("an unknown field was taken")
		}
	}
}

func TestGoSalesforceMany(t *testing.T) {
	s := start(t)
	sf, err := salesforce.Init(salesforce.Creds{Domain: s.url, Username: s.user, Password: s.password, ConsumerKey: s.client, ConsumerSecret: s.secret, SecurityToken: " "})
	if err != nil { // the password and the token are sent as one text
		sf, err = salesforce.Init(salesforce.Creds{Domain: s.url, ConsumerKey: s.client, ConsumerSecret: s.secret})
	}
	must(t, err)
	many := make([]account, 450)
	for i := range many {
		many[i].Name = "many"
	}
	made, err := sf.InsertCollection("Account", many, 200)
	must(t, err)
	if made.HasSalesforceErrors || len(made.Results) != len(many) {
		t.Fatalf("%d results, errors %v", len(made.Results), made.HasSalesforceErrors)
	}
	var found []account
	must(t, sf.Query("SELECT Id, Name FROM Account WHERE Name = 'many'", &found))
	if len(found) != len(many) {
		t.Error(len(found), "found")
	}
	for i := range found[:50] {
		found[i].Name = "changed"
	}
	changed, err := sf.UpdateComposite("Account", found[:50], 50, true)
	must(t, err)
	if changed.HasSalesforceErrors {
		t.Errorf("%+v", changed)
	}
	gone, err := sf.DeleteCollection("Account", found, 200)
	must(t, err)
	if gone.HasSalesforceErrors {
		t.Errorf("%+v", gone)
	}
	must(t, sf.Query("SELECT Id, Name FROM Account WHERE Name = 'changed'", &found))
}

func TestSimpleforce(t *testing.T) {
	s := start(t)
	client := simpleforce.NewClient(s.url, "", "54.0")
	must(t, client.LoginPassword(s.user, s.password, ""))
	made := client.SObject("Account").Set("Name", "simple").Create()
	if made == nil || len(made.ID()) != 18 {
		t.Fatalf("%+v", made)
	}
	if got := client.SObject("Account").Get(made.ID()); got == nil || got.StringField("Name") != "simple" {
		t.Errorf("%+v", got)
	}
	if made.Set("Name", "changed").Update() == nil {
		t.Error("the update failed")
	}
	found, err := client.Query("SELECT Id, Name, Owner.Name FROM Account WHERE Name = 'changed'")
	must(t, err)
	if found.TotalSize != 1 || found.Records[0].SObjectField("User", "Owner").StringField("Name") == "" {
		t.Errorf("%+v", found)
	}
	if d := client.SObject("Account").Describe(); d == nil || (*d)["name"] != "Account" {
		t.Error("describe failed")
	}
	must(t, client.SObject("Account").Set("Id", made.ID()).Delete())
	if all, err := client.DescribeGlobal(); err != nil || (*all)["sobjects"] == nil {
		t.Error(err)
	}
}

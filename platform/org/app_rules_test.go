package org_test

import (
	"context"
	"testing"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

const publicKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEV0KobpMkqZaFLl8YaSiUcLOQheo9
hUwQdGorz5gfGTQ9iRQE9YgwsVWbqCXCS+VnBNVJiD+6BsOn4IiEOJSqpg==
-----END PUBLIC KEY-----`

func TestConnectedAppsCanBeUsedAsTheySay(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	h.user("admin", "Admin", "")
	set := &org.PermissionSet{Name: "Apps", Label: "Apps", SystemPermissions: org.SystemPermissions{PermissionsManageConnectedApps: true, PermissionsApiEnabled: true}}
	h.save(set)
	h.save(&org.PermissionSetAssignment{AssigneeId: schema.Ref[org.User](h.users["anna"]), PermissionSetId: schema.Ref[org.PermissionSet](set.Id)})
	admin, bert := schema.Ref[org.User](h.users["admin"]), schema.Ref[org.User](h.users["bert"])
	for _, c := range []struct {
		name  string
		who   string
		app   org.ConnectedApplication
		field string // "" is taken
	}{
		{"unknown flow", "admin", org.ConnectedApplication{GrantTypes: "magic"}, "GrantTypes"},
		{"plain http", "admin", org.ConnectedApplication{GrantTypes: "authorization_code", CallbackUrls: "https://ok.example/back\nhttp://app.example/back"}, "CallbackUrls"},
		{"fragment", "admin", org.ConnectedApplication{GrantTypes: "authorization_code", CallbackUrls: "https://ok.example/#x"}, "CallbackUrls"},
		{"short scheme", "admin", org.ConnectedApplication{GrantTypes: "authorization_code", CallbackUrls: "myapp:/back"}, "CallbackUrls"},
		{"no address", "admin", org.ConnectedApplication{GrantTypes: "authorization_code", CallbackUrls: "back"}, "CallbackUrls"},
		{"good addresses", "admin", org.ConnectedApplication{GrantTypes: "authorization_code", CallbackUrls: "http://localhost:99/a http://127.0.0.1/b http://[::1]/c com.example.app:/back"}, ""},
		{"works by itself as nobody", "admin", org.ConnectedApplication{GrantTypes: "client_credentials"}, "RunAsUserId"},
		{"signs without a certificate", "admin", org.ConnectedApplication{GrantTypes: "jwt_bearer"}, "Certificate"},
		{"acts as anyone, by an administrator", "admin", org.ConnectedApplication{GrantTypes: "jwt_bearer", Certificate: publicKey}, ""},
		{"acts as anyone", "anna", org.ConnectedApplication{GrantTypes: "jwt_bearer", Certificate: publicKey}, "RunAsUserId"},
		{"works as an administrator", "anna", org.ConnectedApplication{GrantTypes: "client_credentials", RunAsUserId: admin}, "RunAsUserId"},
		{"works as a worker", "anna", org.ConnectedApplication{GrantTypes: "client_credentials", RunAsUserId: bert}, ""},
	} {
		c.app.Name, c.app.IsActive = c.name, true
		err := h.Keeper.Do(context.Background(), record.Cause{Viewer: h.viewer(c.who), By: "test"}, func(tx *record.Tx) error { return tx.Save(&c.app) })
		if c.field == "" && err != nil || c.field != "" && !refusedAt(err, c.field) {
			t.Errorf("%s: %v, want a refusal at %q", c.name, err, c.field)
		}
	}
}

func TestASecretIsNotRenewedByWhoMayLessThanTheAppsUser(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	h.user("admin", "Admin", "")
	set := &org.PermissionSet{Name: "Apps", Label: "Apps", SystemPermissions: org.SystemPermissions{PermissionsManageConnectedApps: true, PermissionsApiEnabled: true}}
	h.save(set)
	h.save(&org.PermissionSetAssignment{AssigneeId: schema.Ref[org.User](h.users["anna"]), PermissionSetId: schema.Ref[org.PermissionSet](set.Id)})
	for _, c := range []struct{ who, runAs, field string }{{"anna", "admin", "RunAsUserId"}, {"anna", "bert", ""}, {"admin", "admin", ""}} {
		app := &org.ConnectedApplication{Name: c.who + " " + c.runAs, GrantTypes: "client_credentials", RunAsUserId: schema.Ref[org.User](h.users[c.runAs]), IsActive: true, SecretHash: "old"}
		h.save(app)
		app.SecretHash = "new"
		err := h.Keeper.Do(context.Background(), record.Cause{Viewer: h.viewer(c.who), By: "test"}, func(tx *record.Tx) error { return tx.Save(app) })
		if c.field == "" && err != nil || c.field != "" && !refusedAt(err, c.field) {
			t.Errorf("%s renews the secret of an app that works as %s: %v, want a refusal at %q", c.who, c.runAs, err, c.field)
		}
	}
}

package auth

import (
	"context"
	"net/http"
	"testing"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// permit gives a user a permission set of its own.
func (h *house) permit(user schema.Id, name string, p org.SystemPermissions) {
	h.t.Helper()
	h.must(h.keeper.Do(context.Background(), record.Cause{By: "test"}, func(tx *record.Tx) error {
		set := &org.PermissionSet{Name: name, Label: name, SystemPermissions: p}
		if err := tx.Save(set); err != nil {
			return err
		}
		return tx.Save(&org.PermissionSetAssignment{AssigneeId: schema.Ref[org.User](user), PermissionSetId: schema.Ref[org.PermissionSet](set.Id)})
	}))
}

// userNamed returns the id of a user, who may be added for it.
func (h *house) userNamed(name, profile string) schema.Id {
	h.t.Helper()
	p, err := h.people.PersonByName(context.Background(), name)
	h.must(err)
	if p != nil {
		return p.Id
	}
	id, err := h.AddUser(context.Background(), record.Cause{By: "test"}, NewUser{Username: name, Profile: profile, Password: adminPassword})
	h.must(err)
	return id
}

func TestViewAs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.permit(h.admin, "See", org.SystemPermissions{PermissionsViewAsUser: true})
		mute := h.userNamed("mute@test.example", "Mute")
		b := browser(t)
		h.want("sign in", h.login(b, adminName), 200, "")
		me := func() map[string]any { return h.ask(b, "GET", "/auth/me").json(t) }
		asked := func() map[string]any { return h.send(b, h.request("GET", "/services/data/v64.0", "")).json(t) }

		r := h.ask(b, "POST", "/auth/view-as", "user", mute, "reason", "Ticket 12")
		h.want("begin", r, 200, "")
		by := r.json(t)["viewedBy"].(map[string]any)
		if r.text(t, "id") != string(mute) || by["id"] != string(h.admin) || by["change"] != false {
			t.Errorf("who is told of: %s", r.body)
		}
		if me()["id"] != string(mute) || asked()["user"] != string(mute) {
			t.Error("the API is not answered as the user")
		}
		// What is about the account is about the administrator's own.
		if got := h.ask(b, "GET", "/auth/account").text(t, "username"); got != adminName {
			t.Errorf("the account of %s", got)
		}
		h.want("stop", h.ask(b, "DELETE", "/auth/view-as"), 200, "")
		if me()["viewedBy"] != nil || asked()["user"] != string(h.admin) {
			t.Error("it was stopped, and goes on")
		}

		// After half an hour it is over: nothing is answered until the console has learnt that.
		h.want("begin again", h.ask(b, "POST", "/auth/view-as", "user", mute), 200, "")
		h.advance(29 * time.Minute)
		if asked()["user"] != string(mute) {
			t.Error("it ended early")
		}
		h.advance(2 * time.Minute)
		if got := h.send(b, h.request("GET", "/services/data/v64.0", "")); got.status != 403 {
			t.Errorf("after its end: %d %s", got.status, got.body)
		}
		if me()["id"] != string(h.admin) || asked()["user"] != string(h.admin) {
			t.Error("after its end the administrator is not themself again")
		}

		var n, open int
		h.must(h.db.View(context.Background(), func(tx *store.Tx) error {
			now := h.now().UnixMilli()
			return tx.QueryRow(`SELECT COUNT(*), COALESCE(SUM(CASE WHEN "EndTime" > ? THEN 1 ELSE 0 END), 0) FROM "ViewAsSession" WHERE "ById" = ? AND "UserId" = ?`, now, string(h.admin), string(mute)).Scan(&n, &open)
		}))
		if n != 2 || open != 0 {
			t.Errorf("%d sessions told of, %d open; want 2 and 0", n, open)
		}
	})
}

func TestViewAsIsNoWayUp(t *testing.T) {
	h := newHouse(t, engines["sqlite"])
	mute, desk := h.userNamed("mute@test.example", "Mute"), h.userNamed("desk@test.example", "Mute")
	b := browser(t)
	h.want("sign in", h.login(b, "desk@test.example"), 200, "")
	begin := func(user schema.Id, more ...any) reply {
		return h.ask(b, "POST", "/auth/view-as", append([]any{"user", user}, more...)...)
	}
	h.want("without the permission", begin(mute), 403, "INSUFFICIENT_ACCESS")
	h.permit(desk, "Desk", org.SystemPermissions{PermissionsViewAsUser: true})
	h.want("as an administrator", begin(h.admin), 403, "INSUFFICIENT_ACCESS")
	h.want("with changes", begin(mute, "change", true, "reason", "x"), 403, "INSUFFICIENT_ACCESS")
	h.want("as oneself", begin(desk), 400, "INVALID_CROSS_REFERENCE_KEY")
	h.want("as nobody", begin("005zzzzzzzzzzzzAAA"), 400, "INACTIVE_OWNER_OR_USER")
	h.want("as nonsense", begin("x"), 400, "MALFORMED_ID")
	h.want("as someone below", begin(mute), 200, "")
	if got := h.ask(b, "GET", "/auth/me").json(t); got["id"] != string(mute) {
		t.Errorf("sees as %v", got["id"])
	}

	// Who is given more meanwhile is out of reach at once; so is everybody when the permission is taken away.
	h.permit(mute, "More", org.SystemPermissions{PermissionsViewAllData: true})
	if got := h.send(b, h.request("GET", "/services/data/v64.0", "")); got.status != http.StatusForbidden {
		t.Errorf("looks on through the eyes of someone who may do more: %d", got.status)
	}
	if got := h.ask(b, "GET", "/auth/me").json(t); got["id"] != string(desk) {
		t.Errorf("sees as %v", got["id"])
	}
	h.want("changes without a reason", h.ask(h.administrator(t), "POST", "/auth/view-as", "user", mute, "change", true), 400, "REQUIRED_FIELD_MISSING")
}

// administrator is the browser of the administrator, who may see as others.
func (h *house) administrator(t *testing.T) *http.Client {
	h.permit(h.admin, "See", org.SystemPermissions{PermissionsViewAsUser: true})
	b := browser(t)
	h.want("sign in", h.login(b, adminName), 200, "")
	return b
}

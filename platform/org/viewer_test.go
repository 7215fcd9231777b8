package org_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

type Visit struct {
	schema.Standard `prefix:"a01"`
	OwnerId         schema.AnyRef `to:"User,Group" field:"owner"`
	Name            string        `field:"name"`
	City            string
	Price           schema.Currency
}

type Line struct {
	schema.Standard `prefix:"a02"`
	Name            string            `field:"name"`
	VisitId         schema.Ref[Visit] `field:"cascade required createonly" children:"Lines"`
}

// house is an organisation with a chief, two people below and a stranger.
type house struct {
	*record.Keeper
	*org.Directory
	t     testing.TB
	now   time.Time
	users map[string]schema.Id
	roles map[string]schema.Id
}

var seed = org.Seed{
	Name: "Test", Zone: "Europe/Berlin", Currency: "EUR",
	Defaults: []org.DefaultSeed{{Objects: "Visit", Internal: org.SharingPrivate, External: org.SharingPrivate}},
	Profiles: []org.ProfileSeed{
		{Name: "Admin", Permissions: "ApiEnabled ViewAllData ModifyAllData CustomizeApplication ManageUsers"},
		{Name: "Worker", Permissions: "ApiEnabled", Grants: []org.GrantSeed{{Objects: "*", Rights: access.Read | access.Create | access.Edit | access.Delete}}, Hidden: "Visit.Price"},
		{Name: "Auditor", Permissions: "ApiEnabled ViewAllData"},
		{Name: "Helper", Permissions: "ApiEnabled ManageUsers", Grants: []org.GrantSeed{{Objects: "User PermissionSetAssignment", Rights: access.AllRights}}},
	},
}

func newHouse(t *testing.T, db *store.DB) *house {
	t.Helper()
	ctx := context.Background()
	c, err := schema.Compile(append(slices.Clone(org.All), Visit{}, Line{})...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Sync(ctx, c); err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, users: map[string]schema.Id{}, roles: map[string]schema.Id{}}
	log, err := audit.Open(db, audit.Options{Name: "test", Node: "n1"})
	if err != nil {
		t.Fatal(err)
	}
	if h.Keeper, err = record.New(record.Options{DB: db, Catalog: c, Audit: log, Book: org.Rules}); err != nil {
		t.Fatal(err)
	}
	h.Directory = org.NewDirectory(db, h.Keeper.Catalog, nil)
	h.do(func(tx *record.Tx) error {
		planted, err := org.Plant(tx, seed)
		if !planted {
			t.Error("nothing was planted into an empty organisation")
		}
		return err
	})
	h.role("Head", "")
	h.role("North", "Head")
	h.role("South", "Head")
	for user, role := range map[string]string{"chief": "Head", "anna": "North", "bert": "South", "carl": ""} {
		h.user(user, "Worker", role)
	}
	return h
}

func (h *house) do(f func(*record.Tx) error) {
	h.t.Helper()
	if err := h.try(f); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) try(f func(*record.Tx) error) error {
	return h.Keeper.Do(context.Background(), record.Cause{By: "test"}, f)
}

func (h *house) save(recs ...any) {
	h.t.Helper()
	h.do(func(tx *record.Tx) error { return tx.Save(recs...) })
}

func (h *house) role(name, above string) {
	h.t.Helper()
	r := &org.UserRole{Name: name, ParentRoleId: schema.Ref[org.UserRole](h.roles[above])}
	h.save(r)
	h.roles[name] = r.Id
}

func (h *house) user(name, profile, role string) schema.Id {
	h.t.Helper()
	u := &org.User{Username: name + "@test.example", Email: schema.Email(name + "@test.example"), LastName: name, Alias: name, IsActive: true,
		UserRoleId: schema.Ref[org.UserRole](h.roles[role]), TimeZoneSidKey: "Europe/Berlin", LocaleSidKey: "de_DE", LanguageLocaleKey: "en_US", EmailEncodingKey: "UTF-8"}
	h.do(func(tx *record.Tx) error {
		p, err := record.First[org.Profile](tx, "Name = ?", profile)
		if err != nil || p == nil {
			return fmt.Errorf("profile %s: %v", profile, err)
		}
		u.ProfileId = schema.Ref[org.Profile](p.Id)
		return tx.Save(u)
	})
	h.users[name] = u.Id
	return u.Id
}

func (h *house) viewer(user string) *access.Grants {
	h.t.Helper()
	v, err := h.Viewer(context.Background(), h.users[user])
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// open returns the names of the records of an object that are open to a user at a level.
func (h *house) open(user, object string, l access.Level) string {
	h.t.Helper()
	c, v := h.Keeper.Catalog(), h.viewer(user)
	st, err := query.Compile("SELECT Id FROM "+object, c, v, query.Options{Now: time.Now(), Level: l})
	if err != nil {
		return "-"
	}
	var names []string
	err = h.DB().View(context.Background(), func(tx *store.Tx) error {
		text, args := st.SQL(tx.Dialect(), 100)
		ids, err := firsts(tx, text, args)
		for _, id := range ids {
			rec, err := h.named(id)
			if err != nil {
				return err
			}
			names = append(names, rec)
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// firsts returns the first column of a query.
func firsts(tx *store.Tx, text string, args []any) ([]schema.Id, error) {
	rows, err := tx.Query(text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var id string
	dest := []any{&id}
	for range columns[1:] {
		dest = append(dest, new(any))
	}
	var ids []schema.Id
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		ids = append(ids, schema.Id(id))
	}
	return ids, rows.Err()
}

func (h *house) named(id schema.Id) (name string, err error) {
	err = h.Keeper.View(context.Background(), func(r *record.View) error {
		rec, err := record.GetAny(r, id)
		if err == nil {
			o := h.Keeper.Catalog().ById(id)
			name = o.NameField().Get(rec).(string)
		}
		return err
	})
	return name, err
}

func (h *house) job(name string, owner schema.Id) *Visit {
	h.t.Helper()
	j := &Visit{Name: name, OwnerId: schema.AnyRef(owner), City: "Kiel"}
	h.save(j)
	h.save(&Line{Name: name + ".1", VisitId: schema.Ref[Visit](j.Id)})
	return j
}

func (h *house) expect(user, object string, l access.Level, want string) {
	h.t.Helper()
	if got := h.open(user, object, l); got != want {
		h.t.Errorf("%s at level %d of %s: open are %q, want %q", object, l, user, got, want)
	}
}

func TestOwnersAndThoseAbove(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.user("auditor", "Auditor", "")
		h.user("admin", "Admin", "")
		h.job("a", h.users["anna"])
		h.job("b", h.users["bert"])
		h.job("c", h.users["carl"])
		for user, want := range map[string]string{"chief": "a b", "anna": "a", "bert": "b", "carl": "c", "auditor": "a b c", "admin": "a b c"} {
			h.expect(user, "Visit", access.ReadLevel, want)
			lines := strings.ReplaceAll(want, " ", ".1 ") + ".1"
			h.expect(user, "Line", access.ReadLevel, lines)
			change := want
			if user == "auditor" {
				change, lines = "", ""
			}
			for _, l := range []access.Level{access.EditLevel, access.DeleteLevel, access.TransferLevel} {
				h.expect(user, "Visit", l, change)
			}
			h.expect(user, "Line", access.DeleteLevel, lines)
		}
	})
}

func TestGroupsQueuesAndShares(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		queue := &org.Group{Name: "Queue", DeveloperName: "Queue", Type: org.GroupQueue, DoesIncludeBosses: true}
		inner := &org.Group{Name: "Inner", DeveloperName: "Inner", Type: org.GroupRegular}
		south := &org.Group{Name: "South", DeveloperName: "South", Type: org.GroupRole, RelatedId: schema.Ref[org.UserRole](h.roles["South"])}
		h.save(queue, inner, south)
		h.save(&org.GroupMember{GroupId: schema.Ref[org.Group](queue.Id), UserOrGroupId: schema.AnyRef(inner.Id)},
			&org.GroupMember{GroupId: schema.Ref[org.Group](inner.Id), UserOrGroupId: schema.AnyRef(h.users["carl"])})
		h.job("q", queue.Id)
		h.expect("carl", "Visit", access.DeleteLevel, "q")
		h.expect("anna", "Visit", access.ReadLevel, "")

		a := h.job("a", h.users["anna"])
		h.save(&org.RecordShare{ParentId: schema.AnyRef(a.Id), UserOrGroupId: schema.AnyRef(south.Id), AccessLevel: org.AccessEdit})
		h.expect("bert", "Visit", access.ReadLevel, "a")
		h.expect("bert", "Visit", access.EditLevel, "a")
		h.expect("bert", "Line", access.DeleteLevel, "a.1")
		h.expect("bert", "Visit", access.DeleteLevel, "")
		h.expect("carl", "Visit", access.ReadLevel, "q")
		h.expect("chief", "Visit", access.ReadLevel, "a") // owned below; the share's group does not include bosses
	})
}

func TestSharingRules(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		south := &org.Group{Name: "South", DeveloperName: "South", Type: org.GroupRole, RelatedId: schema.Ref[org.UserRole](h.roles["South"]), DoesIncludeBosses: true}
		heads := &org.Group{Name: "Heads", DeveloperName: "Heads", Type: org.GroupRoleAndSubordinates, RelatedId: schema.Ref[org.UserRole](h.roles["Head"])}
		h.save(south, heads)
		h.job("a", h.users["anna"])
		j := h.job("c", h.users["carl"])
		h.expect("bert", "Visit", access.ReadLevel, "")
		h.save(&org.SharingRule{SobjectType: "visit", DeveloperName: "R1", Label: "Rule", Kind: org.SharingByOwner, IsActive: true,
			FromGroupId: schema.Ref[org.Group](heads.Id), ToGroupId: schema.Ref[org.Group](south.Id), AccessLevel: org.AccessRead})
		h.expect("bert", "Visit", access.ReadLevel, "a")
		h.expect("bert", "Visit", access.EditLevel, "")
		h.save(&org.SharingRule{SobjectType: "Visit", DeveloperName: "R2", Label: "Rule", Kind: org.SharingByCriteria, IsActive: true,
			Criteria: "City = 'Bonn' OR City = 'Trier'", ToGroupId: schema.Ref[org.Group](south.Id), AccessLevel: org.AccessEdit})
		h.expect("bert", "Visit", access.ReadLevel, "a")
		j.City = "Trier"
		h.save(j)
		h.expect("bert", "Visit", access.EditLevel, "c")
		h.expect("chief", "Visit", access.ReadLevel, "a c")
		for _, bad := range []string{"City = ", "Town = 'Bonn'", "City = 'Bonn' LIMIT 3", ""} {
			err := h.try(func(tx *record.Tx) error {
				return tx.Save(&org.SharingRule{SobjectType: "Visit", DeveloperName: "R3", Label: "Rule", Kind: org.SharingByCriteria, Criteria: schema.LongText(bad), ToGroupId: schema.Ref[org.Group](south.Id)})
			})
			if err == nil {
				t.Errorf("the criteria %q were taken", bad)
			}
		}
	})
}

// Whatever takes a right away, the next question is answered without it.
func TestRightsEndAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.job("b", h.users["bert"])
		h.expect("chief", "Visit", access.ReadLevel, "b")
		before := h.viewer("chief")
		if h.viewer("chief") != before {
			t.Error("nothing changed, and the viewer was read anew")
		}
		h.do(func(tx *record.Tx) error {
			role, err := record.Get(tx, schema.Ref[org.UserRole](h.roles["South"]))
			if err != nil {
				return err
			}
			role.ParentRoleId = ""
			return tx.Save(role)
		})
		h.expect("chief", "Visit", access.ReadLevel, "")

		h.user("admin", "Admin", "")
		extra := &org.PermissionSet{Name: "Prices", Label: "Prices"}
		h.save(extra)
		h.save(&org.FieldPermissions{ParentId: schema.Ref[org.PermissionSet](extra.Id), SobjectType: "visit", Field: "visit.price", PermissionsRead: true})
		job := h.Keeper.Catalog().Object("Visit")
		if h.viewer("anna").Reads(job, job.Field("Price")) {
			t.Error("a hidden field is shown")
		}
		given := &org.PermissionSetAssignment{AssigneeId: schema.Ref[org.User](h.users["anna"]), PermissionSetId: schema.Ref[org.PermissionSet](extra.Id)}
		h.save(given)
		if !h.viewer("anna").Reads(job, job.Field("Price")) || h.viewer("anna").Edits(job, job.Field("Price")) {
			t.Error("a permission set that shows a field: want it read and not edited")
		}
		h.do(func(tx *record.Tx) error { return tx.Delete(given.Id) })
		if h.viewer("anna").Reads(job, job.Field("Price")) {
			t.Error("a permission set was taken away, and still shows a field")
		}

		h.do(func(tx *record.Tx) error {
			u, err := record.Get(tx, schema.Ref[org.User](h.users["bert"]))
			if err != nil {
				return err
			}
			u.IsActive = false
			return tx.Save(u)
		})
		if _, err := h.Viewer(context.Background(), h.users["bert"]); !errors.Is(err, org.ErrNoViewer) {
			t.Errorf("the viewer of a user who was disabled: error %v, want ErrNoViewer", err)
		}
	})
}

func TestNobodyRaisesThemselves(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	h.user("helper", "Helper", "")
	h.user("admin", "Admin", "")
	as := func(user string, f func(*record.Tx) error) error {
		return h.Keeper.Do(context.Background(), record.Cause{Viewer: h.viewer(user), By: "test"}, f)
	}
	become := func(who, profile string) func(*record.Tx) error {
		return func(tx *record.Tx) error {
			p, err := record.First[org.Profile](tx, "Name = ?", profile)
			if err != nil {
				return err
			}
			u, err := record.Get(tx, schema.Ref[org.User](h.users[who]))
			if err != nil {
				return err
			}
			u.ProfileId, u.Email = schema.Ref[org.Profile](p.Id), "other@test.example"
			return tx.Save(u)
		}
	}
	if err := as("helper", become("helper", "Admin")); err == nil {
		t.Error("who manages users made themself an administrator")
	}
	if err := as("helper", become("admin", "Worker")); err == nil {
		t.Error("who manages users took over an administrator")
	}
	if err := as("helper", become("anna", "Worker")); err != nil {
		t.Errorf("who manages users may not change a user below: %v", err)
	}
	if err := as("admin", become("anna", "Admin")); err != nil {
		t.Errorf("an administrator may not make another: %v", err)
	}
}

func TestPermissionsAreAboutWhatIsThere(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	set := &org.PermissionSet{Name: "S", Label: "S"}
	h.save(set)
	parent := schema.Ref[org.PermissionSet](set.Id)
	for _, bad := range []any{
		&org.ObjectPermissions{ParentId: parent, SobjectType: "Visitt"},
		&org.FieldPermissions{ParentId: parent, SobjectType: "Visit", Field: "Price"},
		&org.FieldPermissions{ParentId: parent, SobjectType: "Visit", Field: "Visit.Cost"},
		&org.FieldPermissions{ParentId: parent, SobjectType: "Visit", Field: "Visit.Name"},
		&org.FieldPermissions{ParentId: parent, SobjectType: "Visit", Field: "Line.Name"},
		&org.FieldPermissions{ParentId: parent, SobjectType: "ConnectedApplication", Field: "ConnectedApplication.SecretHash"},
		&org.SharingDefault{SobjectType: "Visit", InternalSharingModel: org.SharingControlledByParent},
	} {
		if err := h.try(func(tx *record.Tx) error { return tx.Save(bad) }); err == nil {
			t.Errorf("taken: %+v", bad)
		}
	}
}

func TestRolesAndGroupsMakeNoCircles(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	err := h.try(func(tx *record.Tx) error {
		head, err := record.Get(tx, schema.Ref[org.UserRole](h.roles["Head"]))
		if err != nil {
			return err
		}
		head.ParentRoleId = schema.Ref[org.UserRole](h.roles["North"])
		return tx.Save(head)
	})
	if err == nil {
		t.Error("a role reports to one below it")
	}
	a, b := &org.Group{Name: "A", Type: org.GroupRegular}, &org.Group{Name: "B", Type: org.GroupRegular}
	h.save(a, b)
	h.save(&org.GroupMember{GroupId: schema.Ref[org.Group](a.Id), UserOrGroupId: schema.AnyRef(b.Id)})
	err = h.try(func(tx *record.Tx) error {
		return tx.Save(&org.GroupMember{GroupId: schema.Ref[org.Group](b.Id), UserOrGroupId: schema.AnyRef(a.Id)})
	})
	if err == nil {
		t.Error("a group is within itself")
	}
}

// Only who may give a record away may share it.
func TestWhoShares(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	a := h.job("a", h.users["anna"])
	share := func(who string, with string) error {
		return h.Keeper.Do(context.Background(), record.Cause{Viewer: h.viewer(who), By: "test"}, func(tx *record.Tx) error {
			return tx.Save(&org.RecordShare{ParentId: schema.AnyRef(a.Id), UserOrGroupId: schema.AnyRef(h.users[with]), AccessLevel: org.AccessEdit})
		})
	}
	if err := share("carl", "carl"); err == nil {
		t.Error("someone shared what they cannot see, with themself")
	}
	if err := share("anna", "bert"); err != nil {
		t.Errorf("the owner may not share: %v", err)
	}
	if err := share("bert", "carl"); err == nil {
		t.Error("someone who may edit, and no more, shared further")
	}
	if err := share("chief", "carl"); err != nil {
		t.Errorf("who stands above the owner may not share: %v", err)
	}
	h.expect("carl", "Visit", access.EditLevel, "a")
}

// A permission set that was given for a time is gone when the time is over, although nothing was changed then.
func TestAssignmentsExpire(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	h := newHouse(t, storetest.SQLite(t, store.Options{Now: func() time.Time { return now }}))
	h.job("b", h.users["bert"])
	set := &org.PermissionSet{Name: "All", Label: "All", SystemPermissions: org.SystemPermissions{PermissionsViewAllData: true}}
	h.save(set)
	h.save(&org.PermissionSetAssignment{AssigneeId: schema.Ref[org.User](h.users["carl"]), PermissionSetId: schema.Ref[org.PermissionSet](set.Id), ExpirationDate: schema.At(now.Add(time.Hour))})
	h.expect("carl", "Visit", access.ReadLevel, "b")
	now = now.Add(time.Hour)
	h.expect("carl", "Visit", access.ReadLevel, "")
}

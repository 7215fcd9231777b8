package why_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
	"truckroll/platform/why"
)

func TestMain(m *testing.M) { storetest.Main(m) }

type Visit struct {
	schema.Standard `prefix:"a01"`
	OwnerId         schema.AnyRef `to:"User,Group" field:"owner"`
	Name            string        `field:"name"`
	Town            string
}

type Line struct {
	schema.Standard `prefix:"a02"`
	Name            string            `field:"name"`
	VisitId         schema.Ref[Visit] `field:"cascade required createonly" children:"Lines"`
}

// house is an organisation with a role above another, a queue, a sharing rule and a share.
type house struct {
	t      *testing.T
	keeper *record.Keeper
	people *org.Directory
	ids    map[string]schema.Id
}

func newHouse(t *testing.T, db *store.DB) *house {
	c, err := schema.Compile(append(slices.Clone(org.All), Visit{}, Line{})...)
	h := &house{t: t, ids: map[string]schema.Id{}}
	h.must(err)
	_, err = db.Sync(context.Background(), c)
	h.must(err)
	log, err := audit.Open(db, audit.Options{Name: "test", Node: "n1"})
	h.must(err)
	h.keeper, err = record.New(record.Options{DB: db, Catalog: c, Audit: log, Book: org.Rules})
	h.must(err)
	h.people = org.NewDirectory(db, h.keeper.Catalog, []access.Scope{{Object: "Visit", Name: "work in their town", Level: access.ReadLevel, Condition: access.Where("Town = 'Kiel'")}})
	h.must(h.keeper.Do(context.Background(), record.Cause{By: "test"}, h.furnish))
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) furnish(tx *record.Tx) error {
	_, err := org.Plant(tx, org.Seed{Name: "Test", Zone: "UTC", Currency: "EUR",
		Defaults: []org.DefaultSeed{{Objects: "Visit", Internal: org.SharingPrivate, External: org.SharingPrivate}},
		Profiles: []org.ProfileSeed{
			{Name: "Admin", Permissions: "ViewAllData ModifyAllData CustomizeApplication ManageUsers"},
			{Name: "Auditor", Permissions: "ViewAllData"},
			{Name: "Worker", Grants: []org.GrantSeed{{Objects: "Visit Line", Rights: access.Read | access.Create | access.Edit | access.Delete}}},
			{Name: "Nothing"},
		}})
	h.must(err)
	save := func(name string, rec any) schema.Id {
		h.must(tx.Save(rec))
		h.ids[name] = schema.StandardOf(rec).Id
		return h.ids[name]
	}
	head := save("Head", &org.UserRole{Name: "Head"})
	save("Hand", &org.UserRole{Name: "Hand", ParentRoleId: schema.Ref[org.UserRole](head)})
	for _, u := range []struct{ name, profile, role string }{{"admin", "Admin", ""}, {"auditor", "Auditor", ""}, {"chief", "Worker", "Head"}, {"anna", "Worker", "Hand"}, {"bert", "Worker", ""}, {"nobody", "Nothing", ""}} {
		p, err := record.First[org.Profile](tx, "Name = ?", u.profile)
		h.must(err)
		save(u.name, &org.User{Username: u.name + "@test.example", Email: "a@test.example", LastName: u.name, Alias: u.name, IsActive: true, ProfileId: schema.Ref[org.Profile](p.Id),
			UserRoleId: schema.Ref[org.UserRole](h.ids[u.role]), TimeZoneSidKey: "UTC", LocaleSidKey: "en_US", LanguageLocaleKey: "en_US", EmailEncodingKey: "UTF-8"})
	}
	queue := save("Queue", &org.Group{Name: "Queue", Type: org.GroupQueue, DoesIncludeBosses: true})
	h.must(tx.Save(&org.GroupMember{GroupId: schema.Ref[org.Group](queue), UserOrGroupId: schema.AnyRef(h.ids["bert"])}))
	h.must(tx.Save(&org.SharingRule{SobjectType: "Visit", DeveloperName: "R", Label: "Bonn for the queue", Kind: org.SharingByCriteria, IsActive: true, Criteria: "Town = 'Bonn'", ToGroupId: schema.Ref[org.Group](queue), AccessLevel: org.AccessEdit}))
	for _, j := range []struct{ name, owner, town string }{{"annas", "anna", "Trier"}, {"queued", "Queue", "Trier"}, {"bonn", "admin", "Bonn"}, {"kiel", "admin", "Kiel"}, {"shared", "anna", "Trier"}, {"hidden", "admin", "Trier"}} {
		id := save(j.name, &Visit{OwnerId: schema.AnyRef(h.ids[j.owner]), Name: j.name, Town: j.town})
		save(j.name+".1", &Line{Name: j.name + ".1", VisitId: schema.Ref[Visit](id)})
	}
	h.must(tx.Save(&org.RecordShare{ParentId: schema.AnyRef(h.ids["shared"]), UserOrGroupId: schema.AnyRef(h.ids["bert"]), AccessLevel: org.AccessRead}))
	return nil
}

func (h *house) explain(tx *store.Tx, user, rec string) why.Answer {
	h.t.Helper()
	v, err := h.people.ViewerIn(tx, h.ids[user])
	h.must(err)
	c := h.keeper.Catalog()
	a, err := why.New(tx, c, time.Now()).Explain(v, c.ById(h.ids[rec]), h.ids[rec])
	h.must(err)
	return a
}

// TestExplanationsAgreeWithQueries holds every explanation to what a query by the same user finds.
func TestExplanationsAgreeWithQueries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		c := h.keeper.Catalog()
		h.must(db.View(context.Background(), func(tx *store.Tx) error {
			for _, user := range []string{"admin", "auditor", "chief", "anna", "bert", "nobody"} {
				v, err := h.people.ViewerIn(tx, h.ids[user])
				h.must(err)
				for _, job := range []string{"annas", "queued", "bonn", "kiel", "shared", "hidden"} {
					for _, rec := range []string{job, job + ".1"} {
						a := h.explain(tx, user, rec)
						for l, got := range map[access.Level]bool{access.ReadLevel: a.Read, access.EditLevel: a.Edit, access.DeleteLevel: a.Delete, access.TransferLevel: a.Transfer} {
							if want := found(t, tx, c, v, h.ids[rec], l); got != want {
								t.Errorf("%s at level %d of %s: explained %t, queried %t", rec, l, user, got, want)
							}
						}
						if a.Read == (len(a.Reasons) == 0) {
							t.Errorf("%s of %s: open %t, for %d reasons", rec, user, a.Read, len(a.Reasons))
						}
					}
				}
			}
			return nil
		}))
	})
}

func found(t *testing.T, tx *store.Tx, c *schema.Catalog, v access.Viewer, id schema.Id, l access.Level) bool {
	o := c.ById(id)
	st, err := query.Compile("SELECT Id FROM "+o.Name+" WHERE Id = "+soql.Quote(string(id)), c, v, query.Options{Now: time.Now(), Level: l})
	if err != nil {
		return false // the object is not there for the viewer
	}
	n, err := st.Count(tx)
	if err != nil {
		t.Fatal(err)
	}
	return n > 0
}

// TestReasonsSayThroughWhom holds the chains to what an administrator would draw on paper.
func TestReasonsSayThroughWhom(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	h.must(h.keeper.DB().View(context.Background(), func(tx *store.Tx) error {
		for _, want := range []struct {
			user, rec string
			kind      access.Kind
			via, note string
		}{
			{"admin", "annas", access.ByModifyAll, "Admin", "Profile"},
			{"auditor", "annas", access.ByViewAll, "Auditor", "Profile"},
			{"anna", "annas", access.ByOwner, "anna", "Hand"},
			{"chief", "annas", access.ByOwnerBelow, "anna", "Hand"},
			{"bert", "queued", access.ByOwner, "Queue", "Queue"},
			{"bert", "shared", access.ByShare, "bert", "Read"},
			{"bert", "bonn", access.ByRule, "Queue", "Queue"},
		} {
			a := h.explain(tx, want.user, want.rec)
			if len(a.Reasons) != 1 || len(a.Reasons[0].Via) != 1 {
				t.Errorf("%s of %s: %+v", want.rec, want.user, a.Reasons)
				continue
			}
			if r := a.Reasons[0]; r.Kind != want.kind || r.Via[0].Name != want.via || r.Via[0].Note != want.note {
				t.Errorf("%s of %s: %+v, want %+v", want.rec, want.user, r, want)
			}
		}
		if a := h.explain(tx, "anna", "kiel"); len(a.Reasons) != 1 || a.Reasons[0].Name != "work in their town" || a.Edit {
			t.Errorf("by scope: %+v", a)
		}
		line := h.explain(tx, "bert", "shared.1")
		if len(line.Reasons) != 1 || line.Reasons[0].Master == nil || line.Reasons[0].Master.Name != "shared" || len(line.Reasons[0].Of) != 1 || line.Reasons[0].Of[0].Kind != access.ByShare {
			t.Errorf("by master: %+v", line.Reasons)
		}
		if a := h.explain(tx, "bert", "hidden"); a.Read || len(a.Closed) < 3 {
			t.Errorf("what could open it: %+v", a.Closed)
		}
		if a := h.explain(tx, "nobody", "annas"); a.Read || len(a.Reasons)+len(a.Closed) != 0 {
			t.Errorf("without a right on the object nothing opens it: %+v", a)
		}
		return nil
	}))
}

package access

import (
	"testing"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

type User struct {
	schema.Standard `prefix:"005" object:"setup"`
	Name            string
	Secret          string `field:"hidden"`
	UserRoleId      string
}

type Group struct {
	schema.Standard `prefix:"00G" object:"setup"`
	Name            string
}

type GroupMember struct {
	schema.Standard `prefix:"011" object:"setup"`
	GroupId         schema.Ref[Group]
	UserOrGroupId   schema.AnyRef `to:"User,Group"`
}

type RecordShare struct {
	schema.Standard `prefix:"0Sh" object:"setup"`
	ParentId        schema.AnyRef `to:"Job"`
	UserOrGroupId   schema.AnyRef `to:"User,Group"`
	AccessLevel     string
}

type Job struct {
	schema.Standard `prefix:"a01" name:"Number"`
	Number          schema.AutoNumber `format:"{0}"`
	OwnerId         schema.AnyRef     `to:"User,Group" field:"owner"`
	Subject         string            `field:"required"`
	Price           schema.Currency
	Town            string
	Address         schema.Address
}

type Line struct {
	schema.Standard `prefix:"a02" name:"Number"`
	Number          schema.AutoNumber `format:"{0}"`
	JobId           schema.Ref[Job]   `field:"cascade"`
	Cost            schema.Currency
}

type Note struct {
	schema.Standard `prefix:"a03" name:"Title"`
	Title           string
	ParentId        schema.AnyRef `to:"Job,Line,Note" field:"cascade"`
}

type Unit struct {
	schema.Standard `prefix:"a04"`
	Name            string
}

type Log struct {
	schema.Standard `prefix:"a05" object:"readonly"`
	Name            string
}

func catalogue(t testing.TB) *schema.Catalog {
	t.Helper()
	c, err := schema.Compile(User{}, Group{}, GroupMember{}, RecordShare{}, Job{}, Line{}, Note{}, Unit{}, Log{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const (
	anna  schema.Id = "005000000000001AAA"
	bert  schema.Id = "005000000000002AAA"
	queue schema.Id = "00G000000000001AAA"
	north schema.Id = "00G000000000002AAA"
	clerk schema.Id = "00E000000000001AAA"
)

// worker is a set with full rights on jobs and their details, but not on all jobs.
func worker() Set {
	own := ObjectGrant{Read | Create | Edit | Delete, true, true}
	return Set{Name: "Worker", Objects: map[string]ObjectGrant{"Job": own, "Line": own, "Note": own, "Unit": own, "Log": own}}
}

func text(e soql.Expr) string {
	if e == nil {
		return "all"
	}
	return e.String()
}

func TestScopeIsWrittenInTheQueryLanguage(t *testing.T) {
	c := catalogue(t)
	shared := "Id IN (SELECT ParentId FROM RecordShare WHERE AccessLevel IN ('Read', 'Edit', 'All') AND UserOrGroupId IN ('" + string(anna) + "'))"
	own := "OwnerId IN ('" + string(anna) + "')"
	sees := func(s *Sharing, p Person, object string, l Level) string {
		s.Catalog = c
		return text(Grant(s, p).Scope(c.Object(object), l))
	}
	me := Person{Id: anna, Sets: []Set{worker()}}
	viewAll := Person{Id: anna, Sets: []Set{worker(), {Permissions: []string{ViewAllData}}}}
	modifyAll := Person{Id: anna, Sets: []Set{{Permissions: []string{ModifyAllData}}}}
	nobody := Person{Id: anna}
	read := map[string]Default{"Job": {Internal: ModelRead, External: ModelPrivate}}
	customer := me
	customer.External = true

	for _, tc := range []struct {
		name    string
		sharing Sharing
		person  Person
		object  string
		level   Level
		want    string
	}{
		{"private", Sharing{}, me, "Job", ReadLevel, own + " OR " + shared},
		{"no right on the object", Sharing{}, nobody, "Job", ReadLevel, "Id = NULL"},
		{"public read, seen", Sharing{Defaults: read}, me, "Job", ReadLevel, "all"},
		{"public read, customers not", Sharing{Defaults: read}, customer, "Job", ReadLevel, own + " OR " + shared},
		{"view all", Sharing{}, viewAll, "Job", ReadLevel, "all"},
		{"modify all", Sharing{}, modifyAll, "Job", DeleteLevel, "all"},
		{"modify all, configuration", Sharing{}, modifyAll, "User", EditLevel, "Id = NULL"},
		{"detail", Sharing{}, me, "Line", ReadLevel, "JobId IN (SELECT Id FROM Job WHERE " + own + " OR " + shared + ")"},
		{"detail of what all see", Sharing{Defaults: read}, me, "Line", ReadLevel, "all"},
		{"no owner, no master", Sharing{}, me, "Unit", DeleteLevel, "all"},
		{"the house's own", Sharing{}, modifyAll, "Log", ReadLevel, "all"},
		{"the house's own, changed", Sharing{}, modifyAll, "Log", EditLevel, "Id = NULL"},
		{"configuration is read", Sharing{}, nobody, "User", ReadLevel, "all"},
	} {
		if got := sees(&tc.sharing, tc.person, tc.object, tc.level); got != tc.want {
			t.Errorf("%s:\n got %s\nwant %s", tc.name, got, tc.want)
		}
	}
}

func TestDeletingADetailTakesEditingItsMaster(t *testing.T) {
	c := catalogue(t)
	set := worker()
	set.Objects["Job"] = ObjectGrant{Read | Edit, true, true}
	g := Grant(&Sharing{Catalog: c, Defaults: map[string]Default{"Job": {Internal: ModelReadWrite}}}, Person{Id: anna, Sets: []Set{set}})
	if got := text(g.Scope(c.Object("Line"), DeleteLevel)); got != "all" {
		t.Errorf("lines of jobs that may be edited: deleting is open to %s, want all", got)
	}
	set.Objects["Job"] = ObjectGrant{Read, true, true}
	g = Grant(&Sharing{Catalog: c, Defaults: map[string]Default{"Job": {Internal: ModelReadWrite}}}, Person{Id: anna, Sets: []Set{set}})
	if got := text(g.Scope(c.Object("Line"), DeleteLevel)); got != "Id = NULL" {
		t.Errorf("lines of jobs that may only be read: deleting is open to %s, want none", got)
	}
}

// A master that may be of several objects, one of them the detail itself, ends.
func TestMastersInACircle(t *testing.T) {
	c := catalogue(t)
	g := Grant(&Sharing{Catalog: c, Defaults: map[string]Default{"Job": {Internal: ModelRead}}}, Person{Id: anna, Sets: []Set{worker()}})
	want := "Parent.Type IN ('Job', 'Line')"
	if got := text(g.Scope(c.Object("Note"), ReadLevel)); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestGrantsAreUnited(t *testing.T) {
	c := catalogue(t)
	job := c.Object("Job")
	first := Set{Objects: map[string]ObjectGrant{"Job": {Rights: Edit, ReadFields: true}}, Fields: map[string]FieldGrant{"Job.Price": {}, "Job.Town": {Edit: true}}}
	second := Set{Objects: map[string]ObjectGrant{"Job": {Rights: Create}}, Fields: map[string]FieldGrant{"Job.Price": {Read: true}}}
	for _, tc := range []struct {
		name                  string
		sets                  []Set
		rights                Rights
		readsPrice, editsTown bool
	}{
		{"none", nil, NoRights, false, false},
		{"first", []Set{first}, Read | Edit, false, true},
		{"second", []Set{second}, Read | Create, true, false},
		{"both", []Set{first, second}, Read | Edit | Create, true, true},
		{"both, the other way round", []Set{second, first}, Read | Edit | Create, true, true},
	} {
		g := Grant(&Sharing{Catalog: c}, Person{Id: anna, Sets: tc.sets})
		if got := g.Object(job); got != tc.rights {
			t.Errorf("%s: rights %b, want %b", tc.name, got, tc.rights)
		}
		if got := g.Reads(job, job.Field("Price")); got != tc.readsPrice {
			t.Errorf("%s: reads Price %t, want %t", tc.name, got, tc.readsPrice)
		}
		if got := g.Edits(job, job.Field("Town")); got != tc.editsTown {
			t.Errorf("%s: edits Town %t, want %t", tc.name, got, tc.editsTown)
		}
	}
}

func TestFieldsThatNobodyCanHideOrShow(t *testing.T) {
	c := catalogue(t)
	job, user := c.Object("Job"), c.Object("User")
	hides := Set{Objects: map[string]ObjectGrant{"Job": {Rights: Read}}, Fields: map[string]FieldGrant{"Job.Subject": {}, "Job.Address": {Read: true}}}
	g := Grant(&Sharing{Catalog: c}, Person{Id: anna, Sets: []Set{hides, {Permissions: []string{CustomizeApplication}}}})
	for name, want := range map[string]bool{"Id": true, "OwnerId": true, "Number": true, "Subject": true, "Town": false, "Address": true, "Street": true} {
		if got := g.Reads(job, job.Field(name)); got != want {
			t.Errorf("reads Job.%s: %t, want %t", name, got, want)
		}
	}
	if secret := user.Field("Secret"); g.Reads(user, secret) || g.Edits(user, secret) {
		t.Error("a hidden field is open to one who may change configuration")
	}
	if !g.Reads(user, user.Field("Name")) {
		t.Error("a plain field of configuration is closed")
	}
}

package access

import (
	"testing"

	"pgregory.net/rapid"
)

// Who looks through someone's eyes sees exactly what they see, and can change nothing.
func TestLookingSeesTheSameAndChangesNothing(t *testing.T) {
	c := catalogue(t)
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		for _, user := range w.users {
			g := w.grants(c, user)
			looks := g.Looking()
			for _, o := range []string{"Job", "Line"} {
				if text(g.Scope(c.Object(o), ReadLevel)) != text(looks.Scope(c.Object(o), ReadLevel)) {
					// With the right to change all, the condition is the same by another reason.
					t.Fatalf("%s: sees %s, looking %s", o, text(g.Scope(c.Object(o), ReadLevel)), text(looks.Scope(c.Object(o), ReadLevel)))
				}
				for _, l := range []Level{EditLevel, DeleteLevel, TransferLevel} {
					if e := looks.Scope(c.Object(o), l); e == nil || !isNothing(e) {
						t.Fatalf("%s at level %d is open to who only looks, by %s", o, l, text(e))
					}
				}
			}
		}
	})
}

func TestLookingKeepsFieldsAndViewPermissions(t *testing.T) {
	c := catalogue(t)
	job, group := c.Object("Job"), c.Object("Group")
	hides := Set{Permissions: []string{ModifyAllData, CustomizeApplication, "ManageUsers", "ViewSetup"}, Fields: map[string]FieldGrant{"Job.Town": {Edit: true}}}
	some := Set{Objects: map[string]ObjectGrant{"Line": {Rights: ModifyAll}}}
	looks := Grant(&Sharing{Catalog: c}, Person{Id: anna, Sets: []Set{hides, some}}).Looking()
	for o, want := range map[string]Rights{"Job": Read | ViewAll, "Line": Read | ViewAll, "Group": Read | ViewAll} {
		if got := looks.Object(c.Object(o)); got != want {
			t.Errorf("rights on %s: %b, want %b", o, got, want)
		}
	}
	for p, want := range map[string]bool{ViewAllData: true, "ViewSetup": true, ModifyAllData: false, CustomizeApplication: false, "ManageUsers": false} {
		if looks.May(p) != want {
			t.Errorf("may %s: %t", p, !want)
		}
	}
	for _, f := range []string{"Town", "Price"} {
		if !looks.Reads(job, job.Field(f)) || looks.Edits(job, job.Field(f)) {
			t.Errorf("%s: want it read and not edited", f)
		}
	}
	if looks.Edits(group, group.Field("Name")) {
		t.Error("configuration can be edited")
	}
}

func TestExceeds(t *testing.T) {
	c := catalogue(t)
	more := Grant(&Sharing{Catalog: c}, Person{Sets: []Set{{Permissions: []string{"ViewSetup", "ManageUsers"}}}})
	less := Grant(&Sharing{Catalog: c}, Person{Sets: []Set{{Permissions: []string{"ViewSetup"}}}})
	if more.Exceeds(less) != "ManageUsers" || less.Exceeds(more) != "" || more.Exceeds(Everything{}) != "" {
		t.Errorf("exceeds: %q %q", more.Exceeds(less), less.Exceeds(more))
	}
}

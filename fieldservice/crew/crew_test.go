package crew

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// gang is a house with a crew, the resource that it is scheduled as, and three technicians.
type gang struct {
	*housetest.House
	crew *object.ServiceCrew
	as   *object.ServiceResource
	ana  *object.ServiceResource
	ben  *object.ServiceResource
	cleo *object.ServiceResource
}

func openGang(t *testing.T) *gang {
	g := &gang{House: housetest.Open(t, Rules), crew: &object.ServiceCrew{Name: "Lifters", CrewSize: schema.NewInt(2)}}
	g.Save(g.crew)
	tech := func(name string) *object.ServiceResource {
		return &object.ServiceResource{Name: name, IsActive: true, ResourceType: object.ResourceTypeTechnician}
	}
	g.ana, g.ben, g.cleo = tech("Ana"), tech("Ben"), tech("Cleo")
	g.as = &object.ServiceResource{Name: "Lifters", IsActive: true, ResourceType: object.ResourceTypeCrew, ServiceCrewId: schema.Ref[object.ServiceCrew](g.crew.Id)}
	g.Save(g.ana, g.ben, g.cleo, g.as)
	return g
}

// day returns midnight of a day in March; 0 is null.
func day(n int) schema.DateTime {
	if n == 0 {
		return schema.DateTime{}
	}
	return schema.At(time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC))
}

func (g *gang) member(r *object.ServiceResource, from, to int) *object.ServiceCrewMember {
	return &object.ServiceCrewMember{ServiceCrewId: schema.Ref[object.ServiceCrew](g.crew.Id), ServiceResourceId: schema.Ref[object.ServiceResource](r.Id), StartDate: day(from), EndDate: day(to)}
}

func (g *gang) assigned(a *object.ServiceAppointment) string {
	var names []string
	for _, ar := range housetest.Find[object.AssignedResource](g.House, "ServiceAppointmentId = ?", a.Id) {
		names = append(names, housetest.Load[object.ServiceResource](g.House, schema.Id(ar.ServiceResourceId)).Name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

func TestCrewVisit(t *testing.T) {
	g := openGang(t)
	g.Save(g.member(g.ana, 1, 0), g.member(g.ben, 1, 10), g.member(g.cleo, 10, 0))
	account := &object.Account{Name: "Bakery"}
	g.Save(account)
	visit := &object.ServiceAppointment{ParentRecordId: schema.AnyRef(account.Id), Status: object.AppointmentStatusNone, EarliestStartTime: day(1), DueDate: day(20), SchedStartTime: day(9), SchedEndTime: day(10)}
	g.Save(visit)
	to := &object.AssignedResource{ServiceAppointmentId: schema.Ref[object.ServiceAppointment](visit.Id), ServiceResourceId: schema.Ref[object.ServiceResource](g.as.Id)}
	g.Save(to)
	want := func(names string) {
		t.Helper()
		if got := g.assigned(visit); got != names {
			t.Errorf("the visit is given to %q, not %q", got, names)
		}
	}
	want("Ana Ben Lifters")
	if string(to.ServiceCrewId) != string(g.crew.Id) {
		t.Errorf("the crew is %q", to.ServiceCrewId)
	}
	visit = housetest.Load[object.ServiceAppointment](g.House, visit.Id)
	visit.SchedStartTime, visit.SchedEndTime = day(11), day(12)
	g.Save(visit)
	want("Ana Cleo Lifters")
	g.Delete(to.Id)
	want("")
	g.Undelete(to.Id)
	want("Ana Cleo Lifters")
}

func TestRefusals(t *testing.T) {
	g := openGang(t)
	lead := g.member(g.ana, 5, 10)
	lead.IsLeader = true
	g.Save(lead)
	other := &object.ServiceCrew{Name: "Others", CrewSize: schema.NewInt(1)}
	g.Save(other)
	second := g.member(g.ben, 8, 0)
	second.IsLeader = true
	elsewhere := g.member(g.ana, 9, 12)
	elsewhere.ServiceCrewId = schema.Ref[object.ServiceCrew](other.Id)
	contractor := &object.ServiceResource{Name: "Contractor", IsActive: true, ResourceType: object.ResourceTypeTechnician, IsCapacityBased: true}
	g.Save(contractor)
	for _, c := range []struct {
		name, field string
		rec         any
	}{
		{"in two crews", "StartDate", elsewhere},
		{"two leaders", "IsLeader", second},
		{"an end before the start", "EndDate", g.member(g.cleo, 5, 5)},
		{"a crew in a crew", "ServiceResourceId", g.member(g.as, 1, 0)},
		{"a contractor in a crew", "ServiceResourceId", g.member(contractor, 1, 0)},
		{"an empty crew", "CrewSize", &object.ServiceCrew{Name: "None", CrewSize: schema.NewInt(0)}},
		{"a crew resource without a crew", "ServiceCrewId", &object.ServiceResource{Name: "C", ResourceType: object.ResourceTypeCrew}},
		{"a crew scheduled twice", "ServiceCrewId", &object.ServiceResource{Name: "C", ResourceType: object.ResourceTypeCrew, ServiceCrewId: g.as.ServiceCrewId}},
	} {
		if f := g.RefusesToSave(c.rec); !slices.Contains(f.Fields, c.field) {
			t.Errorf("%s: %q names %v", c.name, f.Message, f.Fields)
		}
	}
	after := g.member(g.ana, 10, 0)
	g.Save(after) // one crew ends when the next begins
	g.Delete(lead.Id)
	g.Save(g.member(g.ana, 6, 9))
	g.Refused(func(tx *record.Tx) error { return tx.Undelete(lead.Id) })
}

// TestOverlap compares with days that are gone through one by one.
func TestOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (m *object.ServiceCrewMember, on [32]bool) {
			from := rapid.IntRange(1, 20).Draw(t, name)
			to := rapid.SampledFrom([]int{0, from + 1, from + 3, from + 9}).Draw(t, name+" to")
			for d := from; d < 32 && (to == 0 || d < to); d++ {
				on[d] = true
			}
			return &object.ServiceCrewMember{StartDate: day(from), EndDate: day(to)}, on
		}
		a, onA := draw("a")
		b, onB := draw("b")
		both := false
		for d := range onA {
			both = both || onA[d] && onB[d]
		}
		if overlap(a, b) != both || overlap(b, a) != both {
			t.Fatalf("overlap is not %v", both)
		}
	})
}

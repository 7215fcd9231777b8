package timesheet

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/job"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// office is a house with a technician and their sheet of a week.
type office struct {
	*housetest.House
	ana   *object.ServiceResource
	sheet *object.TimeSheet
}

func openOffice(t testing.TB) *office { return officeOn(t, storetest.SQLite(t, store.Options{})) }

func officeOn(t testing.TB, db *store.DB) *office {
	o := &office{House: housetest.On(t, db, Rules)}
	o.ana = &object.ServiceResource{Name: "Ana", IsActive: true, ResourceType: object.ResourceTypeTechnician}
	o.Save(o.ana)
	o.sheet = o.newSheet(2, 8)
	return o
}

func (o *office) newSheet(from, to int) *object.TimeSheet {
	s := &object.TimeSheet{ServiceResourceId: resourceRef(o.ana.Id), StartDate: schema.Day(2026, 3, from), EndDate: schema.Day(2026, 3, to)}
	o.Save(s)
	return s
}

// clock returns a time on Monday, the 2nd of March.
func clock(hour, minute, second int) schema.DateTime {
	return schema.At(time.Date(2026, 3, 2, hour, minute, second, 0, time.UTC))
}

func (o *office) entry(from, to schema.DateTime) *object.TimeSheetEntry {
	return &object.TimeSheetEntry{TimeSheetId: sheetRef(o.sheet.Id), Type: object.TimeEntryTypeDirect, StartTime: from, EndTime: to}
}

func (o *office) total() string {
	s := housetest.Load[object.TimeSheet](o.House, o.sheet.Id)
	return s.TimeSheetEntryCount.String() + " entries, " + s.TotalDurationInMinutes.String() + " minutes, " + s.TotalDurationInHours.String() + " hours"
}

func TestTotals(t *testing.T) {
	o := openOffice(t)
	a, b := o.entry(clock(8, 0, 0), clock(9, 20, 29)), o.entry(clock(9, 20, 29), clock(10, 0, 0))
	o.Save(a, b, o.entry(clock(10, 0, 0), schema.DateTime{}))
	if got, want := o.total(), "3 entries, 120 minutes, 2 hours"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
	o.Delete(b.Id)
	if got, want := o.total(), "2 entries, 80 minutes, 1.33 hours"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

func TestOverlaps(t *testing.T) {
	o := openOffice(t)
	a := o.entry(clock(8, 0, 0), clock(10, 0, 0))
	o.Save(a)
	o.sheet = o.newSheet(2, 3) // another sheet of the same person
	if f := o.RefusesToSave(o.entry(clock(9, 59, 0), clock(11, 0, 0))); !strings.Contains(f.Message, string(a.TimeSheetEntryNumber)) {
		t.Errorf("%q does not name what it overlaps", f.Message)
	}
	if err := o.Try(func(tx *record.Tx) error {
		return tx.Save(o.entry(clock(12, 0, 0), clock(14, 0, 0)), o.entry(clock(13, 0, 0), clock(13, 30, 0)))
	}); err == nil {
		t.Error("two of one batch overlap")
	}
	o.Delete(a.Id)
	o.Save(o.entry(clock(9, 59, 0), clock(11, 0, 0)))
	if f := o.Refused(func(tx *record.Tx) error { return tx.Undelete(a.Id) }); !slices.Contains(f.Fields, "StartTime") {
		t.Errorf("time came back into other time: %v", f)
	}
}

func TestHandedIn(t *testing.T) {
	o := openOffice(t)
	e := o.entry(clock(8, 0, 0), clock(9, 0, 0))
	o.Save(e)
	turn := func(s object.TimeSheetStatus) error {
		return o.Try(func(tx *record.Tx) error {
			sheet, err := record.Get(tx, sheetRef(o.sheet.Id))
			if err != nil {
				return err
			}
			sheet.Status = s
			return tx.Save(sheet)
		})
	}
	if turn(object.TimeSheetStatusApproved) == nil {
		t.Error("approved before it was submitted")
	}
	change := func() error {
		return o.Try(func(tx *record.Tx) error {
			got, err := record.Get(tx, schema.Ref[object.TimeSheetEntry](e.Id))
			if err != nil {
				return err
			}
			got.EndTime = got.EndTime.Add(time.Minute)
			return tx.Save(got)
		})
	}
	if err := turn(object.TimeSheetStatusSubmitted); err != nil {
		t.Fatal(err)
	}
	if got := housetest.Load[object.TimeSheetEntry](o.House, e.Id); got.Status != object.TimeEntryStatusSubmitted {
		t.Errorf("the entry is %s", got.Status)
	}
	if change() == nil {
		t.Error("what was handed in changed")
	}
	if err := turn(object.TimeSheetStatusRecalled); err != nil {
		t.Fatal(err)
	}
	if err := change(); err != nil {
		t.Errorf("recalled, but: %v", err)
	}
	for _, s := range []object.TimeSheetStatus{object.TimeSheetStatusSubmitted, object.TimeSheetStatusApproved} {
		if err := turn(s); err != nil {
			t.Fatal(err)
		}
	}
	for what, err := range map[string]error{
		"an approved sheet was recalled": turn(object.TimeSheetStatusRecalled),
		"an approved entry changed":      change(),
		"an approved entry went":         o.Try(func(tx *record.Tx) error { return tx.Delete(e.Id) }),
		"an approved sheet went":         o.Try(func(tx *record.Tx) error { return tx.Delete(o.sheet.Id) }),
		"an approved sheet got an entry": o.Try(func(tx *record.Tx) error { return tx.Save(o.entry(clock(12, 0, 0), clock(13, 0, 0))) }),
	} {
		if _, refused := record.FaultsOf(err); !refused {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	o := openOffice(t)
	for _, c := range []struct {
		name, field string
		rec         any
	}{
		{"a sheet that ends before it starts", "EndDate", &object.TimeSheet{ServiceResourceId: resourceRef(o.ana.Id), StartDate: schema.Day(2026, 3, 2), EndDate: schema.Day(2026, 3, 1)}},
		{"an entry back in time", "EndTime", o.entry(clock(9, 0, 0), clock(8, 0, 0))},
		{"an entry that never began", "StartTime", o.entry(schema.DateTime{}, clock(8, 0, 0))},
		{"an entry of another month", "StartTime", o.entry(clock(9, 0, 0).Add(-40*24*time.Hour), clock(8, 0, 0))},
		{"a template of every now and then", "Frequency", &object.TimeSheetTemplate{MasterLabel: "T", Frequency: "Sometimes"}},
		{"a template of a week without such a day", "WorkWeekStartDay", &object.TimeSheetTemplate{MasterLabel: "T", Frequency: "Weekly", WorkWeekStartDay: "Moonday"}},
		{"a template without a start", "StartDate", &object.TimeSheetTemplate{MasterLabel: "T", Frequency: "Weekly", Active: true}},
	} {
		if f := o.RefusesToSave(c.rec); !slices.Contains(f.Fields, c.field) {
			t.Errorf("%s: %q names %v", c.name, f.Message, f.Fields)
		}
	}
}

func TestVisitIsEntered(t *testing.T) {
	o := openOffice(t)
	o.Save(&object.WorkSetting{Name: "Work", TimeFromVisits: true})
	w := &object.WorkOrder{Subject: "Repair"}
	o.Save(w)
	visit := func(from, to schema.DateTime) {
		v := &object.ServiceAppointment{ParentRecordId: schema.AnyRef(w.Id), Status: object.AppointmentStatusNone, EarliestStartTime: from, DueDate: to, SchedStartTime: from, SchedEndTime: to}
		o.Save(v)
		o.Save(&object.AssignedResource{ServiceAppointmentId: schema.Ref[object.ServiceAppointment](v.Id), ServiceResourceId: resourceRef(o.ana.Id)})
		v = housetest.Load[object.ServiceAppointment](o.House, v.Id)
		v.ActualStartTime, v.ActualEndTime, v.StatusCategory = from, to, object.AppointmentCategoryCompleted
		o.Save(v)
	}
	visit(clock(8, 0, 0), clock(9, 30, 0))
	visit(clock(9, 0, 0), clock(10, 0, 0)) // overlaps: the visit is done, the time is for a person to sort out
	entries := housetest.Find[object.TimeSheetEntry](o.House, "WorkOrderId = ?", w.Id)
	if len(entries) != 1 || entries[0].DurationInMinutes.Int64() != 90 || string(entries[0].TimeSheetId) != string(o.sheet.Id) {
		t.Errorf("%d entries: %+v", len(entries), entries)
	}
	later := clock(8, 0, 0).Add(30 * 24 * time.Hour)
	visit(later, later.Add(time.Hour))
	if n := len(housetest.Find[object.TimeSheet](o.House, "ServiceResourceId = ?", o.ana.Id)); n != 2 {
		t.Errorf("%d sheets", n)
	}
}

func TestSheetsByThemselves(t *testing.T) {
	var now atomic.Int64
	now.Store(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).UnixMilli())
	o := officeOn(t, storetest.SQLite(t, store.Options{Now: func() time.Time { return time.UnixMilli(now.Load()) }}))
	o.Save(&object.TimeSheetTemplate{MasterLabel: "Weeks", Active: true, Frequency: "Weekly", WorkWeekStartDay: "Monday", StartDate: schema.Day(2026, 3, 9)},
		&object.ServiceResource{Name: "Dispatcher", IsActive: true, ResourceType: object.ResourceTypeDispatcher})
	q, err := job.Open(o.DB(), o.Keeper, Jobs, job.Options{})
	if err != nil {
		t.Fatal(err)
	}
	count := func(want int) {
		t.Helper()
		if _, err := q.Tick(context.Background()); err != nil {
			t.Fatal(err)
		}
		if got := len(housetest.Find[object.TimeSheet](o.House, "StartDate >= 2026-03-09")); got != want {
			t.Errorf("%s: %d sheets, not %d", o.Now(), got, want)
		}
	}
	for _, step := range []struct {
		days, sheets int
	}{{0, 0}, {5, 0}, {1, 1}, {1, 1}, {6, 2}, {14, 3}} {
		o.Tick(time.Duration(step.days) * 24 * time.Hour)
		now.Add((time.Duration(step.days)*24*time.Hour + time.Hour).Milliseconds())
		count(step.sheets)
	}
}

// TestPeriods holds that periods follow each other without gap and overlap, and hold the days that they are asked for.
func TestPeriods(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tpl := &object.TimeSheetTemplate{Frequency: rapid.SampledFrom(frequencies).Draw(t, "frequency"), WorkWeekStartDay: rapid.SampledFrom(append([]string{""}, days...)).Draw(t, "week"),
			StartDate: schema.DayNumber(rapid.Int64Range(19000, 21000).Draw(t, "start"))}
		day := tpl.StartDate.AddDays(rapid.IntRange(0, 800).Draw(t, "day"))
		from, to := period(tpl, day)
		if day.Before(from) || day.After(to) {
			t.Fatalf("%s is not from %s to %s", day, from, to)
		}
		for _, d := range []schema.Date{from, to} {
			if f, e := period(tpl, d); f != from || e != to {
				t.Fatalf("%s is from %s to %s, not from %s to %s", d, f, e, from, to)
			}
		}
		if f, _ := period(tpl, to.AddDays(1)); f != to.AddDays(1) {
			t.Fatalf("after %s comes %s", to, f)
		}
	})
}

// BenchmarkEntries enters one person's time in portions, ever later.
func BenchmarkEntries(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				o := openOffice(b)
				o.sheet = &object.TimeSheet{ServiceResourceId: resourceRef(o.ana.Id), StartDate: schema.Day(2026, 3, 1), EndDate: schema.Day(2027, 3, 1)}
				o.Save(o.sheet)
				recs := make([]any, n)
				for i := range recs {
					at := clock(0, 0, 0).Add(time.Duration(i) * 10 * time.Minute)
					recs[i] = o.entry(at, at.Add(10*time.Minute))
				}
				o.Save(recs...)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/entry")
		})
	}
}

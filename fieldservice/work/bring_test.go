package work

import (
	"testing"
	"time"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestWorkTypeBrings(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := worldOn(t, db)
		wt := w.workType()
		w.plan(wt, &object.WorkStepTemplate{Name: "Look"}, &object.WorkStepTemplate{Name: "Mend"})
		o := w.order(object.WorkOrder{WorkTypeId: ref[object.WorkType](wt.Id), Subject: "Cold"})
		is(t, "duration", o.Duration, schema.DecInt(2))
		is(t, "minutes", o.DurationInMinutes, schema.DecInt(120))
		is(t, "crew", o.MinimumCrewSize, schema.NewInt(2))
		is(t, "skills", len(housetest.Find[object.SkillRequirement](w.House, "RelatedRecordId = ?", o.Id)), 1)
		is(t, "parts", len(housetest.Find[object.ProductRequired](w.House, "ParentRecordId = ?", o.Id)), 1)
		is(t, "articles", len(housetest.Find[object.LinkedArticle](w.House, "LinkedEntityId = ?", o.Id)), 1)
		is(t, "steps", len(housetest.Find[object.WorkStep](w.House, "WorkOrderId = ?", o.Id)), 2)
		visits := housetest.Find[object.ServiceAppointment](w.House, "ParentRecordId = ?", o.Id)
		is(t, "visits", len(visits), 1)
		a := visits[0]
		is(t, "subject", a.Subject, "Cold")
		is(t, "minutes", a.DurationInMinutes, schema.DecInt(120))
		is(t, "account", a.AccountId, o.AccountId)
		is(t, "city", a.Address.City, "Bergen")
		is(t, "due after", a.DueDate.Sub(a.EarliestStartTime), 7*24*time.Hour)
		is(t, "count", housetest.Load[object.WorkOrder](w.House, o.Id).ServiceAppointmentCount, schema.NewInt(1))
	})
}

// What is there already stays; a type given later brings the rest, and no second appointment.
func TestWorkTypeFillsOnlyWhatIsEmpty(t *testing.T) {
	w := newWorld(t)
	wt := w.workType()
	o := w.order(object.WorkOrder{Duration: schema.DecInt(30), DurationType: object.DurationTypeMinutes})
	w.visit(object.ServiceAppointment{ParentRecordId: schema.AnyRef(o.Id)})
	skill := housetest.Find[object.Skill](w.House, "")[0]
	w.Save(&object.SkillRequirement{RelatedRecordId: schema.AnyRef(o.Id), SkillId: ref[object.Skill](skill.Id)})
	w.Do(change(w, o, func(o *object.WorkOrder) { o.WorkTypeId = ref[object.WorkType](wt.Id) }))
	o = housetest.Load[object.WorkOrder](w.House, o.Id)
	is(t, "minutes", o.DurationInMinutes, schema.DecInt(30))
	is(t, "skills", len(housetest.Find[object.SkillRequirement](w.House, "RelatedRecordId = ?", o.Id)), 1)
	is(t, "parts", len(housetest.Find[object.ProductRequired](w.House, "ParentRecordId = ?", o.Id)), 1)
	is(t, "visits", len(housetest.Find[object.ServiceAppointment](w.House, "ParentRecordId = ?", o.Id)), 1)
}

func TestLineTakesItsOwnType(t *testing.T) {
	w := newWorld(t)
	wt := w.workType()
	o := w.order(object.WorkOrder{Subject: "Whole house"})
	l := &object.WorkOrderLineItem{WorkOrderId: ref[object.WorkOrder](o.Id), WorkTypeId: ref[object.WorkType](wt.Id)}
	w.Save(l)
	is(t, "minutes", l.DurationInMinutes, schema.DecInt(120))
	a := housetest.Find[object.ServiceAppointment](w.House, "ParentRecordId = ?", l.Id)[0]
	is(t, "account of the order", a.AccountId, o.AccountId)
	is(t, "parent", a.ParentRecordType, "WorkOrderLineItem")
	is(t, "count of the line", housetest.Load[object.WorkOrderLineItem](w.House, l.Id).ServiceAppointmentCount, schema.NewInt(1))
	is(t, "count of the order", housetest.Load[object.WorkOrder](w.House, o.Id).ServiceAppointmentCount, schema.NewInt(0))
}

// One refused order of a batch does not harm the others, although what belongs to them is saved together.
func TestBatchOfOrders(t *testing.T) {
	w := newWorld(t)
	wt := w.workType()
	good := `{"Subject":"good","WorkTypeId":"` + string(wt.Id) + `"}`
	bad := `{"Subject":"bad","WorkTypeId":"` + string(wt.Id) + `","Status":"Nonsense"}`
	results := w.Apply(nil, record.Insert, "WorkOrder", good, bad, good)
	for i, want := range []int{0, 1, 0} {
		is(t, "faults", len(results[i].Faults), want)
	}
	is(t, "visits", len(housetest.Find[object.ServiceAppointment](w.House, "")), 2)
}

func TestFromCase(t *testing.T) {
	w := newWorld(t)
	hours := &object.BusinessHours{Name: "Always", TimeZoneSidKey: "UTC"}
	w.Save(hours)
	asset := &object.Asset{Name: "Boiler", AccountId: ref[object.Account](w.account.Id)}
	w.Save(asset)
	c := &object.Case{Subject: "No heat", AccountId: ref[object.Account](w.account.Id), AssetId: ref[object.Asset](asset.Id), BusinessHoursId: ref[object.BusinessHours](hours.Id)}
	w.Save(c)
	o := &object.WorkOrder{CaseId: ref[object.Case](c.Id)}
	w.Save(o)
	is(t, "account", o.AccountId, c.AccountId)
	is(t, "asset", o.AssetId, c.AssetId)
	is(t, "subject", o.Subject, "No heat")
}

func TestSums(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := worldOn(t, db)
		o := w.order(object.WorkOrder{Tax: schema.Currency{Decimal: schema.DecInt(5)}})
		money := func(cents int64) schema.Currency { return schema.Currency{Decimal: schema.Dec(cents, 2)} }
		var lines []*object.WorkOrderLineItem
		for range 3 {
			lines = append(lines, &object.WorkOrderLineItem{WorkOrderId: ref[object.WorkOrder](o.Id), Subtotal: money(1010), TotalPrice: money(909)})
		}
		w.Do(func(tx *record.Tx) error { return saveAll(tx, lines) })
		check := func(when string, n, sub, total int64) {
			t.Helper()
			got := housetest.Load[object.WorkOrder](w.House, o.Id)
			is(t, when+": lines", got.LineItemCount, schema.NewInt(n))
			is(t, when+": subtotal", got.Subtotal, money(sub))
			is(t, when+": total", got.TotalPrice, money(total))
			is(t, when+": grand total", got.GrandTotal, money(total+500))
		}
		check("inserted", 3, 3030, 2727)
		is(t, "discount", housetest.Load[object.WorkOrder](w.House, o.Id).Discount.Decimal, schema.DecInt(10))
		is(t, "number", string(lines[2].LineItemNumber), "00000003")
		w.Delete(lines[1].Id)
		check("deleted", 2, 2020, 1818)
		w.Undelete(lines[1].Id)
		check("undeleted", 3, 3030, 2727)
		w.Do(change(w, lines[0], func(l *object.WorkOrderLineItem) { l.TotalPrice = money(1) }))
		check("changed", 3, 3030, 1819)
	})
}

package maintenance

import (
	"slices"
	"strings"
	"testing"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// agreed is a house with a customer, two assets and a plan for them: every three months, for half a year ahead.
type agreed struct {
	*housetest.House
	plan           *object.MaintenancePlan
	boiler, burner *object.Asset
}

func open(t *testing.T) *agreed {
	h := &agreed{House: housetest.Open(t, nil)}
	customer := &object.Account{Name: "Foster"}
	h.Save(customer)
	account := schema.Ref[object.Account](customer.Id)
	h.boiler, h.burner = &object.Asset{Name: "Boiler", AccountId: account}, &object.Asset{Name: "Burner", AccountId: account}
	h.plan = &object.MaintenancePlan{MaintenancePlanTitle: "Service", AccountId: account, StartDate: schema.Day(2026, 1, 1), NextSuggestedMaintenanceDate: schema.Day(2026, 3, 31), Frequency: schema.NewInt(3), FrequencyType: object.UnitOfTimeMonths,
		GenerationTimeframe: schema.NewInt(6), GenerationTimeframeType: object.UnitOfTimeMonths, MaintenanceWindowStartDays: schema.NewInt(3), MaintenanceWindowEndDays: schema.NewInt(7), SvcApptGenerationMethod: object.AppointmentGenerationPerWorkOrder}
	h.Save(h.boiler, h.burner, h.plan)
	return h
}

func (h *agreed) covers(assets ...*object.Asset) {
	for _, a := range assets {
		h.Save(&object.MaintenanceAsset{MaintenancePlanId: schema.Ref[object.MaintenancePlan](h.plan.Id), AssetId: schema.Ref[object.Asset](a.Id)})
	}
}

func (h *agreed) change(f func(*object.MaintenancePlan)) {
	h.plan = housetest.Load[object.MaintenancePlan](h.House, h.plan.Id)
	f(h.plan)
	h.Save(h.plan)
}

func (h *agreed) generate() (out made) {
	h.T.Helper()
	h.Do(func(tx *record.Tx) (err error) {
		out, err = generate(tx, asked{schema.Ref[object.MaintenancePlan](h.plan.Id)})
		return err
	})
	return out
}

// orders returns the subjects and dates of all orders, the earliest first.
func (h *agreed) orders() string {
	var list []string
	for _, w := range housetest.Find[object.WorkOrder](h.House, "IsGeneratedFromMaintenancePlan = TRUE ORDER BY SuggestedMaintenanceDate, Subject") {
		list = append(list, w.Subject+" "+w.SuggestedMaintenanceDate.String())
	}
	return strings.Join(list, "; ")
}

func is(t *testing.T, what string, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestEachAssetGetsItsWork(t *testing.T) {
	h := open(t)
	h.covers(h.boiler, h.burner)
	out := h.generate()
	is(t, "orders", h.orders(), "Service: Boiler 2026-03-31; Service: Burner 2026-03-31; Service: Boiler 2026-06-30; Service: Burner 2026-06-30")
	is(t, "answer", len(out.WorkOrderIds), 4)
	is(t, "next", out.NextDate, schema.Day(2026, 9, 30))
	is(t, "kept", housetest.Load[object.MaintenancePlan](h.House, h.plan.Id).NextSuggestedMaintenanceDate, out.NextDate)
	visits := housetest.Find[object.ServiceAppointment](h.House, "ParentRecordId = ?", out.WorkOrderIds[0])
	is(t, "window", visits[0].EarliestStartTime.String()[:10]+" "+visits[0].DueDate.String()[:10], "2026-03-28 2026-04-08")
	is(t, "later", len(h.generate().WorkOrderIds), 4)
	is(t, "moved on", housetest.Load[object.MaintenancePlan](h.House, h.plan.Id).NextSuggestedMaintenanceDate, schema.Day(2027, 3, 31).AddDays(-1))
}

func TestACustomerAsAWhole(t *testing.T) {
	h := open(t)
	h.change(func(p *object.MaintenancePlan) { p.EndDate = schema.Day(2026, 4, 30) })
	h.generate()
	is(t, "until the plan ends", h.orders(), "Service 2026-03-31")
	is(t, "and no more", len(h.generate().WorkOrderIds), 0)
	is(t, "says so", housetest.Load[object.MaintenancePlan](h.House, h.plan.Id).WorkOrderGenerationStatus, object.GenerationStatusNoWorkOrderGenerated)
}

func TestOneOrderADayWithALineForEachAsset(t *testing.T) {
	h := open(t)
	h.covers(h.boiler, h.burner)
	h.change(func(p *object.MaintenancePlan) { p.WorkOrderGenerationMethod = object.WorkGenerationLinePerAsset })
	out := h.generate()
	is(t, "orders", h.orders(), "Service 2026-03-31; Service 2026-06-30")
	lines := housetest.Find[object.WorkOrderLineItem](h.House, "WorkOrderId = ?", out.WorkOrderIds[0])
	is(t, "lines", len(lines), 2)
	is(t, "assets", slices.ContainsFunc(lines, func(l *object.WorkOrderLineItem) bool { return string(l.AssetId) == string(h.burner.Id) }), true)
}

func TestTheNextWaitsForTheLast(t *testing.T) {
	h := open(t)
	h.covers(h.boiler)
	h.change(func(p *object.MaintenancePlan) { p.DoesGenerateUponCompletion = true })
	out := h.generate()
	is(t, "one at a time", h.orders(), "Service: Boiler 2026-03-31")
	is(t, "waits", len(h.generate().WorkOrderIds), 0)
	last := housetest.Load[object.WorkOrder](h.House, out.WorkOrderIds[0])
	last.Status, last.StatusCategory = object.WorkStatusCompleted, object.WorkCategoryCompleted
	h.Save(last)
	h.generate()
	is(t, "then the next", h.orders(), "Service: Boiler 2026-03-31; Service: Boiler 2026-06-30")
}

func TestWhatIsRefused(t *testing.T) {
	h := open(t)
	for field, f := range map[string]func(*object.MaintenancePlan){
		"Frequency":                  func(p *object.MaintenancePlan) { p.Frequency = schema.Int{} },
		"DoesAutoGenerateWorkOrders": func(p *object.MaintenancePlan) { p.DoesAutoGenerateWorkOrders, p.Frequency = true, schema.NewInt(3) },
	} {
		h.change(f)
		fault := h.Refused(func(tx *record.Tx) error {
			_, err := generate(tx, asked{schema.Ref[object.MaintenancePlan](h.plan.Id)})
			return err
		})
		is(t, "field", fault.Fields[0], field)
		h.change(func(p *object.MaintenancePlan) { p.DoesAutoGenerateWorkOrders, p.Frequency = false, schema.NewInt(3) })
	}
	h.change(func(p *object.MaintenancePlan) {
		p.Frequency, p.FrequencyType, p.GenerationTimeframe, p.GenerationTimeframeType = schema.NewInt(1), object.UnitOfTimeDays, schema.NewInt(9), object.UnitOfTimeYears
	})
	h.Refused(func(tx *record.Tx) error {
		_, err := generate(tx, asked{schema.Ref[object.MaintenancePlan](h.plan.Id)})
		return err
	})
}

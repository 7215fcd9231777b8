package maintenance

import (
	"cmp"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// asked says whose work is to be made.
type asked struct {
	MaintenancePlanId schema.Ref[object.MaintenancePlan] `field:"required" help:"the plan whose work is due"`
}

// made are the orders, by date and asset, and the plan's next date; null when it has come to its end.
type made struct {
	WorkOrderIds []schema.Id
	NextDate     schema.Date
}

// most is how many orders one request makes: more is a slip in the frequency.
const most = 500

// turn is one visit that a plan asks for.
type turn struct {
	day   schema.Date
	asset *object.MaintenanceAsset // nil is the customer as a whole
}

// generate makes the work of a plan in the name of whoever asks.
func generate(tx *record.Tx, in asked) (out made, err error) {
	if err := mayGenerate(tx, in); err != nil {
		return out, err
	}
	plan, err := record.Lock(tx, in.MaintenancePlanId)
	if err != nil {
		return out, err
	}
	if plan.DoesAutoGenerateWorkOrders {
		return out, record.Refuse("FIELD_INTEGRITY_EXCEPTION", "DoesAutoGenerateWorkOrders: the work of this plan is made by itself; switch that off to make it on demand", "DoesAutoGenerateWorkOrders")
	}
	if plan.Frequency.Int64() <= 0 {
		return out, record.Refuse("REQUIRED_FIELD_MISSING", "Frequency: say how often the plan comes round", "Frequency")
	}
	assets, err := record.FindBy[object.MaintenanceAsset](tx, "MaintenancePlanId", plan.Id)
	if err != nil {
		return out, err
	}
	turns, err := due(tx, plan, assets)
	if err != nil {
		return out, err
	}
	if out.WorkOrderIds, err = book(tx, plan, turns); err != nil {
		return out, err
	}
	out.NextDate = plan.NextSuggestedMaintenanceDate
	plan.WorkOrderGenerationStatus = object.GenerationStatusComplete
	if len(turns) == 0 {
		plan.WorkOrderGenerationStatus = object.GenerationStatusNoWorkOrderGenerated
	}
	recs := []any{plan}
	for _, a := range assets {
		recs = append(recs, a)
	}
	return out, tx.Save(recs...)
}

// mayGenerate refuses those who do not see the plan, or may not make work of it.
func mayGenerate(tx *record.Tx, in asked) error {
	v := tx.Viewer()
	if v == nil {
		return nil
	}
	if sees, err := record.Sees(tx, v, schema.Id(in.MaintenancePlanId)); err != nil || !sees {
		return cmp.Or(err, record.Refuse("INVALID_CROSS_REFERENCE_KEY", "maintenancePlanId: there is no such plan for you", "maintenancePlanId"))
	}
	for name, right := range map[string]access.Rights{"WorkOrder": access.Create, "MaintenancePlan": access.Edit} {
		if o := tx.Catalog().Object(name); !v.Object(o).Has(right) {
			return record.Refuse("INSUFFICIENT_ACCESS_OR_READONLY", "You may not make work of maintenance plans: it takes the rights to edit plans and to create work orders")
		}
	}
	return nil
}

// due returns the visits of a plan within its timeframe, and moves the dates of the plan and its assets past them.
func due(tx *record.Tx, plan *object.MaintenancePlan, assets []*object.MaintenanceAsset) (turns []turn, err error) {
	if len(assets) == 0 {
		days, next := daysOf(plan, plan.NextSuggestedMaintenanceDate)
		for _, d := range days {
			turns = append(turns, turn{day: d})
		}
		plan.NextSuggestedMaintenanceDate = next
		return turns, tooMany(turns)
	}
	var first schema.Date
	for _, a := range assets {
		start := a.NextSuggestedMaintenanceDate
		if start.IsNull() {
			start = plan.NextSuggestedMaintenanceDate
		}
		waits := false
		if plan.DoesGenerateUponCompletion {
			open, err := record.Count[object.WorkOrder](tx, "MaintenancePlanId = ? AND AssetId = ? AND StatusCategory NOT IN ('Completed', 'Closed', 'CannotComplete', 'Canceled')", plan.Id, a.AssetId)
			if err != nil {
				return nil, err
			}
			waits = open > 0
		}
		a.NextSuggestedMaintenanceDate = start
		if !waits {
			days, next := daysOf(plan, start)
			for _, d := range days {
				turns = append(turns, turn{d, a})
			}
			a.NextSuggestedMaintenanceDate = next
		}
		if first.IsNull() || a.NextSuggestedMaintenanceDate.Before(first) {
			first = a.NextSuggestedMaintenanceDate
		}
	}
	plan.NextSuggestedMaintenanceDate = first
	return turns, tooMany(turns)
}

func tooMany(turns []turn) error {
	if len(turns) <= most {
		return nil
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "Frequency: so often, and for so many assets, the plan would make more than 500 work orders at once; shorten GenerationTimeframe", "Frequency", "GenerationTimeframe")
}

// daysOf returns the days from the first on on which a plan comes round within its timeframe, and the one after them.
// Each is counted from the first, so that the 31st comes back after a shorter month.
func daysOf(plan *object.MaintenancePlan, first schema.Date) (days []schema.Date, next schema.Date) {
	end := add(first, plan.GenerationTimeframe.Int64(), plan.GenerationTimeframeType)
	every := plan.Frequency.Int64()
	for i := int64(0); ; i++ {
		day := add(first, i*every, plan.FrequencyType)
		over := !plan.EndDate.IsNull() && day.After(plan.EndDate)
		switch {
		case over, !day.Before(end), len(days) > most:
			return days, day
		case plan.DoesGenerateUponCompletion && i > 0:
			return days, day
		}
		days = append(days, day)
	}
}

func add(d schema.Date, n int64, unit object.UnitOfTime) schema.Date {
	switch unit {
	case object.UnitOfTimeWeeks:
		return d.AddDays(int(7 * n))
	case object.UnitOfTimeMonths:
		return d.AddMonths(int(n))
	case object.UnitOfTimeYears:
		return d.AddMonths(int(12 * n))
	}
	return d.AddDays(int(n))
}

// book saves the work of turns: an order each, or one a day with a line for each asset.
func book(tx *record.Tx, plan *object.MaintenancePlan, turns []turn) (ids []schema.Id, err error) {
	byDay := map[schema.Date]*object.WorkOrder{}
	lines := plan.WorkOrderGenerationMethod == object.WorkGenerationLinePerAsset
	for _, t := range turns {
		order := byDay[t.day]
		if order == nil || !lines {
			if order, err = newOrder(tx, plan, t, lines); err != nil {
				return nil, err
			}
			byDay[t.day], ids = order, append(ids, order.Id)
		}
		if lines && t.asset != nil {
			l := &object.WorkOrderLineItem{WorkOrderId: schema.Ref[object.WorkOrder](order.Id), AssetId: t.asset.AssetId, Subject: plan.MaintenancePlanTitle, WorkTypeId: workType(plan, t), MaintenancePlanId: schema.Ref[object.MaintenancePlan](plan.Id), SuggestedMaintenanceDate: t.day, IsGeneratedFromMaintenancePlan: true, Status: object.WorkStatusNew}
			if err := tx.Save(l); err != nil {
				return nil, err
			}
		}
	}
	return ids, nil
}

// workType is that of the asset, else the plan's.
func workType(plan *object.MaintenancePlan, t turn) schema.Ref[object.WorkType] {
	if t.asset != nil && t.asset.WorkTypeId != "" {
		return t.asset.WorkTypeId
	}
	return plan.WorkTypeId
}

// newOrder saves an order of a plan with its appointment, which is due within the plan's window around the day.
func newOrder(tx *record.Tx, plan *object.MaintenancePlan, t turn, lines bool) (*object.WorkOrder, error) {
	w := &object.WorkOrder{Subject: plan.MaintenancePlanTitle, Description: plan.Description, AccountId: plan.AccountId, ContactId: plan.ContactId, LocationId: plan.LocationId, ServiceContractId: plan.ServiceContractId,
		WorkTypeId: workType(plan, t), MaintenancePlanId: schema.Ref[object.MaintenancePlan](plan.Id), SuggestedMaintenanceDate: t.day, IsGeneratedFromMaintenancePlan: true}
	if t.asset != nil && !lines {
		w.AssetId = t.asset.AssetId
		a, err := record.Get(tx, t.asset.AssetId)
		if err != nil {
			return nil, err
		}
		w.Subject += ": " + a.Name
	}
	if err := tx.Save(w); err != nil {
		return nil, err
	}
	visits, err := record.FindBy[object.ServiceAppointment](tx, "ParentRecordId", w.Id)
	if err != nil {
		return nil, err
	}
	if len(visits) == 0 && plan.SvcApptGenerationMethod == object.AppointmentGenerationPerWorkOrder {
		visits = []*object.ServiceAppointment{{ParentRecordId: schema.AnyRef(w.Id)}}
	}
	for _, v := range visits {
		v.EarliestStartTime = startOf(tx, t.day.AddDays(-int(plan.MaintenanceWindowStartDays.Int64())))
		v.DueDate = startOf(tx, t.day.AddDays(int(plan.MaintenanceWindowEndDays.Int64())+1))
		if err := tx.Save(v); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// startOf is when a day begins for whoever asks.
func startOf(tx *record.Tx, d schema.Date) schema.DateTime {
	zone := time.UTC
	if v := tx.Viewer(); v != nil {
		zone = v.Location()
	}
	y, m, day := d.Time().Date()
	return schema.At(time.Date(y, m, day, 0, 0, 0, 0, zone))
}

package work

import (
	"strings"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// setIfEmpty gives dst a value unless it has one.
func setIfEmpty[T comparable](dst *T, v T) {
	var none T
	if *dst == none {
		*dst = v
	}
}

// fillFromCase gives an order that comes from a case whom and what the case is about.
func fillFromCase(tx *record.Tx, c *record.Change[object.WorkOrder]) error {
	w := c.New
	if w.CaseId == "" || w.CaseId == c.Old.CaseId {
		return nil
	}
	from, err := record.Get(tx, w.CaseId)
	if err != nil {
		return err
	}
	setIfEmpty(&w.AccountId, from.AccountId)
	setIfEmpty(&w.ContactId, from.ContactId)
	setIfEmpty(&w.AssetId, from.AssetId)
	setIfEmpty(&w.Subject, from.Subject)
	return nil
}

// plate is what a work type fills of an order or a line.
type plate struct {
	duration               *schema.Decimal
	durationType           *object.DurationType
	minimumCrew, wantsCrew *schema.Int
	report                 *schema.Ref[object.ServiceReportLayout]
}

// take copies from a work type what is still empty.
func (p plate) take(t *object.WorkType) {
	if p.duration.IsNull() {
		*p.duration, *p.durationType = t.EstimatedDuration, t.DurationType
	}
	setIfEmpty(p.minimumCrew, t.MinimumCrewSize)
	setIfEmpty(p.wantsCrew, t.RecommendedCrewSize)
	setIfEmpty(p.report, t.ServiceReportTemplateId)
}

func fillOrderFromType(tx *record.Tx, c *record.Change[object.WorkOrder]) error {
	w := c.New
	if w.WorkTypeId == "" || w.WorkTypeId == c.Old.WorkTypeId {
		return nil
	}
	t, err := record.Get(tx, w.WorkTypeId)
	if err != nil {
		return err
	}
	plate{&w.Duration, &w.DurationType, &w.MinimumCrewSize, &w.RecommendedCrewSize, &w.ServiceReportTemplateId}.take(t)
	return nil
}

func fillLineFromType(tx *record.Tx, c *record.Change[object.WorkOrderLineItem]) error {
	l := c.New
	if l.WorkTypeId == "" || l.WorkTypeId == c.Old.WorkTypeId {
		return nil
	}
	t, err := record.Get(tx, l.WorkTypeId)
	if err != nil {
		return err
	}
	plate{&l.Duration, &l.DurationType, &l.MinimumCrewSize, &l.RecommendedCrewSize, &l.ServiceReportTemplateId}.take(t)
	return nil
}

// hasDuration reports whether records of o say how long they take.
func hasDuration(o *schema.Object) bool {
	return o.Field("DurationInMinutes") != nil && o.Field("DurationType") != nil && durationField(o) != nil
}

// durationField is the field that an object's duration is given in.
func durationField(o *schema.Object) *schema.Field {
	if f := o.Field("Duration"); f != nil {
		return f
	}
	return o.Field("EstimatedDuration")
}

// fillMinutes tells a duration in minutes too. A duration without a unit is in hours.
func fillMinutes(_ *record.Tx, c record.AnyChange) error {
	unit := c.Object.Field("DurationType")
	d, _ := durationField(c.Object).Get(c.New).(schema.Decimal)
	if !d.IsNull() && unit.Null(c.New) {
		unit.Set(c.New, string(object.DurationTypeHours))
	}
	c.Object.Field("DurationInMinutes").Set(c.New, inMinutes(d, object.DurationType(unit.Text(c.New))))
	return nil
}

func inMinutes(d schema.Decimal, unit object.DurationType) schema.Decimal {
	if unit == object.DurationTypeMinutes {
		return d
	}
	return d.Mul(schema.DecInt(60))
}

// fillAddress gives a new order without an address that of its place, in the order of the settings.
func fillAddress(tx *record.Tx, c *record.Change[object.WorkOrder]) error {
	w := c.New
	same := w.LocationId == c.Old.LocationId && w.AssetId == c.Old.AssetId && w.AccountId == c.Old.AccountId
	if w.Address != (schema.Address{}) || same {
		return nil
	}
	s, err := settings(tx)
	if err != nil {
		return err
	}
	for source := range strings.FieldsSeq(s.AddressSources) {
		if w.Address, err = addressOf(tx, source, w); err != nil || w.Address != (schema.Address{}) {
			return err
		}
	}
	return nil
}

func addressOf(tx *record.Tx, source string, w *object.WorkOrder) (schema.Address, error) {
	switch source {
	case "Location":
		return addressOfLocation(tx, w.LocationId)
	case "Asset":
		a, err := record.Get(tx, w.AssetId)
		if err != nil {
			return schema.Address{}, err
		}
		return a.Address, nil
	}
	a, err := record.Get(tx, w.AccountId)
	if err != nil {
		return schema.Address{}, err
	}
	setIfEmpty(&a.ShippingAddress, a.BillingAddress)
	return a.ShippingAddress, nil
}

// addressOfLocation is the one that a location shows to visitors, else its first, else its point on the map.
func addressOfLocation(tx *record.Tx, id schema.Ref[object.Location]) (schema.Address, error) {
	if id == "" {
		return schema.Address{}, nil
	}
	l, err := record.Get(tx, id)
	if err != nil {
		return schema.Address{}, err
	}
	if l.VisitorAddressId != "" {
		a, err := record.Get(tx, l.VisitorAddressId)
		if err != nil {
			return schema.Address{}, err
		}
		return a.Address, nil
	}
	all, err := record.FindBy[object.Address](tx, "ParentId", schema.Id(id))
	if err != nil {
		return schema.Address{}, err
	}
	if len(all) > 0 {
		return all[0].Address, nil
	}
	return schema.Address{Latitude: l.Location.Latitude, Longitude: l.Location.Longitude}, nil
}

// checkSetting refuses sources of addresses that there are not.
func checkSetting(_, s object.WorkSetting) error {
	for source := range strings.FieldsSeq(s.AddressSources) {
		switch source {
		case "Location", "Asset", "Account":
		default:
			return record.Refuse("INVALID_FIELD", "AddressSources: "+source+" is none of Location, Asset and Account", "AddressSources")
		}
	}
	if !s.AppointmentDueDays.IsNull() && s.AppointmentDueDays.Int64() < 0 {
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "AppointmentDueDays: must not be negative", "AppointmentDueDays")
	}
	return nil
}

// checkOneSetting keeps to one record of settings.
func checkOneSetting(r record.Reader, old, _ object.WorkSetting) error {
	if old.Id != "" {
		return nil
	}
	if n, err := record.Count[object.WorkSetting](r, ""); err != nil || n == 0 {
		return err
	}
	return record.Refuse("DUPLICATE_VALUE", "There is one record of settings already: change that")
}

// fillOrderMoney works out what follows from the sums of the lines. A new order has none yet.
func fillOrderMoney(_ *record.Tx, c *record.Change[object.WorkOrder]) error {
	w := c.New
	if c.Insert {
		w.LineItemCount, w.ServiceAppointmentCount = schema.NewInt(0), schema.NewInt(0)
		w.Subtotal.Decimal, w.TotalPrice.Decimal = schema.DecInt(0), schema.DecInt(0)
	}
	sub, total := w.Subtotal.Or(schema.DecInt(0)), w.TotalPrice.Or(schema.DecInt(0))
	w.Discount.Decimal = schema.DecInt(0)
	if sub.Sign() != 0 {
		w.Discount.Decimal = sub.Sub(total).Mul(schema.DecInt(100)).Quo(sub).Round(2)
	}
	w.GrandTotal.Decimal = total.Add(w.Tax.Or(schema.DecInt(0)))
	return nil
}

func fillLineCount(_ *record.Tx, c *record.Change[object.WorkOrderLineItem]) error {
	if c.Insert {
		c.New.ServiceAppointmentCount = schema.NewInt(0)
	}
	return nil
}

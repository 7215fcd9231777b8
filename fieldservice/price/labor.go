package price

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// laborIn asks for the hours of an order to be billed.
type laborIn struct {
	WorkOrderId      schema.Ref[object.WorkOrder]
	PricebookEntryId schema.Ref[object.PricebookEntry] // of an hour; null is the one labor product of the order's price book
	IncludeTravel    bool                              // bill time on the road too
}

// laborOut is what was billed; without a line there was nothing to bill.
type laborOut struct {
	WorkOrderLineItemId schema.Ref[object.WorkOrderLineItem]
	Hours               schema.Decimal
	Entries             schema.Int
	TotalPrice          schema.Decimal
}

// billLabor makes one line of all hours that were worked on an order and that no line bills yet.
func billLabor(tx *record.Tx, in laborIn) (out laborOut, err error) {
	if v := tx.Viewer(); v != nil {
		if sees, err := record.Sees(tx, v, schema.Id(in.WorkOrderId)); err != nil || !sees {
			return out, orRefuse(err, "INVALID_CROSS_REFERENCE_KEY", "workOrderId: there is no such work order", "workOrderId")
		}
	}
	order, err := record.Lock(tx, in.WorkOrderId)
	if err != nil {
		return out, err
	}
	entries, minutes, err := unbilled(tx, order.Id, in.IncludeTravel)
	if err != nil || minutes == 0 {
		return out, err
	}
	if in.PricebookEntryId == "" {
		if in.PricebookEntryId, err = laborEntry(tx, order); err != nil {
			return out, err
		}
	}
	hours := schema.DecInt(minutes).Quo(schema.DecInt(60)).Round(2)
	line, err := addLabor(tx, in, hours)
	if err != nil {
		return out, err
	}
	recs := make([]any, len(entries))
	for i, e := range entries {
		e.BilledLineId = schema.Ref[object.WorkOrderLineItem](line.Id)
		recs[i] = e
	}
	if err := tx.Save(recs...); err != nil {
		return out, err
	}
	return laborOut{schema.Ref[object.WorkOrderLineItem](line.Id), hours, schema.NewInt(int64(len(entries))), line.TotalPrice.Decimal}, nil
}

// addLabor makes a line of hours on behalf of the caller, whose rights count.
func addLabor(tx *record.Tx, in laborIn, hours schema.Decimal) (*object.WorkOrderLineItem, error) {
	o := tx.Catalog().Object("WorkOrderLineItem")
	p := record.Patch{}
	p.Set(o.Field("WorkOrderId"), string(in.WorkOrderId))
	p.Set(o.Field("Subject"), "Labor")
	p.Set(o.Field("PricebookEntryId"), string(in.PricebookEntryId))
	p.Set(o.Field("Quantity"), hours)
	results, err := tx.Apply(record.Batch{Op: record.Insert, Object: o, Patches: []record.Patch{p}})
	if err != nil {
		return nil, err
	}
	if len(results[0].Faults) > 0 {
		return nil, results[0].Faults
	}
	return record.Get(tx, schema.Ref[object.WorkOrderLineItem](results[0].Id))
}

// unbilled returns the entries of time sheets that were spent on an order and are on no line, with the sum of their
// minutes.
func unbilled(tx *record.Tx, order schema.Id, travel bool) (entries []*object.TimeSheetEntry, minutes int64, err error) {
	all, err := record.FindBy[object.TimeSheetEntry](tx, "WorkOrderId", order)
	if err != nil {
		return nil, 0, err
	}
	for _, e := range all {
		direct := e.Type == object.TimeEntryTypeDirect || e.Type == "" || travel && e.Type == object.TimeEntryTypeTravel
		if direct && e.BilledLineId == "" && e.DurationInMinutes.Int64() > 0 {
			entries, minutes = append(entries, e), minutes+e.DurationInMinutes.Int64()
		}
	}
	return entries, minutes, nil
}

// laborEntry returns the price of an hour in the price book of an order.
func laborEntry(tx *record.Tx, order *object.WorkOrder) (schema.Ref[object.PricebookEntry], error) {
	found, err := record.Find[object.PricebookEntry](tx, "Pricebook2Id = ? AND IsActive = true AND Product2.IsLabor = true AND CurrencyIsoCode = ? LIMIT 2", order.Pricebook2Id, order.CurrencyIsoCode)
	if err != nil {
		return "", err
	}
	if len(found) != 1 {
		return "", record.Refuse("REQUIRED_FIELD_MISSING", fmt.Sprintf("pricebookEntryId: name the price of an hour; the price book of the order has %s for products with IsLabor", []string{"none", "", "several"}[len(found)]), "pricebookEntryId")
	}
	return schema.Ref[object.PricebookEntry](found[0].Id), nil
}

package stock

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillCount notes when a count was posted.
func fillCount(tx *record.Tx, c *record.Change[object.CycleCount]) error {
	setIfEmpty(&c.New.Status, object.CountStatusNew)
	if c.New.Status == object.CountStatusPosted && c.Old.Status != object.CountStatusPosted {
		c.New.PostedDate = schema.At(tx.Now())
	}
	return nil
}

// checkCount holds that a count which is posted or canceled stays so.
func checkCount(old, n object.CycleCount) error {
	if old.Id == "" || old.Status == n.Status || old.Status == object.CountStatusNew {
		return nil
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("Status: the count is %s and stays so; count again", old.Status), "Status")
}

// followNewCount begins a count of a whole location with an entry for all that it should hold.
func followNewCount(tx *record.Tx, c record.Change[object.CycleCount]) error {
	if !c.Insert || !c.New.IsWholeLocation {
		return nil
	}
	items, err := record.FindBy[object.ProductItem](tx, "LocationId", schema.Id(c.New.LocationId))
	if err != nil {
		return err
	}
	recs := make([]any, len(items))
	for i, item := range items {
		recs[i] = &object.CycleCountEntry{CycleCountId: schema.Ref[object.CycleCount](c.New.Id), ProductItemId: itemRef(item.Id)}
	}
	return tx.Save(recs...)
}

// fillCountEntry notes what the books say at the moment when a quantity is counted.
func fillCountEntry(tx *record.Tx, c *record.Change[object.CycleCountEntry]) error {
	e := c.New
	if e.CountedQuantity = e.CountedQuantity.Round(2); e.CountedQuantity == c.Old.CountedQuantity {
		return nil
	}
	if e.CountedQuantity.IsNull() {
		e.SystemQuantity, e.Difference = schema.Decimal{}, schema.Decimal{}
		return nil
	}
	item, err := record.Get(tx, e.ProductItemId)
	if err != nil {
		return ignoreMissing(err)
	}
	e.SystemQuantity = item.QuantityOnHand
	e.Difference = e.CountedQuantity.Sub(e.SystemQuantity)
	return nil
}

// checkCountEntry holds an entry to its count: at its location, and as it was when the count is posted.
func checkCountEntry(r record.Reader, old, e object.CycleCountEntry) error {
	count, err := record.Get(r, e.CycleCountId)
	if err != nil {
		return err
	}
	if count.Status != object.CountStatusNew {
		return record.Refuse("ENTITY_IS_LOCKED", fmt.Sprintf("CycleCountId: %s is %s", count.CycleCountNumber, count.Status), "CycleCountId")
	}
	if e.CountedQuantity.Sign() < 0 {
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "CountedQuantity: must not be negative", "CountedQuantity")
	}
	item, err := record.Get(r, e.ProductItemId)
	if err != nil || old.Id != "" {
		return err
	}
	if item.LocationId != count.LocationId {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("ProductItemId: %s is at another location than the count", item.ProductItemNumber), "ProductItemId")
	}
	return nil
}

// followCountEntries refuses that a count counts a stock twice.
func followCountEntries(tx *record.Tx, changes []record.Change[object.CycleCountEntry]) error {
	for _, c := range changes {
		if !c.Insert {
			continue
		}
		entries, err := record.FindBy[object.CycleCountEntry](tx, "ProductItemId", schema.Id(c.New.ProductItemId))
		if err != nil {
			return err
		}
		for _, other := range entries {
			if other.CycleCountId == c.New.CycleCountId && other.Id != c.New.Id {
				return record.Refuse("DUPLICATE_VALUE", fmt.Sprintf("ProductItemId: %s counts it already", other.CycleCountEntryNumber), "ProductItemId")
			}
		}
	}
	return nil
}

// followPosted corrects stock by the differences of a posted count. What moved since an entry was counted stays moved.
func followPosted(tx *record.Tx, c record.Change[object.CycleCount]) error {
	if c.New.Status != object.CountStatusPosted || c.Old.Status == object.CountStatusPosted {
		return nil
	}
	counted, err := record.FindBy[object.CycleCountEntry](tx, "CycleCountId", c.New.Id)
	if err != nil {
		return err
	}
	var entries []entry
	for _, e := range counted {
		reason := string(e.Reason)
		if reason == "" {
			reason = "counted in " + string(c.New.CycleCountNumber)
		}
		entries = append(entries, entry{item: e.ProductItemId, quantity: e.Difference.Or(schema.DecInt(0)), kind: object.StockTransactionAdjusted, of: schema.AnyRef(e.Id), reason: reason, field: "CountedQuantity"})
	}
	return post(tx, entries)
}

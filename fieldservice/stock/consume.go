package stock

import (
	"errors"
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// ignoreMissing leaves a reference that leads nowhere to be refused further on.
func ignoreMissing(err error) error {
	if errors.Is(err, record.ErrNotFound) {
		return nil
	}
	return err
}

// fillFromVan has parts that a technician uses taken from their van, when they name none of its stock and it has some
// of the product.
func fillFromVan(tx *record.Tx, c *record.Change[object.ProductConsumed]) error {
	used := c.New
	if !c.Insert || used.ProductItemId != "" || used.Product2Id == "" {
		return nil
	}
	van, err := vanOfCaller(tx)
	if err != nil || van == "" {
		return err
	}
	item, err := itemAt(tx, van, used.Product2Id, "")
	if err == nil && item != nil {
		used.ProductItemId = itemRef(item.Id)
	}
	return err
}

// vanOfCaller returns where the stock of the person behind tx is; null when that is nobody with stock.
func vanOfCaller(tx *record.Tx) (locationRef, error) {
	v := tx.Viewer()
	if v == nil || v.User() == "" {
		return "", nil
	}
	resources, err := record.FindBy[object.ServiceResource](tx, "RelatedRecordId", v.User())
	if err != nil || len(resources) == 0 {
		return "", err
	}
	return resources[0].LocationId, nil
}

// fillConsumed shows what is consumed.
func fillConsumed(tx *record.Tx, c *record.Change[object.ProductConsumed]) error {
	used := c.New
	used.QuantityConsumed = used.QuantityConsumed.Round(2)
	item, err := record.Get(tx, used.ProductItemId)
	if err != nil {
		return ignoreMissing(err)
	}
	if item.Id != "" {
		used.Product2Id = item.Product2Id
	}
	p, err := record.Get(tx, used.Product2Id)
	if err != nil {
		return ignoreMissing(err)
	}
	used.ProductName, used.IsProduct2Serialized, used.IsConsumed = p.Name, p.IsSerialized, item.Id != ""
	if used.QuantityUnitOfMeasure = item.QuantityUnitOfMeasure; item.Id == "" {
		used.QuantityUnitOfMeasure = p.QuantityUnitOfMeasure
	}
	return nil
}

// checkConsumed holds a consumption to what can be consumed.
func checkConsumed(r record.Reader, _, used object.ProductConsumed) error {
	switch {
	case used.QuantityConsumed.Sign() <= 0:
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "QuantityConsumed: must be more than 0; delete the record when nothing was used", "QuantityConsumed")
	case used.IsProduct2Serialized && used.QuantityConsumed != used.QuantityConsumed.Round(0):
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "QuantityConsumed: units of "+used.ProductName+" are whole", "QuantityConsumed")
	case used.ProductItemId == "" && used.PricebookEntryId == "":
		return record.Refuse("REQUIRED_FIELD_MISSING", "PricebookEntryId or ProductItemId: say what was used, by its price or by the stock it is from", "PricebookEntryId", "ProductItemId")
	}
	if used.WorkOrderLineItemId == "" {
		return nil
	}
	l, err := record.Get(r, used.WorkOrderLineItemId)
	if err != nil || l.WorkOrderId == used.WorkOrderId {
		return err
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("WorkOrderLineItemId: line %s is of another work order", l.LineItemNumber), "WorkOrderLineItemId")
}

// followConsumed takes from stock what is consumed, and puts back what turned out not to be.
func followConsumed(tx *record.Tx, changes []record.Change[object.ProductConsumed]) error {
	var entries []entry
	for _, c := range changes {
		more := c.New.QuantityConsumed.Sub(c.Old.QuantityConsumed.Or(schema.DecInt(0)))
		e := entry{item: c.New.ProductItemId, quantity: more.Neg(), kind: object.StockTransactionConsumed, of: schema.AnyRef(c.New.Id), field: "QuantityConsumed"}
		if more.Sign() < 0 {
			e.kind = object.StockTransactionAdjusted
		}
		if e.item != "" && more.Sign() != 0 {
			entries = append(entries, e)
		}
	}
	return post(tx, entries)
}

// followUnconsumed puts back what a deleted consumption took.
func followUnconsumed(tx *record.Tx, used *object.ProductConsumed) error {
	if used.ProductItemId == "" {
		return nil
	}
	return post(tx, []entry{{item: used.ProductItemId, quantity: used.QuantityConsumed, kind: object.StockTransactionAdjusted, of: schema.AnyRef(used.Id), reason: "consumption deleted"}})
}

// followReconsumed takes again what a consumption took before it was deleted.
func followReconsumed(tx *record.Tx, used *object.ProductConsumed) error {
	if used.ProductItemId == "" {
		return nil
	}
	return post(tx, []entry{{item: used.ProductItemId, quantity: used.QuantityConsumed.Neg(), kind: object.StockTransactionConsumed, of: schema.AnyRef(used.Id), reason: "consumption restored", field: "QuantityConsumed"}})
}

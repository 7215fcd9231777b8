package stock

import (
	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillReturnLine gives a line of a return what follows from what it brings back.
func fillReturnLine(tx *record.Tx, c *record.Change[object.ReturnOrderLineItem]) error {
	l := c.New
	order, err := record.Get(tx, l.ReturnOrderId)
	if err != nil {
		return ignoreMissing(err)
	}
	item, err := record.Get(tx, l.ProductItemId)
	if err != nil {
		return ignoreMissing(err)
	}
	asset, err := record.Get(tx, l.AssetId)
	if err != nil {
		return ignoreMissing(err)
	}
	asked, err := record.Get(tx, l.ProductRequestLineItemId)
	if err != nil {
		return ignoreMissing(err)
	}
	for _, p := range []productRef{item.Product2Id, asset.Product2Id, asked.Product2Id} {
		setIfEmpty(&l.Product2Id, p)
	}
	setIfEmpty(&l.SourceLocationId, item.LocationId)
	setIfEmpty(&l.SourceLocationId, order.SourceLocationId)
	setIfEmpty(&l.DestinationLocationId, order.DestinationLocationId)
	return nil
}

// checkReturnLine holds that a line says what comes back, and that no more is received than returned.
func checkReturnLine(_, l object.ReturnOrderLineItem) error {
	switch {
	case l.AssetId == "" && l.Product2Id == "" && l.ProductItemId == "" && l.ProductRequestLineItemId == "" && l.OrderItemId == "":
		return record.Refuse("REQUIRED_FIELD_MISSING", "Product2Id, AssetId, ProductItemId, ProductRequestLineItemId or OrderItemId: say what comes back", "Product2Id", "AssetId", "ProductItemId", "ProductRequestLineItemId", "OrderItemId")
	case l.QuantityReturned.Sign() <= 0:
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "QuantityReturned: must be more than 0", "QuantityReturned")
	}
	return nil
}

// fillOrderReturn shows on an order which return it repairs for.
func fillOrderReturn(tx *record.Tx, c *record.Change[object.WorkOrder]) error {
	l, err := record.Get(tx, c.New.ReturnOrderLineItemId)
	if err != nil {
		return ignoreMissing(err)
	}
	c.New.ReturnOrderId = l.ReturnOrderId
	return nil
}

func fillLineReturn(tx *record.Tx, c *record.Change[object.WorkOrderLineItem]) error {
	l, err := record.Get(tx, c.New.ReturnOrderLineItemId)
	if err != nil {
		return ignoreMissing(err)
	}
	c.New.ReturnOrderId = l.ReturnOrderId
	return nil
}

// followReturns counts on lines of returns what has arrived of them.
func followReturns(tx *record.Tx, changes []record.Change[object.ProductTransfer]) error {
	lines := map[schema.Ref[object.ReturnOrderLineItem]]*object.ReturnOrderLineItem{}
	var recs []any
	for _, c := range changes {
		id := c.New.ReturnOrderLineItemId
		if id == "" || !c.New.IsReceived || c.Old.IsReceived {
			continue
		}
		if lines[id] == nil {
			l, err := record.Lock(tx, id)
			if err != nil {
				return err
			}
			lines[id] = l
			recs = append(recs, l)
		}
		lines[id].QuantityReceived = lines[id].QuantityReceived.Or(schema.DecInt(0)).Add(c.New.QuantityReceived)
	}
	return tx.Save(recs...)
}

package stock

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillTransfer gives a transfer what follows from the request, the return, the stock and the parcel that it names.
func fillTransfer(tx *record.Tx, c *record.Change[object.ProductTransfer]) error {
	t := c.New
	for _, f := range []func(*record.Tx, *object.ProductTransfer) error{takeRequest, takeReturn, takeSource, takeProduct, takeShipment} {
		if err := f(tx, t); err != nil {
			return ignoreMissing(err)
		}
	}
	t.QuantitySent, t.QuantityReceived = t.QuantitySent.Round(2), t.QuantityReceived.Round(2)
	if !t.IsReceived || c.Old.IsReceived {
		return nil
	}
	if t.QuantityReceived.IsNull() {
		t.QuantityReceived = t.QuantitySent
	}
	t.IsSent, t.Status = true, object.TransferStatusCompleted
	if v := tx.Viewer(); t.ReceivedById == "" && v != nil {
		t.ReceivedById = schema.AnyRef(v.User())
	}
	return nil
}

func takeRequest(tx *record.Tx, t *object.ProductTransfer) error {
	l, err := record.Get(tx, t.ProductRequestLineItemId)
	if err != nil || l.Id == "" {
		t.ProductRequestId = ""
		return err
	}
	t.ProductRequestId = l.ParentId
	setIfEmpty(&t.Product2Id, l.Product2Id)
	setIfEmpty(&t.SourceLocationId, l.SourceLocationId)
	setIfEmpty(&t.DestinationLocationId, l.DestinationLocationId)
	if t.QuantitySent.IsNull() {
		t.QuantitySent = l.QuantityRequested
	}
	return nil
}

func takeReturn(tx *record.Tx, t *object.ProductTransfer) error {
	l, err := record.Get(tx, t.ReturnOrderLineItemId)
	if err != nil || l.Id == "" {
		t.ReturnOrderId = ""
		return err
	}
	t.ReturnOrderId = l.ReturnOrderId
	setIfEmpty(&t.Product2Id, l.Product2Id)
	setIfEmpty(&t.SourceProductItemId, l.ProductItemId)
	setIfEmpty(&t.SourceLocationId, l.SourceLocationId)
	setIfEmpty(&t.DestinationLocationId, l.DestinationLocationId)
	if t.QuantitySent.IsNull() {
		t.QuantitySent = l.QuantityReturned
	}
	return nil
}

// takeSource names the stock that a transfer leaves from: by itself, or as the stock of the product at the location.
func takeSource(tx *record.Tx, t *object.ProductTransfer) error {
	if t.SourceProductItemId == "" && t.SourceLocationId != "" && t.Product2Id != "" {
		item, err := itemAt(tx, t.SourceLocationId, t.Product2Id, "")
		if err != nil || item == nil {
			return err
		}
		t.SourceProductItemId = itemRef(item.Id)
	}
	item, err := record.Get(tx, t.SourceProductItemId)
	if err == nil && item.Id != "" {
		t.Product2Id, t.SourceLocationId = item.Product2Id, item.LocationId
	}
	return err
}

func takeProduct(tx *record.Tx, t *object.ProductTransfer) error {
	p, err := record.Get(tx, t.Product2Id)
	if err != nil {
		return err
	}
	t.IsProduct2Serialized, t.Product2TransferRecordMode = p.IsSerialized, string(p.TransferRecordMode)
	setIfEmpty(&t.QuantityUnitOfMeasure, p.QuantityUnitOfMeasure)
	return nil
}

func takeShipment(tx *record.Tx, t *object.ProductTransfer) error {
	s, err := record.Get(tx, t.ShipmentId)
	if err != nil {
		return err
	}
	t.ShipmentStatus, t.ShipmentTrackingNumber, t.ShipmentTrackingUrl = s.Status, s.TrackingNumber, s.TrackingUrl
	t.ShipmentExpectedDeliveryDate = s.ExpectedDeliveryDate
	setIfEmpty(&t.SourceLocationId, s.SourceLocationId)
	setIfEmpty(&t.DestinationLocationId, s.DestinationLocationId)
	t.IsSent = t.IsSent || underway(s.Status) || s.Status == object.ShipmentStatusDelivered
	return nil
}

func setIfEmpty[T comparable](to *T, value T) {
	var empty T
	if *to == empty {
		*to = value
	}
}

// checkTransfer holds a transfer to what can move, and a received one to what has moved.
func checkTransfer(r record.Reader, old, t object.ProductTransfer) error {
	if old.IsReceived {
		return checkReceived(old, t)
	}
	switch {
	case t.Product2Id == "":
		return record.Refuse("REQUIRED_FIELD_MISSING", "Product2Id or SourceProductItemId: say what is moved", "Product2Id", "SourceProductItemId")
	case t.QuantitySent.Sign() <= 0:
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "QuantitySent: must be more than 0", "QuantitySent")
	case t.QuantityReceived.Sign() < 0 || t.QuantityReceived.Cmp(t.QuantitySent) > 0:
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", fmt.Sprintf("QuantityReceived: from 0 to the %s that were sent", t.QuantitySent), "QuantityReceived")
	case t.DestinationLocationId != "" && t.DestinationLocationId == t.SourceLocationId:
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "DestinationLocationId: must be another location than the source", "DestinationLocationId")
	case t.SourceLocationId != "" && t.SourceProductItemId == "" && t.IsReceived:
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "SourceProductItemId: there is no stock of this product at the source location", "SourceProductItemId")
	case t.ShipmentStatus == object.ShipmentStatusVoided && t.IsReceived:
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ShipmentId: the shipment is voided", "ShipmentId")
	case !t.IsReceived:
		return nil
	}
	return checkDestination(r, t)
}

func checkDestination(r record.Reader, t object.ProductTransfer) error {
	if t.DestinationLocationId == "" {
		return record.Refuse("REQUIRED_FIELD_MISSING", "DestinationLocationId: say where the parts have arrived", "DestinationLocationId")
	}
	place, err := record.Get(r, t.DestinationLocationId)
	if err != nil || place.IsInventoryLocation {
		return err
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "DestinationLocationId: "+place.Name+" holds no stock; it is not an inventory location", "DestinationLocationId")
}

func checkReceived(old, t object.ProductTransfer) error {
	if t.IsReceived && t.SourceProductItemId == old.SourceProductItemId && t.Product2Id == old.Product2Id && t.QuantitySent == old.QuantitySent &&
		t.QuantityReceived == old.QuantityReceived && t.DestinationLocationId == old.DestinationLocationId && t.SourceLocationId == old.SourceLocationId {
		return nil
	}
	return record.Refuse("ENTITY_IS_LOCKED", fmt.Sprintf("IsReceived: the parts of %s have moved; make a transfer back to undo it", t.ProductTransferNumber), "IsReceived")
}

// checkTransferDelete holds that a transfer stays when its stock has moved.
func checkTransferDelete(_ record.Reader, t object.ProductTransfer) error {
	if !t.IsReceived {
		return nil
	}
	return record.Refuse("DELETE_FAILED", fmt.Sprintf("IsReceived: the parts of %s have moved; make a transfer back to undo it", t.ProductTransferNumber), "IsReceived")
}

// followTransfers moves the stock of transfers that are received: what was sent leaves, what was received arrives, and
// the difference was lost on the way.
func followTransfers(tx *record.Tx, changes []record.Change[object.ProductTransfer]) error {
	var received []*object.ProductTransfer
	for _, c := range changes {
		if c.New.IsReceived && !c.Old.IsReceived {
			received = append(received, c.New)
		}
	}
	targets, err := destinations(tx, received)
	if err != nil {
		return err
	}
	var entries []entry
	for i, t := range received {
		move := entry{kind: object.StockTransactionTransferred, of: schema.AnyRef(t.Id), field: "QuantitySent"}
		if t.SourceProductItemId != "" {
			move.item, move.quantity = t.SourceProductItemId, t.QuantitySent.Neg()
			entries = append(entries, move)
		}
		move.item, move.quantity, move.field = targets[i], t.QuantityReceived, "QuantityReceived"
		entries = append(entries, move)
		discarded, err := discards(tx, t)
		if err != nil {
			return err
		}
		if discarded {
			move.quantity, move.kind, move.reason = t.QuantityReceived.Neg(), object.StockTransactionAdjusted, "returned to be discarded"
			entries = append(entries, move)
		}
	}
	return post(tx, entries)
}

// destinations returns the stock that each transfer arrives in, made where there is none yet.
func destinations(tx *record.Tx, transfers []*object.ProductTransfer) ([]itemRef, error) {
	type place struct {
		at locationRef
		of productRef
		no string // serial number
	}
	found, targets := map[place]*object.ProductItem{}, make([]*object.ProductItem, len(transfers))
	var fresh []any
	for i, t := range transfers {
		source, err := record.Get(tx, t.SourceProductItemId)
		if err != nil {
			return nil, err
		}
		p := place{t.DestinationLocationId, t.Product2Id, source.SerialNumber}
		if found[p] == nil {
			if found[p], err = itemAt(tx, p.at, p.of, p.no); err != nil {
				return nil, err
			}
		}
		if found[p] == nil {
			found[p] = &object.ProductItem{LocationId: p.at, Product2Id: p.of, SerialNumber: p.no, QuantityOnHand: schema.DecInt(0), QuantityUnitOfMeasure: t.QuantityUnitOfMeasure}
			fresh = append(fresh, found[p])
		}
		targets[i] = found[p]
	}
	if err := tx.Save(fresh...); err != nil {
		return nil, err
	}
	ids := make([]itemRef, len(targets))
	for i, item := range targets {
		ids[i] = itemRef(item.Id)
	}
	return ids, nil
}

// discards reports whether what a transfer brings back is to be thrown away.
func discards(tx *record.Tx, t *object.ProductTransfer) (bool, error) {
	l, err := record.Get(tx, t.ReturnOrderLineItemId)
	return err == nil && l.ProcessingPlan == object.ProcessingPlanDiscard, err
}

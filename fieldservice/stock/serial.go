package stock

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

type unitRef = schema.Ref[object.SerializedProduct]

// fillUnit gives a numbered unit in stock its product and a status.
func fillUnit(tx *record.Tx, c *record.Change[object.SerializedProduct]) error {
	u := c.New
	if u.Status == "" {
		u.Status = object.SerializedStatusAvailable
	}
	item, err := record.Get(tx, u.ProductItemId)
	if err != nil {
		return ignoreMissing(err)
	}
	setIfEmpty(&u.Product2Id, item.Product2Id)
	return nil
}

// checkUnit holds that a numbered unit is one of a numbered product, in stock of it.
func checkUnit(r record.Reader, _, u object.SerializedProduct) error {
	p, err := record.Get(r, u.Product2Id)
	if err != nil {
		return err
	}
	if !p.IsSerialized {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "Product2Id: units of "+p.Name+" are not numbered; set IsSerialized on the product", "Product2Id")
	}
	item, err := record.Get(r, u.ProductItemId)
	if err != nil {
		return err
	}
	if item.Id != "" && item.Product2Id != u.Product2Id {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ProductItemId: "+string(item.ProductItemNumber)+" is stock of another product", "ProductItemId")
	}
	return nil
}

// followNumbers refuses that two units of a product have one number.
func followNumbers(tx *record.Tx, changes []record.Change[object.SerializedProduct]) error {
	for _, c := range changes {
		u := c.New
		if u.SerialNumber == c.Old.SerialNumber && u.Product2Id == c.Old.Product2Id {
			continue
		}
		other, err := record.First[object.SerializedProduct](tx, "SerialNumber = ? AND Product2Id = ? AND Id != ?", u.SerialNumber, u.Product2Id, u.Id)
		if err != nil {
			return err
		}
		if other != nil {
			return record.Refuse("DUPLICATE_VALUE", fmt.Sprintf("SerialNumber: %s has this number already", other.Name), "SerialNumber")
		}
	}
	return nil
}

// followUnits writes what becomes of numbered units to their journal.
func followUnits(tx *record.Tx, changes []record.Change[object.SerializedProduct]) error {
	var recs []any
	for _, c := range changes {
		u := c.New
		if !c.Insert && u.Status == c.Old.Status && u.ProductItemId == c.Old.ProductItemId {
			continue
		}
		t := &object.SerializedProductTransaction{SerializedProductId: unitRef(u.Id), TransactionType: schema.Picklist(u.Status)}
		if u.MovedById != "" && (c.Insert || u.MovedById != c.Old.MovedById || u.Status != object.SerializedStatusAvailable) {
			t.RelatedRecordId = u.MovedById
		}
		recs = append(recs, t)
	}
	return tx.Save(recs...)
}

// checkConsumedUnit holds that a consumed unit was in the stock it is consumed from, and that there are not more of them
// than were consumed.
func checkConsumedUnit(r record.Reader, old, s object.ProductConsumedState) error {
	if s.SerializedProductId == "" || s.SerializedProductId == old.SerializedProductId {
		return nil
	}
	used, err := record.Get(r, s.ProductConsumedId)
	if err != nil {
		return err
	}
	if err := checkUnitIn(r, s.SerializedProductId, used.ProductItemId); err != nil {
		return err
	}
	states, err := record.FindBy[object.ProductConsumedState](r, "ProductConsumedId", used.Id)
	if err != nil {
		return err
	}
	if old.Id == "" && schema.DecInt(int64(len(states)+1)).Cmp(used.QuantityConsumed) > 0 {
		return record.Refuse("LIMIT_EXCEEDED", fmt.Sprintf("ProductConsumedId: %s is of %s units, and all are named", used.ProductConsumedNumber, used.QuantityConsumed), "ProductConsumedId")
	}
	return nil
}

// checkUnitIn holds that a unit is available in a stock.
func checkUnitIn(r record.Reader, id unitRef, item itemRef) error {
	u, err := record.Get(r, id)
	if err != nil {
		return err
	}
	if u.ProductItemId != item || u.Status != object.SerializedStatusAvailable && u.Status != object.SerializedStatusSent {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("SerializedProductId: unit %s is %s and not in the stock it would leave from", u.SerialNumber, u.Status), "SerializedProductId")
	}
	return nil
}

// followConsumedUnits takes units that are consumed out of stock.
func followConsumedUnits(tx *record.Tx, changes []record.Change[object.ProductConsumedState]) error {
	var recs []any
	for _, c := range changes {
		if c.New.SerializedProductId == c.Old.SerializedProductId {
			continue
		}
		used, err := record.Get(tx, c.New.ProductConsumedId)
		if err != nil {
			return err
		}
		if c.Old.SerializedProductId != "" { // another unit was meant
			if recs, err = backInStock(tx, recs, c.Old.SerializedProductId, used.ProductItemId); err != nil {
				return err
			}
		}
		if c.New.SerializedProductId == "" {
			continue
		}
		u, err := record.Get(tx, c.New.SerializedProductId)
		if err != nil {
			return err
		}
		u.Status, u.ProductItemId, u.MovedById = object.SerializedStatusConsumed, "", schema.AnyRef(used.Id)
		recs = append(recs, u)
	}
	return tx.Save(recs...)
}

func backInStock(tx *record.Tx, recs []any, id unitRef, item itemRef) ([]any, error) {
	u, err := record.Get(tx, id)
	if err != nil || u.Id == "" || u.IsDeleted {
		return recs, err
	}
	u.Status, u.ProductItemId = object.SerializedStatusAvailable, item
	return append(recs, u), nil
}

// followUnconsumedUnit puts a unit back when it turns out not to be consumed.
func followUnconsumedUnit(tx *record.Tx, s *object.ProductConsumedState) error {
	used, err := record.Get(tx, s.ProductConsumedId)
	if err != nil {
		return err
	}
	recs, err := backInStock(tx, nil, s.SerializedProductId, used.ProductItemId)
	if err != nil {
		return err
	}
	return tx.Save(recs...)
}

// followReconsumedUnit takes a unit again whose consumption is back from the recycle bin.
func followReconsumedUnit(tx *record.Tx, s *object.ProductConsumedState) error {
	used, err := record.Get(tx, s.ProductConsumedId)
	if err != nil || s.SerializedProductId == "" {
		return err
	}
	if err := checkUnitIn(tx, s.SerializedProductId, used.ProductItemId); err != nil {
		return err
	}
	u, err := record.Get(tx, s.SerializedProductId)
	if err != nil {
		return err
	}
	u.Status, u.ProductItemId, u.MovedById = object.SerializedStatusConsumed, "", schema.AnyRef(used.Id)
	return tx.Save(u)
}

// checkTransferUnit holds that a unit leaves from where it is.
func checkTransferUnit(r record.Reader, old, s object.ProductTransferState) error {
	if s.SerializedProductId == "" || s.SerializedProductId == old.SerializedProductId {
		return nil
	}
	t, err := record.Get(r, s.ProductTransferId)
	if err != nil {
		return err
	}
	if t.IsReceived {
		return record.Refuse("ENTITY_IS_LOCKED", fmt.Sprintf("ProductTransferId: %s is received", t.ProductTransferNumber), "ProductTransferId")
	}
	return checkUnitIn(r, s.SerializedProductId, t.SourceProductItemId)
}

// followTransferUnit sends a unit that is named once its transfer is on its way.
func followTransferUnit(tx *record.Tx, changes []record.Change[object.ProductTransferState]) error {
	var recs []any
	for _, c := range changes {
		if c.New.SerializedProductId == "" || c.New.SerializedProductId == c.Old.SerializedProductId {
			continue
		}
		t, err := record.Get(tx, c.New.ProductTransferId)
		if err != nil {
			return err
		}
		u, err := record.Get(tx, c.New.SerializedProductId)
		if err != nil {
			return err
		}
		if !t.IsSent || u.Status == object.SerializedStatusSent {
			continue
		}
		u.Status, u.MovedById = object.SerializedStatusSent, schema.AnyRef(t.Id)
		recs = append(recs, u)
	}
	return tx.Save(recs...)
}

// followTransferUnitGone leaves a unit in stock whose transfer was not received when it turns out not to go.
func followTransferUnitGone(tx *record.Tx, s *object.ProductTransferState) error {
	t, err := record.Get(tx, s.ProductTransferId)
	if err != nil || t.IsReceived {
		return err
	}
	u, err := record.Get(tx, s.SerializedProductId)
	if err != nil || u.Id == "" || u.IsDeleted || u.Status != object.SerializedStatusSent {
		return err
	}
	u.Status = object.SerializedStatusAvailable
	return tx.Save(u)
}

// checkTransferUnits holds that a received transfer whose units are named says of each one received which it is.
func checkTransferUnits(r record.Reader, old, t object.ProductTransfer) error {
	if !t.IsReceived || old.IsReceived || !t.IsProduct2Serialized {
		return nil
	}
	states, err := record.FindBy[object.ProductTransferState](r, "ProductTransferId", t.Id)
	if err != nil || len(states) == 0 || schema.DecInt(int64(len(states))) == t.QuantityReceived {
		return err
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("QuantityReceived: %d units are named in ProductTransferStates, but %s are received", len(states), t.QuantityReceived), "QuantityReceived")
}

// followTransferUnits moves the units of transfers along: they are sent, and then in the stock of their destination.
func followTransferUnits(tx *record.Tx, changes []record.Change[object.ProductTransfer]) error {
	var recs []any
	for _, c := range changes {
		sent, received := c.New.IsSent && !c.Old.IsSent, c.New.IsReceived && !c.Old.IsReceived
		if c.Insert || !c.New.IsProduct2Serialized || !sent && !received {
			continue
		}
		states, err := record.FindBy[object.ProductTransferState](tx, "ProductTransferId", c.New.Id)
		if err != nil {
			return err
		}
		for _, s := range states {
			u, err := record.Get(tx, s.SerializedProductId)
			if err != nil {
				return err
			}
			if u.Id == "" {
				continue
			}
			if err := moveUnit(tx, u, c.New, received); err != nil {
				return err
			}
			recs = append(recs, u)
		}
	}
	return tx.Save(recs...)
}

func moveUnit(tx *record.Tx, u *object.SerializedProduct, t *object.ProductTransfer, received bool) error {
	u.Status, u.MovedById = object.SerializedStatusSent, schema.AnyRef(t.Id)
	if !received {
		return nil
	}
	source, err := record.Get(tx, t.SourceProductItemId)
	if err != nil {
		return err
	}
	item, err := itemAt(tx, t.DestinationLocationId, t.Product2Id, source.SerialNumber)
	if err == nil && item != nil {
		u.Status, u.ProductItemId = object.SerializedStatusAvailable, itemRef(item.Id)
	}
	return err
}

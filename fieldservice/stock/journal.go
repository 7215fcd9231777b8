package stock

import (
	"fmt"
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

type (
	itemRef     = schema.Ref[object.ProductItem]
	locationRef = schema.Ref[object.Location]
	productRef  = schema.Ref[object.Product2]
)

// entry is a movement of stock that is to be written to the journal.
type entry struct {
	item     itemRef
	quantity schema.Decimal // signed: negative leaves
	kind     object.StockTransaction
	of       schema.AnyRef // the record that moves it
	reason   string
	field    string // of the record that moves it, for the person who asked for too much
}

// post writes entries to the journal and gives their items the quantities that follow. It is the only way in which the
// house moves stock. Each item is locked, in the order of ids, and written once; what is asked for and not there is
// refused. Items in the recycle bin are left alone.
func post(tx *record.Tx, entries []entry) error {
	before, items, err := lockItems(tx, entries)
	if err != nil {
		return err
	}
	var recs []any
	for _, e := range entries {
		item := items[e.item]
		if item == nil || e.quantity.Sign() == 0 {
			continue
		}
		item.QuantityOnHand = item.QuantityOnHand.Or(schema.DecInt(0)).Add(e.quantity)
		item.JournalQuantity = item.JournalQuantity.Or(schema.DecInt(0)).Add(e.quantity)
		recs = append(recs, &object.ProductItemTransaction{ProductItemId: e.item, Quantity: e.quantity, QuantityAfter: item.QuantityOnHand,
			TransactionType: e.kind, RelatedRecordId: e.of, Description: schema.LongText(e.reason)})
	}
	for _, e := range entries {
		if item := items[e.item]; item != nil && item.QuantityOnHand != before[e.item] {
			if err := checkOnHand(tx, item, before[e.item], e.field); err != nil {
				return err
			}
			before[e.item] = item.QuantityOnHand
			recs = append(recs, item)
		}
	}
	return tx.Save(recs...)
}

// lockItems locks what entries move, and returns it with the quantities that it had.
func lockItems(tx *record.Tx, entries []entry) (before map[itemRef]schema.Decimal, items map[itemRef]*object.ProductItem, err error) {
	var ids []itemRef
	for _, e := range entries {
		ids = append(ids, e.item)
	}
	slices.Sort(ids)
	before, items = map[itemRef]schema.Decimal{}, map[itemRef]*object.ProductItem{}
	for _, id := range slices.Compact(ids) {
		item, err := record.Lock(tx, id)
		if err != nil {
			return nil, nil, err
		}
		if item.Id != "" && !item.IsDeleted {
			before[id], items[id] = item.QuantityOnHand, item
		}
	}
	return before, items, nil
}

// checkOnHand refuses that more leaves an item than there is, unless its location allows it.
func checkOnHand(r record.Reader, item *object.ProductItem, before schema.Decimal, field string) error {
	if item.QuantityOnHand.Sign() >= 0 || item.QuantityOnHand.Cmp(before) >= 0 {
		return nil
	}
	place, err := record.Get(r, item.LocationId)
	if err != nil || place.AllowsNegativeStock {
		return err
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("%s: there are %s of %s at %s (%s), not %s", field, before.Or(schema.DecInt(0)), item.ProductName, place.Name, item.ProductItemNumber, before.Sub(item.QuantityOnHand)), field)
}

// fillItem shows what an item is an item of. What a new one holds is what its journal will begin with.
func fillItem(tx *record.Tx, c *record.Change[object.ProductItem]) error {
	item := c.New
	p, err := record.Get(tx, item.Product2Id)
	if err != nil {
		return ignoreMissing(err)
	}
	item.ProductName, item.IsProduct2Serialized = p.Name, p.IsSerialized
	if item.QuantityUnitOfMeasure == "" {
		item.QuantityUnitOfMeasure = p.QuantityUnitOfMeasure
	}
	item.QuantityOnHand, item.StockKey = item.QuantityOnHand.Round(2), stockKey(item.LocationId, item.Product2Id, item.SerialNumber)
	if c.Insert {
		item.JournalQuantity = item.QuantityOnHand
	}
	return nil
}

// checkItem holds an item to where stock may be, and its quantity to what can be.
func checkItem(r record.Reader, old, item object.ProductItem) error {
	if item.SerialNumber != "" && item.QuantityOnHand.Sign() != 0 && item.QuantityOnHand != schema.DecInt(1) {
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "QuantityOnHand: of one serial number there is 1, or none when it is gone", "QuantityOnHand")
	}
	if err := checkOnHand(r, &item, old.QuantityOnHand.Or(schema.DecInt(0)), "QuantityOnHand"); err != nil || old.Id != "" {
		return err
	}
	place, err := record.Get(r, item.LocationId)
	if err != nil {
		return err
	}
	if place.IsInventoryLocation {
		return nil
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "LocationId: "+place.Name+" holds no stock; it is not an inventory location", "LocationId")
}

// stockKey is what two stocks can't have in common: it names the one stock of a product at a location that is of the given serial number, or of none.
func stockKey(at locationRef, p productRef, serial string) string {
	return string(at) + " " + string(p) + " " + serial
}

// itemAt returns the stock of a product at a location that is of the given serial number, or of none; nil when there is
// none. It looks for its key, so that it costs the same however much a location holds.
func itemAt(r record.Reader, at locationRef, p productRef, serial string) (*object.ProductItem, error) {
	return record.First[object.ProductItem](r, "StockKey = ?", stockKey(at, p, serial))
}

// followItems writes to the journal what people did to quantities: what a new item holds, and what an edit made of it.
func followItems(tx *record.Tx, changes []record.Change[object.ProductItem]) error {
	var recs []any
	for _, c := range changes {
		item := c.New
		t := &object.ProductItemTransaction{ProductItemId: itemRef(item.Id), TransactionType: object.StockTransactionReplenished, Quantity: item.QuantityOnHand, QuantityAfter: item.QuantityOnHand}
		if !c.Insert {
			t.TransactionType, t.Quantity = object.StockTransactionAdjusted, item.QuantityOnHand.Sub(item.JournalQuantity.Or(schema.DecInt(0)))
		}
		if t.Quantity.Sign() == 0 {
			continue
		}
		if item.AdjustmentReason != c.Old.AdjustmentReason {
			t.Description = schema.LongText(item.AdjustmentReason)
		}
		recs = append(recs, t)
		if !c.Insert {
			fresh, err := record.Get(tx, itemRef(item.Id))
			if err != nil {
				return err
			}
			fresh.JournalQuantity = fresh.QuantityOnHand
			recs = append(recs, fresh)
		}
	}
	return tx.Save(recs...)
}

// checkItemDelete holds that stock does not vanish with its journal.
func checkItemDelete(r record.Reader, item object.ProductItem) error {
	if item.QuantityOnHand.Sign() != 0 {
		return record.Refuse("DELETE_FAILED", fmt.Sprintf("QuantityOnHand: %s still holds %s; set it to 0 first", item.ProductItemNumber, item.QuantityOnHand), "QuantityOnHand")
	}
	used, err := record.First[object.ProductConsumed](r, "ProductItemId = ?", item.Id)
	if err != nil || used == nil {
		return err
	}
	return record.Refuse("DELETE_FAILED", fmt.Sprintf("%s took parts from %s, which could not go back if it were gone", used.ProductConsumedNumber, item.ProductItemNumber), "Id")
}

// checkSerialized holds that a product becomes one with numbered units, or ceases to be, only while there is none in
// stock: nobody would know which is which.
func checkSerialized(r record.Reader, old, p object.Product2) error {
	if old.Id == "" || p.IsSerialized == old.IsSerialized {
		return nil
	}
	items, err := record.FindBy[object.ProductItem](r, "Product2Id", p.Id)
	if err != nil {
		return err
	}
	for _, item := range items {
		if item.QuantityOnHand.Sign() != 0 {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("IsSerialized: %s holds %s; it can change while there is no stock", item.ProductItemNumber, item.QuantityOnHand), "IsSerialized")
		}
	}
	return nil
}

package stock

import (
	"context"
	"encoding/json"
	"testing"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// depot is a house with a warehouse, two vans and two products, of which meters are numbered.
type depot struct {
	*housetest.House
	warehouse, van, other *object.Location
	filter, meter         *object.Product2
	order                 *object.WorkOrder
}

func openDepot(t testing.TB) *depot { return depotOn(t, storetest.SQLite(t, store.Options{})) }

func depotOn(t testing.TB, db *store.DB) *depot {
	d := &depot{House: housetest.On(t, db, Rules)}
	place := func(name, kind string) *object.Location {
		return &object.Location{Name: name, LocationType: schema.Picklist(kind), IsInventoryLocation: true}
	}
	d.warehouse, d.van, d.other = place("Warehouse", "Warehouse"), place("Van 1", "Van"), place("Van 2", "Van")
	d.filter, d.meter = &object.Product2{Name: "Filter", IsActive: true}, &object.Product2{Name: "Meter", IsActive: true, IsSerialized: true}
	d.order = &object.WorkOrder{Subject: "Repair"}
	d.Save(d.warehouse, d.van, d.other, d.filter, d.meter, d.order)
	return d
}

// stock puts a quantity of a product at a place.
func (d *depot) stock(at *object.Location, p *object.Product2, n int64) *object.ProductItem {
	d.T.Helper()
	item := &object.ProductItem{LocationId: locationRef(at.Id), Product2Id: productRef(p.Id), QuantityOnHand: schema.DecInt(n)}
	d.Save(item)
	return item
}

// uses is a consumption of n from an item.
func (d *depot) uses(item *object.ProductItem, n int64) *object.ProductConsumed {
	return &object.ProductConsumed{WorkOrderId: schema.Ref[object.WorkOrder](d.order.Id), ProductItemId: itemRef(item.Id), QuantityConsumed: schema.DecInt(n)}
}

// on returns what is on hand of an item now.
func (d *depot) on(item *object.ProductItem) string {
	d.T.Helper()
	return housetest.Load[object.ProductItem](d.House, item.Id).QuantityOnHand.String()
}

// at returns what is on hand of a product at a place; "none" when nothing ever was.
func (d *depot) at(place *object.Location, p *object.Product2) string {
	d.T.Helper()
	items := housetest.Find[object.ProductItem](d.House, "LocationId = ? AND Product2Id = ?", place.Id, p.Id)
	if len(items) == 0 {
		return "none"
	}
	return items[0].QuantityOnHand.String()
}

// journal returns the entries of an item, oldest first, as "Consumed -2 =8".
func (d *depot) journal(item schema.Id) (lines []string) {
	d.T.Helper()
	for _, t := range housetest.Find[object.ProductItemTransaction](d.House, "ProductItemId = ? ORDER BY ProductItemTransactionNumber", item) {
		lines = append(lines, string(t.TransactionType)+" "+t.Quantity.String()+" ="+t.QuantityAfter.String())
	}
	return lines
}

// act asks for an action and returns its output.
func act[O any](d *depot, name, body string) O {
	d.T.Helper()
	for _, a := range Actions {
		if a.Name != name {
			continue
		}
		results, err := a.Run(context.Background(), d.Keeper, record.Cause{By: "test"}, []json.RawMessage{json.RawMessage(body)})
		if err != nil {
			d.T.Fatal(err)
		}
		if len(results[0].Faults) > 0 {
			d.T.Fatal(results[0].Faults)
		}
		return results[0].Output.(O)
	}
	d.T.Fatalf("there is no action %s", name)
	panic("unreachable")
}

// differ returns how many stocks are not the sum of their journal.
func (d *depot) differ() int {
	d.T.Helper()
	return int(act[auditOut](d, "auditStock", "{}").Differences.Int64())
}

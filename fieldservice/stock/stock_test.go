package stock

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

func wants(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %s, not %s", what, got, want)
	}
}

func wantsLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("the journal says\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestJournal(t *testing.T) {
	d := openDepot(t)
	item := d.stock(d.van, d.filter, 10)
	used := d.uses(item, 4)
	d.Save(used)
	wants(t, "on hand", d.on(item), "6")
	used.QuantityConsumed = schema.DecInt(5)
	d.Save(used)
	used.QuantityConsumed = schema.DecInt(2)
	d.Save(used)
	d.Delete(used.Id)
	d.Undelete(used.Id)
	item = housetest.Load[object.ProductItem](d.House, item.Id)
	item.QuantityOnHand, item.AdjustmentReason = schema.DecInt(12), "found behind the seat"
	d.Save(item)
	wantsLines(t, d.journal(item.Id), "Replenished 10 =10", "Consumed -4 =6", "Consumed -1 =5", "Adjusted 3 =8", "Adjusted 2 =10", "Consumed -2 =8", "Adjusted 4 =12")
	if last := housetest.Find[object.ProductItemTransaction](d.House, "Quantity = 4"); last[0].Description != "found behind the seat" {
		t.Errorf("the reason is %q", last[0].Description)
	}
	if got := housetest.Load[object.ProductConsumed](d.House, used.Id); !got.IsConsumed || got.ProductName != "Filter" {
		t.Errorf("the consumption shows %v %q", got.IsConsumed, got.ProductName)
	}
	if n := d.differ(); n != 0 {
		t.Errorf("%d stocks differ from their journal", n)
	}
}

func TestMoreThanThereIs(t *testing.T) {
	d := openDepot(t)
	item := d.stock(d.van, d.filter, 3)
	f := d.RefusesToSave(d.uses(item, 5))
	if want := "there are 3 of Filter at Van 1"; !strings.Contains(f.Message, want) || f.Fields[0] != "QuantityConsumed" {
		t.Errorf("%q %v does not say %q", f.Message, f.Fields, want)
	}
	wants(t, "on hand", d.on(item), "3")
	if err := d.Try(func(tx *record.Tx) error { return tx.Save(d.uses(item, 2), d.uses(item, 2)) }); err == nil {
		t.Error("two together took more than there is")
	}
	wants(t, "on hand", d.on(item), "3")

	// Of a batch from outside, what there is enough of goes through.
	results := d.Apply(nil, record.Insert, "ProductConsumed", slices.Repeat([]string{fmt.Sprintf(`{"WorkOrderId": %q, "ProductItemId": %q, "QuantityConsumed": 1}`, d.order.Id, item.Id)}, 5)...)
	ok := 0
	for _, r := range results {
		if len(r.Faults) == 0 {
			ok++
		}
	}
	if ok != 3 {
		t.Errorf("%d of 5 got one of 3", ok)
	}
	wants(t, "on hand", d.on(item), "0")

	d.van.AllowsNegativeStock = true
	d.Save(d.van, d.uses(item, 2))
	wants(t, "on hand", d.on(item), "-2")
}

func TestFromTheVan(t *testing.T) {
	d := openDepot(t)
	item := d.stock(d.van, d.filter, 5)
	profile := &org.Profile{Name: "Technician"}
	d.Save(profile)
	user := &org.User{LastName: "Ana", Alias: "ana", Username: "ana@demo.example", Email: "ana@demo.example", ProfileId: schema.Ref[org.Profile](profile.Id), IsActive: true,
		TimeZoneSidKey: "UTC", LocaleSidKey: "en_US", LanguageLocaleKey: "en_US", EmailEncodingKey: "UTF-8"}
	d.Save(user)
	d.Save(&object.ServiceResource{Name: "Ana", IsActive: true, ResourceType: object.ResourceTypeTechnician, RelatedRecordId: schema.Ref[org.User](user.Id), LocationId: locationRef(d.van.Id)})
	err := d.Keeper.Do(context.Background(), record.Cause{Viewer: person{id: user.Id}, By: "test"}, func(tx *record.Tx) error {
		return tx.Save(&object.ProductConsumed{WorkOrderId: schema.Ref[object.WorkOrder](d.order.Id), Product2Id: productRef(d.filter.Id), QuantityConsumed: schema.DecInt(2)})
	})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, "on hand", d.on(item), "3")
}

// person is somebody who may do everything.
type person struct {
	access.Everything
	id schema.Id
}

func (p person) User() schema.Id { return p.id }

func TestTransfer(t *testing.T) {
	d := openDepot(t)
	item := d.stock(d.warehouse, d.filter, 20)
	move := &object.ProductTransfer{SourceLocationId: locationRef(d.warehouse.Id), DestinationLocationId: locationRef(d.van.Id), Product2Id: productRef(d.filter.Id), QuantitySent: schema.DecInt(8)}
	d.Save(move)
	wants(t, "the source before it is received", d.on(item), "20")
	move.IsReceived, move.QuantityReceived = true, schema.DecInt(7)
	d.Save(move)
	wants(t, "the source", d.on(item), "12")
	wants(t, "the destination", d.at(d.van, d.filter), "7")
	wants(t, "the status", string(move.Status), "Completed")
	move.QuantityReceived = schema.DecInt(8)
	if f := d.RefusesToSave(move); f.Code != "ENTITY_IS_LOCKED" {
		t.Errorf("a received transfer changed: %v", f)
	}
	if f := d.Refused(func(tx *record.Tx) error { return tx.Delete(move.Id) }); f.Code != "DELETE_FAILED" {
		t.Errorf("a received transfer went: %v", f)
	}
	much := &object.ProductTransfer{SourceProductItemId: itemRef(item.Id), DestinationLocationId: locationRef(d.van.Id), QuantitySent: schema.DecInt(13), IsReceived: true}
	if f := d.RefusesToSave(much); !strings.Contains(f.Message, "there are 12 of Filter at Warehouse") {
		t.Errorf("too much was sent: %v", f)
	}
	supplied := &object.ProductTransfer{Product2Id: productRef(d.filter.Id), DestinationLocationId: locationRef(d.other.Id), QuantitySent: schema.DecInt(3), IsReceived: true}
	again := *supplied
	d.Save(supplied, &again)
	wants(t, "what a supplier sent twice", d.at(d.other, d.filter), "6")
	if n := d.differ(); n != 0 {
		t.Errorf("%d stocks differ from their journal", n)
	}
}

func TestRequestToShipment(t *testing.T) {
	d := openDepot(t)
	d.stock(d.warehouse, d.filter, 20)
	q := &object.ProductRequest{SourceLocationId: locationRef(d.warehouse.Id), DestinationLocationId: locationRef(d.van.Id)}
	d.Save(q)
	l := &object.ProductRequestLineItem{ParentId: schema.Ref[object.ProductRequest](q.Id), Product2Id: productRef(d.filter.Id), QuantityRequested: schema.DecInt(6)}
	parcel := &object.Shipment{ShipToName: "Ana", TrackingNumber: "T1"}
	d.Save(l, parcel)
	q.Status = object.RequestStatusSubmitted
	d.Save(q)
	wants(t, "the line", string(housetest.Load[object.ProductRequestLineItem](d.House, l.Id).Status), "Submitted")

	out := act[transferOut](d, "transferRequest", fmt.Sprintf(`{"productRequestId": %q, "shipmentId": %q}`, q.Id, parcel.Id))
	if len(out.ProductTransferIds) != 1 {
		t.Fatalf("%d transfers", len(out.ProductTransferIds))
	}
	if again := act[transferOut](d, "transferRequest", fmt.Sprintf(`{"productRequestId": %q}`, q.Id)); len(again.ProductTransferIds) != 0 {
		t.Error("the same request was sent twice")
	}
	parcel.Status = object.ShipmentStatusShipped
	d.Save(parcel)
	move := housetest.Load[object.ProductTransfer](d.House, out.ProductTransferIds[0])
	if !move.IsSent || move.ShipmentStatus != object.ShipmentStatusShipped || move.ShipmentTrackingNumber != "T1" || move.QuantitySent.String() != "6" {
		t.Errorf("the transfer does not follow its parcel: %+v", move)
	}
	parcel.Status = object.ShipmentStatusCreated
	if f := d.RefusesToSave(parcel); !strings.Contains(f.Message, "In Transit") {
		t.Errorf("a parcel went back: %s", f.Message)
	}
	parcel.Status = object.ShipmentStatusDelivered
	d.Save(parcel)
	if parcel.ActualDeliveryDate.IsNull() {
		t.Error("nobody noted when it was delivered")
	}
	move = housetest.Load[object.ProductTransfer](d.House, move.Id)
	move.IsReceived = true
	d.Save(move)
	wants(t, "the van", d.at(d.van, d.filter), "6")
	wants(t, "the line", string(housetest.Load[object.ProductRequestLineItem](d.House, l.Id).Status), "Received")
	wants(t, "the request", string(housetest.Load[object.ProductRequest](d.House, q.Id).Status), "Received")
}

func TestReturn(t *testing.T) {
	d := openDepot(t)
	item := d.stock(d.van, d.filter, 4)
	ro := &object.ReturnOrder{DestinationLocationId: locationRef(d.warehouse.Id)}
	d.Save(ro)
	l := &object.ReturnOrderLineItem{ReturnOrderId: schema.Ref[object.ReturnOrder](ro.Id), ProductItemId: itemRef(item.Id), QuantityReturned: schema.DecInt(3), ProcessingPlan: object.ProcessingPlanDiscard}
	d.Save(l)
	wants(t, "the product", string(l.Product2Id), string(d.filter.Id))
	d.Save(&object.ProductTransfer{ReturnOrderLineItemId: schema.Ref[object.ReturnOrderLineItem](l.Id), IsReceived: true})
	wants(t, "the van", d.on(item), "1")
	wants(t, "what was thrown away", d.at(d.warehouse, d.filter), "0")
	wants(t, "received", housetest.Load[object.ReturnOrderLineItem](d.House, l.Id).QuantityReceived.String(), "3")
	repair := &object.WorkOrder{ReturnOrderLineItemId: schema.Ref[object.ReturnOrderLineItem](l.Id)}
	d.Save(repair)
	wants(t, "the return of the repair", string(repair.ReturnOrderId), string(ro.Id))
	if f := d.RefusesToSave(&object.ReturnOrderLineItem{ReturnOrderId: schema.Ref[object.ReturnOrder](ro.Id), QuantityReturned: schema.DecInt(1)}); f.Code != "REQUIRED_FIELD_MISSING" {
		t.Errorf("a return of nothing: %v", f)
	}
}

func TestUnits(t *testing.T) {
	d := openDepot(t)
	item := d.stock(d.warehouse, d.meter, 2)
	unit := func(no string) *object.SerializedProduct {
		u := &object.SerializedProduct{SerialNumber: no, ProductItemId: itemRef(item.Id)}
		d.Save(u)
		return u
	}
	a, b := unit("A"), unit("B")
	if f := d.RefusesToSave(&object.SerializedProduct{SerialNumber: "A", ProductItemId: itemRef(item.Id)}); f.Code != "DUPLICATE_VALUE" {
		t.Errorf("a number twice: %v", f)
	}
	if f := d.RefusesToSave(&object.SerializedProduct{SerialNumber: "A", Product2Id: productRef(d.filter.Id)}); !strings.Contains(f.Message, "not numbered") {
		t.Errorf("a numbered filter: %v", f)
	}
	d.meter.IsSerialized = false
	if f := d.RefusesToSave(d.meter); f.Fields[0] != "IsSerialized" {
		t.Errorf("meters ceased to be numbered: %v", f)
	}

	move := &object.ProductTransfer{SourceProductItemId: itemRef(item.Id), DestinationLocationId: locationRef(d.van.Id), QuantitySent: schema.DecInt(1)}
	d.Save(move)
	d.Save(&object.ProductTransferState{ProductTransferId: schema.Ref[object.ProductTransfer](move.Id), SerializedProductId: unitRef(a.Id)})
	move.IsSent = true
	d.Save(move)
	wants(t, "the unit on its way", string(housetest.Load[object.SerializedProduct](d.House, a.Id).Status), "Sent")
	move.IsReceived = true
	d.Save(move)
	van := housetest.Find[object.ProductItem](d.House, "LocationId = ?", d.van.Id)[0]
	if got := housetest.Load[object.SerializedProduct](d.House, a.Id); string(got.ProductItemId) != string(van.Id) || got.Status != object.SerializedStatusAvailable {
		t.Errorf("the unit is %s in %s", got.Status, got.ProductItemId)
	}

	used := d.uses(van, 1)
	d.Save(used)
	state := func(u *object.SerializedProduct) *object.ProductConsumedState {
		return &object.ProductConsumedState{ProductConsumedId: schema.Ref[object.ProductConsumed](used.Id), SerializedProductId: unitRef(u.Id)}
	}
	if f := d.RefusesToSave(state(b)); f.Fields[0] != "SerializedProductId" {
		t.Errorf("a unit of the warehouse was consumed from the van: %v", f)
	}
	d.Save(state(a))
	wants(t, "the unit used", string(housetest.Load[object.SerializedProduct](d.House, a.Id).Status), "Consumed")
	if f := d.RefusesToSave(state(b)); f == nil {
		t.Error("more units than consumed")
	}
	d.Delete(used.Id)
	wants(t, "the unit put back", string(housetest.Load[object.SerializedProduct](d.House, a.Id).Status), "Available")
	d.Undelete(used.Id)
	wants(t, "the unit used again", string(housetest.Load[object.SerializedProduct](d.House, a.Id).Status), "Consumed")
	var kinds []string
	for _, s := range housetest.Find[object.SerializedProductTransaction](d.House, "SerializedProductId = ? ORDER BY Name", a.Id) {
		kinds = append(kinds, string(s.TransactionType))
	}
	wantsLines(t, kinds, "Available", "Sent", "Available", "Consumed", "Available", "Consumed")
}

func TestCount(t *testing.T) {
	d := openDepot(t)
	item := d.stock(d.van, d.filter, 10)
	n := &object.CycleCount{LocationId: locationRef(d.van.Id), IsWholeLocation: true}
	d.Save(n)
	entries := housetest.Find[object.CycleCountEntry](d.House, "CycleCountId = ?", n.Id)
	if len(entries) != 1 {
		t.Fatalf("%d entries", len(entries))
	}
	e := entries[0]
	e.CountedQuantity, e.Reason = schema.DecInt(8), "two were damp"
	d.Save(e)
	wants(t, "the difference", e.Difference.String(), "-2")
	d.Save(d.uses(item, 1)) // meanwhile
	n = housetest.Load[object.CycleCount](d.House, n.Id)
	wants(t, "the entries", n.EntryCount.String(), "1")
	n.Status = object.CountStatusPosted
	d.Save(n)
	wants(t, "on hand", d.on(item), "7")
	last := housetest.Find[object.ProductItemTransaction](d.House, "Quantity = -2")[0]
	if last.Description != "two were damp" || string(last.RelatedRecordId) != string(e.Id) {
		t.Errorf("the journal says %q of %s", last.Description, last.RelatedRecordId)
	}
	e.CountedQuantity = schema.DecInt(9)
	if f := d.RefusesToSave(e); f.Code != "ENTITY_IS_LOCKED" {
		t.Errorf("a posted entry changed: %v", f)
	}
	n.Status = object.CountStatusNew
	if f := d.RefusesToSave(n); f.Fields[0] != "Status" {
		t.Errorf("a posted count was opened: %v", f)
	}
}

func TestReorder(t *testing.T) {
	d := openDepot(t)
	item := d.stock(d.van, d.filter, 5)
	d.Save(&object.ReorderPoint{LocationId: locationRef(d.van.Id), SourceLocationId: locationRef(d.warehouse.Id), Product2Id: productRef(d.filter.Id), MinimumQuantity: schema.DecInt(5), TargetQuantity: schema.DecInt(12), IsActive: true})
	if out := act[suggestOut](d, "suggestRequests", "{}"); len(out.ProductRequestIds) != 0 {
		t.Error("asked for what there is enough of")
	}
	d.Save(d.uses(item, 2))
	if out := act[suggestOut](d, "suggestRequests", fmt.Sprintf(`{"locationId": %q}`, d.van.Id)); len(out.ProductRequestIds) != 1 {
		t.Fatal("nothing was asked for")
	}
	l := housetest.Find[object.ProductRequestLineItem](d.House, "Product2Id = ?", d.filter.Id)[0]
	wants(t, "asked for", l.QuantityRequested.String(), "9")
	wants(t, "from", string(l.SourceLocationId), string(d.warehouse.Id))
	if out := act[suggestOut](d, "suggestRequests", "{}"); len(out.ProductRequestIds) != 0 {
		t.Error("asked for the same again")
	}
}

func TestMissingParts(t *testing.T) {
	d := openDepot(t)
	item := d.stock(d.van, d.filter, 3)
	d.Save(&object.ProductRequired{ParentRecordId: schema.AnyRef(d.order.Id), Product2Id: productRef(d.filter.Id), QuantityRequired: schema.DecInt(6)},
		&object.ProductRequired{ParentRecordId: schema.AnyRef(d.order.Id), Product2Id: productRef(d.meter.Id)}, d.uses(item, 1))
	out := act[missingOut](d, "missingParts", fmt.Sprintf(`{"workOrderId": %q, "locationId": %q}`, d.order.Id, d.van.Id))
	var lines []string
	for _, p := range out.Parts {
		lines = append(lines, fmt.Sprintf("%s: %s - %s - %s = %s", p.ProductName, p.Required, p.Consumed, p.OnHand, p.Missing))
	}
	wantsLines(t, lines, "Filter: 6 - 1 - 2 = 3", "Meter: 1 - 0 - 0 = 1")
	if out := act[missingOut](d, "missingParts", fmt.Sprintf(`{"workOrderId": %q}`, d.order.Id)); out.Parts[0].OnHand.Sign() != 0 {
		t.Error("stock of nobody was counted")
	}
}

// TestAuditFindsDamage changes a quantity behind the house's back.
func TestAuditFindsDamage(t *testing.T) {
	d := openDepot(t)
	item := d.stock(d.van, d.filter, 10)
	d.Do(func(tx *record.Tx) error {
		_, err := tx.Store().Exec(`UPDATE "ProductItem" SET "QuantityOnHand" = 900 WHERE "Id" = ?`, string(item.Id))
		return err
	})
	for range 2 { // the second audit finds the same
		if n := d.differ(); n != 1 {
			t.Fatalf("%d differences", n)
		}
	}
	found := housetest.Find[object.StockDifference](d.House, "IsOpen = true")
	if len(found) != 1 || found[0].QuantityOnHand.String() != "9" || found[0].JournalSum.String() != "10" {
		t.Errorf("recorded %d: %+v", len(found), found)
	}
	d.Do(func(tx *record.Tx) error {
		_, err := tx.Store().Exec(`UPDATE "ProductItem" SET "QuantityOnHand" = 1000 WHERE "Id" = ?`, string(item.Id))
		return err
	})
	if n := d.differ(); n != 0 || len(housetest.Find[object.StockDifference](d.House, "IsOpen = true")) != 0 {
		t.Errorf("%d differences after it was mended", n)
	}
}

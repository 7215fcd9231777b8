package work

import (
	"fmt"
	"strings"
	"testing"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestTree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := worldOn(t, db)
		var chain []*object.Asset
		for i := range 20 {
			a := &object.Asset{Name: fmt.Sprint("A", i), AccountId: ref[object.Account](w.account.Id)}
			if i > 0 {
				a.ParentId = ref[object.Asset](chain[i-1].Id)
			}
			w.Save(a)
			chain = append(chain, a)
		}
		is(t, "a root leads to itself", chain[0].RootAssetId, ref[object.Asset](chain[0].Id))
		is(t, "level", chain[19].AssetLevel, schema.NewInt(20))
		f := w.Refused(change(w, chain[1], func(a *object.Asset) { a.ParentId = ref[object.Asset](chain[3].Id) }))
		if !strings.Contains(f.Message, "A1 > A3 > A2 > A1") {
			t.Errorf("%q does not name the path", f.Message)
		}
		at := func(when string, a *object.Asset, root *object.Asset, level int64) {
			t.Helper()
			a = housetest.Load[object.Asset](w.House, a.Id)
			is(t, when+": root of "+a.Name, a.RootAssetId, ref[object.Asset](root.Id))
			is(t, when+": level of "+a.Name, a.AssetLevel, schema.NewInt(level))
		}
		w.Do(change(w, chain[1], func(a *object.Asset) { a.ParentId = "" }))
		at("cut", chain[1], chain[1], 1)
		at("cut", chain[19], chain[1], 19)
		w.Delete(chain[5].Id)
		at("its parent is deleted", chain[6], chain[6], 1)
		at("its parent is deleted", chain[19], chain[6], 14)

		// Two changes of one batch that would close a circle which neither shows alone.
		results := w.Apply(nil, record.Update, "Asset",
			`{"Id":"`+string(chain[1].Id)+`","ParentId":"`+string(chain[6].Id)+`"}`, `{"Id":"`+string(chain[6].Id)+`","ParentId":"`+string(chain[1].Id)+`"}`)
		is(t, "refused", len(results[0].Faults) > 0 || len(results[1].Faults) > 0, true)
	})
}

func TestLinesStayInTheirOrder(t *testing.T) {
	w := newWorld(t)
	o, p := w.order(object.WorkOrder{}), w.order(object.WorkOrder{})
	l := &object.WorkOrderLineItem{WorkOrderId: ref[object.WorkOrder](o.Id)}
	w.Save(l)
	w.RefusesToSave(&object.WorkOrderLineItem{WorkOrderId: ref[object.WorkOrder](p.Id), ParentWorkOrderLineItemId: ref[object.WorkOrderLineItem](l.Id)})
	w.Do(change(w, p, func(p *object.WorkOrder) { p.ParentWorkOrderId = ref[object.WorkOrder](o.Id) }))
	is(t, "root", housetest.Load[object.WorkOrder](w.House, p.Id).RootWorkOrderId, ref[object.WorkOrder](o.Id))
}

func TestLargestTree(t *testing.T) {
	w := newWorld(t)
	root := &object.Location{Name: "Campus", LocationType: "Site"}
	w.Save(root)
	rooms := make([]string, maxTree)
	for i := range rooms {
		rooms[i] = fmt.Sprintf(`{"Name":"Room %d","LocationType":"Site","ParentLocationId":"%s"}`, i, root.Id)
	}
	refused := 0
	for _, r := range w.Apply(nil, record.Insert, "Location", rooms...) {
		if len(r.Faults) > 0 {
			refused++
			is(t, "code", r.Faults[0].Code, "LIMIT_EXCEEDED")
		}
	}
	is(t, "refused", refused, 1)
}

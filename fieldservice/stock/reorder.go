package stock

import (
	"context"
	"fmt"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/job"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// checkReorderPoint holds that a reorder point makes sense, and is the only one of its product and location.
func checkReorderPoint(r record.Reader, _, p object.ReorderPoint) error {
	switch {
	case p.MinimumQuantity.Sign() <= 0:
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "MinimumQuantity: must be more than 0", "MinimumQuantity")
	case p.TargetQuantity.Cmp(p.MinimumQuantity) < 0:
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "TargetQuantity: must not be less than MinimumQuantity", "TargetQuantity")
	case p.SourceLocationId == p.LocationId:
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "SourceLocationId: must be another location", "SourceLocationId")
	}
	points, err := record.FindBy[object.ReorderPoint](r, "LocationId", schema.Id(p.LocationId))
	if err != nil {
		return err
	}
	for _, other := range points {
		if other.Product2Id == p.Product2Id && other.Id != p.Id {
			return record.Refuse("DUPLICATE_VALUE", fmt.Sprintf("Product2Id: %s is the reorder point of this product here", other.ReorderPointNumber), "Product2Id")
		}
	}
	return nil
}

// suggestIn asks for requests where stock has run low.
type suggestIn struct {
	LocationId locationRef // null is every location
}

// suggestOut are the requests that were made, as drafts.
type suggestOut struct {
	ProductRequestIds []schema.Id
}

// suggestRequests makes drafts of requests that fill stock up, for someone who may make requests and see the location.
func suggestRequests(tx *record.Tx, in suggestIn) (suggestOut, error) {
	if v := tx.Viewer(); v != nil && !v.Object(tx.Catalog().Object("ProductRequest")).Has(access.Create) {
		return suggestOut{}, record.Refuse("INSUFFICIENT_ACCESS_OR_READONLY", "You may not make product requests")
	}
	if in.LocationId != "" {
		if err := mustSee(tx, tx.Viewer(), "locationId", schema.Id(in.LocationId)); err != nil {
			return suggestOut{}, err
		}
	}
	ids, err := refill(tx, in.LocationId)
	return suggestOut{ids}, err
}

// way is where parts go from and to; one request is made for each.
type way struct{ from, to locationRef }

// refill asks for what the active reorder points find missing at a location, or everywhere. What is already on order
// counts as if it were there, so that asking twice asks once.
func refill(tx *record.Tx, at locationRef) (ids []schema.Id, err error) {
	where, args := "IsActive = true", []any(nil)
	if at != "" {
		where, args = where+" AND LocationId = ?", []any{at}
	}
	points, err := record.Find[object.ReorderPoint](tx, where+" ORDER BY LocationId, SourceLocationId, Id", args...)
	if err != nil {
		return nil, err
	}
	requests := map[way]*object.ProductRequest{}
	var lines []any
	for _, p := range points {
		short, err := shortage(tx, p)
		if err != nil {
			return nil, err
		}
		if short.Sign() <= 0 {
			continue
		}
		w := way{p.SourceLocationId, p.LocationId}
		if requests[w] == nil {
			requests[w] = &object.ProductRequest{Status: object.RequestStatusDraft, SourceLocationId: w.from, DestinationLocationId: w.to, Description: "Stock fell below its reorder point"}
			if err := tx.Save(requests[w]); err != nil {
				return nil, err
			}
			ids = append(ids, requests[w].Id)
		}
		lines = append(lines, &object.ProductRequestLineItem{ParentId: schema.Ref[object.ProductRequest](requests[w].Id), Product2Id: p.Product2Id, QuantityRequested: short})
	}
	return ids, tx.Save(lines...)
}

// shortage returns how much a reorder point asks for now; 0 while there is enough, on hand or on order.
func shortage(tx *record.Tx, p *object.ReorderPoint) (schema.Decimal, error) {
	have := schema.DecInt(0)
	items, err := record.FindBy[object.ProductItem](tx, "LocationId", schema.Id(p.LocationId))
	if err != nil {
		return have, err
	}
	for _, item := range items {
		if item.Product2Id == p.Product2Id {
			have = have.Add(item.QuantityOnHand)
		}
	}
	orders, err := record.Find[object.ProductRequestLineItem](tx, "DestinationLocationId = ? AND Product2Id = ? AND Status != ?", p.LocationId, p.Product2Id, string(object.RequestStatusReceived))
	if err != nil {
		return have, err
	}
	for _, l := range orders {
		arrived, _, err := moved(tx, l)
		if err != nil {
			return have, err
		}
		have = have.Add(l.QuantityRequested.Sub(arrived))
	}
	if have.Cmp(p.MinimumQuantity) >= 0 {
		return schema.DecInt(0), nil
	}
	return p.TargetQuantity.Sub(have), nil
}

// reorder looks every night where stock has run low.
var reorder = job.Define("stock reorder", job.Every(24*time.Hour), func(ctx context.Context, k *record.Keeper, t job.Task[struct{}]) error {
	return k.Do(ctx, record.Cause{By: "job", Of: "stock reorder"}, func(tx *record.Tx) error {
		if _, err := refill(tx, ""); err != nil {
			return err
		}
		return t.Complete(tx.Store())
	})
})

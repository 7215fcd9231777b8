package stock

import (
	"cmp"
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// missingIn asks which parts are missing for an order.
type missingIn struct {
	WorkOrderId schema.Ref[object.WorkOrder]
	LocationId  locationRef // whose stock counts; null is that of those who are assigned to the order's visits
}

// missingOut lists the parts that the order and its lines require, by name.
type missingOut struct {
	Parts []missingPart
}

// missingPart is one product: Missing is what is required and neither consumed nor at hand.
type missingPart struct {
	Product2Id  productRef
	ProductName string
	Required    schema.Decimal
	Consumed    schema.Decimal
	OnHand      schema.Decimal
	Missing     schema.Decimal
}

// missingParts compares what an order requires with what was consumed and what is at hand.
func missingParts(v *record.View, who access.Viewer, in missingIn) (out missingOut, err error) {
	if err := mustSee(v, who, "workOrderId", schema.Id(in.WorkOrderId)); err != nil {
		return out, err
	}
	parts, err := required(v, in.WorkOrderId)
	if err != nil {
		return out, err
	}
	used, err := record.FindBy[object.ProductConsumed](v, "WorkOrderId", schema.Id(in.WorkOrderId))
	if err != nil {
		return out, err
	}
	for _, u := range used {
		if p := parts[u.Product2Id]; p != nil {
			p.Consumed = p.Consumed.Add(u.QuantityConsumed)
		}
	}
	places := []locationRef{in.LocationId}
	if in.LocationId == "" {
		if places, err = vansOf(v, in.WorkOrderId); err != nil {
			return out, err
		}
	} else if err := mustSee(v, who, "locationId", schema.Id(in.LocationId)); err != nil {
		return out, err
	}
	if err := countStock(v, parts, places); err != nil {
		return out, err
	}
	for id, p := range parts {
		product, err := record.Get(v, id)
		if err != nil {
			return out, err
		}
		p.ProductName, p.Missing = product.Name, schema.DecInt(0)
		if m := p.Required.Sub(p.Consumed).Sub(p.OnHand); m.Sign() > 0 {
			p.Missing = m
		}
		out.Parts = append(out.Parts, *p)
	}
	slices.SortFunc(out.Parts, func(a, b missingPart) int {
		return cmp.Or(cmp.Compare(a.ProductName, b.ProductName), cmp.Compare(a.Product2Id, b.Product2Id))
	})
	return out, nil
}

// required sums up what an order and its lines require.
func required(v *record.View, order schema.Ref[object.WorkOrder]) (map[productRef]*missingPart, error) {
	parents := []schema.Id{schema.Id(order)}
	lines, err := record.FindBy[object.WorkOrderLineItem](v, "WorkOrderId", schema.Id(order))
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		parents = append(parents, l.Id)
	}
	parts := map[productRef]*missingPart{}
	for some := range slices.Chunk(parents, 500) {
		needs, err := record.Find[object.ProductRequired](v, "ParentRecordId IN ?", some)
		if err != nil {
			return nil, err
		}
		for _, n := range needs {
			if parts[n.Product2Id] == nil {
				zero := schema.DecInt(0)
				parts[n.Product2Id] = &missingPart{Product2Id: n.Product2Id, Required: zero, Consumed: zero, OnHand: zero}
			}
			p := parts[n.Product2Id]
			p.Required = p.Required.Add(n.QuantityRequired.Or(schema.DecInt(1)))
		}
	}
	return parts, nil
}

// vansOf returns the locations of those who are assigned to the visits of an order and its lines.
func vansOf(v *record.View, order schema.Ref[object.WorkOrder]) ([]locationRef, error) {
	resources, err := record.Find[object.ServiceResource](v, "LocationId != null AND Id IN (SELECT ServiceResourceId FROM AssignedResource WHERE ServiceAppointmentId IN "+
		"(SELECT Id FROM ServiceAppointment WHERE ParentRecordId = ?) OR ServiceAppointmentId IN "+
		"(SELECT Id FROM ServiceAppointment WHERE ParentRecordId IN (SELECT Id FROM WorkOrderLineItem WHERE WorkOrderId = ?)))", order, order)
	if err != nil {
		return nil, err
	}
	var places []locationRef
	for _, r := range resources {
		places = append(places, r.LocationId)
	}
	slices.Sort(places)
	return slices.Compact(places), nil
}

func countStock(v *record.View, parts map[productRef]*missingPart, places []locationRef) error {
	for _, at := range places {
		items, err := record.FindBy[object.ProductItem](v, "LocationId", schema.Id(at))
		if err != nil {
			return err
		}
		for _, item := range items {
			if p := parts[item.Product2Id]; p != nil {
				p.OnHand = p.OnHand.Add(item.QuantityOnHand)
			}
		}
	}
	return nil
}

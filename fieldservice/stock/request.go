package stock

import (
	"cmp"
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillRequestLine gives a line of a request what it does not say itself.
func fillRequestLine(tx *record.Tx, c *record.Change[object.ProductRequestLineItem]) error {
	l := c.New
	if !c.Insert {
		return nil
	}
	q, err := record.Get(tx, l.ParentId)
	if err != nil {
		return ignoreMissing(err)
	}
	setIfEmpty(&l.DestinationLocationId, q.DestinationLocationId)
	setIfEmpty(&l.SourceLocationId, q.SourceLocationId)
	setIfEmpty(&l.WorkOrderId, q.WorkOrderId)
	setIfEmpty(&l.WorkOrderLineItemId, q.WorkOrderLineItemId)
	setIfEmpty(&l.AccountId, q.AccountId)
	setIfEmpty(&l.CaseId, q.CaseId)
	setIfEmpty(&l.NeedByDate, q.NeedByDate)
	setIfEmpty(&l.ShipmentType, q.ShipmentType)
	setIfEmpty(&l.Status, q.Status)
	setIfEmpty(&l.Status, object.RequestStatusDraft)
	return nil
}

// fillRequest begins a request as a draft.
func fillRequest(_ *record.Tx, c *record.Change[object.ProductRequest]) error {
	setIfEmpty(&c.New.Status, object.RequestStatusDraft)
	return nil
}

// checkRequestLine holds that a line asks for something.
func checkRequestLine(_, l object.ProductRequestLineItem) error {
	if l.QuantityRequested.Sign() > 0 {
		return nil
	}
	return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "QuantityRequested: must be more than 0", "QuantityRequested")
}

// followRequested submits the lines of requests that are submitted.
func followRequested(tx *record.Tx, changes []record.Change[object.ProductRequest]) error {
	var recs []any
	for _, c := range changes {
		if c.Insert || c.New.Status == c.Old.Status || c.New.Status != object.RequestStatusSubmitted {
			continue
		}
		lines, err := record.FindBy[object.ProductRequestLineItem](tx, "ParentId", c.New.Id)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if l.Status == object.RequestStatusDraft {
				l.Status = object.RequestStatusSubmitted
				recs = append(recs, l)
			}
		}
	}
	return tx.Save(recs...)
}

// followArrivals marks lines as received once as much as they asked for has arrived, and requests once all their lines
// have.
func followArrivals(tx *record.Tx, changes []record.Change[object.ProductTransfer]) error {
	seen := map[schema.Ref[object.ProductRequestLineItem]]bool{}
	var lines []any
	for _, c := range changes {
		id := c.New.ProductRequestLineItemId
		if id == "" || seen[id] || !c.New.IsReceived || c.Old.IsReceived {
			continue
		}
		seen[id] = true
		l, err := record.Get(tx, id)
		if err != nil {
			return err
		}
		arrived, _, err := moved(tx, l)
		if err != nil {
			return err
		}
		if l.Status != object.RequestStatusReceived && arrived.Cmp(l.QuantityRequested) >= 0 {
			l.Status = object.RequestStatusReceived
			lines = append(lines, l)
		}
	}
	return tx.Save(lines...)
}

// moved returns how much of what a line asks for has arrived, and how much more is on its way.
func moved(r record.Reader, l *object.ProductRequestLineItem) (arrived, coming schema.Decimal, err error) {
	arrived, coming = schema.DecInt(0), schema.DecInt(0)
	transfers, err := record.FindBy[object.ProductTransfer](r, "ProductRequestLineItemId", l.Id)
	for _, t := range transfers {
		switch {
		case t.IsReceived:
			arrived = arrived.Add(t.QuantityReceived)
		case t.ShipmentStatus != object.ShipmentStatusVoided:
			coming = coming.Add(t.QuantitySent)
		}
	}
	return arrived, coming, err
}

// followReceivedLines marks requests as received when the last of their lines is.
func followReceivedLines(tx *record.Tx, changes []record.Change[object.ProductRequestLineItem]) error {
	seen := map[schema.Ref[object.ProductRequest]]bool{}
	var recs []any
	for _, c := range changes {
		if c.New.Status != object.RequestStatusReceived || c.Old.Status == c.New.Status || seen[c.New.ParentId] {
			continue
		}
		seen[c.New.ParentId] = true
		lines, err := record.FindBy[object.ProductRequestLineItem](tx, "ParentId", schema.Id(c.New.ParentId))
		if err != nil {
			return err
		}
		if slices.ContainsFunc(lines, func(l *object.ProductRequestLineItem) bool { return l.Status != object.RequestStatusReceived }) {
			continue
		}
		q, err := record.Get(tx, c.New.ParentId)
		if err != nil {
			return err
		}
		q.Status = object.RequestStatusReceived
		recs = append(recs, q)
	}
	return tx.Save(recs...)
}

// transferIn asks for a request to be fulfilled.
type transferIn struct {
	ProductRequestId schema.Ref[object.ProductRequest]
	SourceLocationId locationRef                 // null is that of each line
	ShipmentId       schema.Ref[object.Shipment] // that the parts go with; null is none
}

// transferOut are the transfers that were made, one for each line of which something is still to be sent.
type transferOut struct {
	ProductTransferIds []schema.Id
}

// transferRequest makes the transfers that fulfil a request, on behalf of the caller, whose rights count.
func transferRequest(tx *record.Tx, in transferIn) (out transferOut, err error) {
	if err := mustSee(tx, tx.Viewer(), "productRequestId", schema.Id(in.ProductRequestId)); err != nil {
		return out, err
	}
	if _, err := record.Lock(tx, in.ProductRequestId); err != nil {
		return out, err
	}
	lines, err := record.FindBy[object.ProductRequestLineItem](tx, "ParentId", schema.Id(in.ProductRequestId))
	if err != nil {
		return out, err
	}
	o := tx.Catalog().Object("ProductTransfer")
	b := record.Batch{Op: record.Insert, Object: o}
	for _, l := range lines {
		arrived, coming, err := moved(tx, l)
		if err != nil {
			return out, err
		}
		open := l.QuantityRequested.Sub(arrived).Sub(coming)
		if l.Status == object.RequestStatusReceived || open.Sign() <= 0 {
			continue
		}
		var p record.Patch
		p.Set(o.Field("ProductRequestLineItemId"), string(l.Id))
		p.Set(o.Field("QuantitySent"), open)
		p.Set(o.Field("SourceLocationId"), string(cmp.Or(in.SourceLocationId, l.SourceLocationId)))
		p.Set(o.Field("ShipmentId"), string(in.ShipmentId))
		b.Patches = append(b.Patches, p)
	}
	results, err := tx.Apply(b)
	if err != nil {
		return out, err
	}
	for _, r := range results {
		if len(r.Faults) > 0 {
			return out, r.Faults
		}
		out.ProductTransferIds = append(out.ProductTransferIds, r.Id)
	}
	return out, nil
}

// mustSee refuses an action on a record that the caller may not read, as if it were not there.
func mustSee(r record.Reader, v access.Viewer, field string, id schema.Id) error {
	if v == nil {
		return nil
	}
	if sees, err := record.Sees(r, v, id); err != nil || sees {
		return err
	}
	return record.Refuse("INVALID_CROSS_REFERENCE_KEY", field+": there is no such record", field)
}

package stock

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// underway reports whether a parcel is on its way.
func underway(s object.ShipmentStatus) bool {
	return s == object.ShipmentStatusShipped || s == object.ShipmentStatusInTransit
}

// fillShipment notes when a parcel was delivered, and to whom.
func fillShipment(tx *record.Tx, c *record.Change[object.Shipment]) error {
	s := c.New
	if s.Status == "" {
		s.Status = object.ShipmentStatusCreated
	}
	if s.Status != object.ShipmentStatusDelivered || c.Old.Status == s.Status {
		return nil
	}
	if s.ActualDeliveryDate.IsNull() {
		s.ActualDeliveryDate = schema.At(tx.Now())
	}
	if v := tx.Viewer(); s.DeliveredToId == "" && v != nil {
		s.DeliveredToId = schema.AnyRef(v.User())
	}
	return nil
}

// shipping is which status of a parcel may follow which; delivered and voided ones stay so.
var shipping = map[object.ShipmentStatus][]object.ShipmentStatus{
	object.ShipmentStatusCreated:   {object.ShipmentStatusShipped, object.ShipmentStatusInTransit, object.ShipmentStatusDelivered, object.ShipmentStatusVoided},
	object.ShipmentStatusShipped:   {object.ShipmentStatusInTransit, object.ShipmentStatusDelivered, object.ShipmentStatusVoided},
	object.ShipmentStatusInTransit: {object.ShipmentStatusDelivered, object.ShipmentStatusVoided},
}

// checkShipment holds a parcel to its way.
func checkShipment(old, s object.Shipment) error {
	if old.Id == "" || old.Status == s.Status || old.Status == "" {
		return nil
	}
	next := shipping[old.Status]
	for _, status := range next {
		if status == s.Status {
			return nil
		}
	}
	if len(next) == 0 {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("Status: the shipment is %s and stays so", old.Status), "Status")
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("Status: after %s comes one of %v", old.Status, next), "Status")
}

// followShipments lets transfers follow their parcels.
func followShipments(tx *record.Tx, changes []record.Change[object.Shipment]) error {
	var recs []any
	for _, c := range changes {
		if c.Insert {
			continue
		}
		transfers, err := record.FindBy[object.ProductTransfer](tx, "ShipmentId", c.New.Id)
		if err != nil {
			return err
		}
		for _, t := range transfers {
			recs = append(recs, t) // fillTransfer takes over what it shows
		}
	}
	return tx.Save(recs...)
}

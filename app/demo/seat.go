package demo

import (
	"context"
	"errors"

	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// Seats are users who are to have a place in the demo company, so that they see what people in their place see.
type Seats struct {
	Technician schema.Id // takes over the work of one of the technicians
	Dispatcher schema.Id // dispatches every territory
	Customer   schema.Id // belongs to a customer for whom work is done
}

// Seat gives users their places in a company that [Fill] made.
func Seat(ctx context.Context, k *record.Keeper, s Seats) error {
	return k.Do(ctx, Options{}.cause(), func(tx *record.Tx) error {
		return errors.Join(seatTechnician(tx, s.Technician), seatDispatcher(tx, s.Dispatcher), seatCustomer(tx, s.Customer))
	})
}

// seatTechnician makes the user the resource of the first assignment.
func seatTechnician(tx *record.Tx, user schema.Id) error {
	a, err := record.First[object.AssignedResource](tx, "ORDER BY AssignedResourceNumber")
	if err != nil || a == nil {
		return err
	}
	r, err := record.Get(tx, a.ServiceResourceId)
	if err != nil {
		return err
	}
	u, err := record.Get(tx, schema.Ref[org.User](user))
	if err != nil {
		return err
	}
	r.RelatedRecordId, r.Name = schema.Ref[org.User](user), u.Name
	return tx.Save(r)
}

func seatDispatcher(tx *record.Tx, user schema.Id) error {
	u, err := record.Get(tx, schema.Ref[org.User](user))
	if err != nil {
		return err
	}
	r := &object.ServiceResource{Name: u.Name, IsActive: true, ResourceType: object.ResourceTypeDispatcher, RelatedRecordId: schema.Ref[org.User](user)}
	if err := tx.Save(r); err != nil {
		return err
	}
	areas, err := record.Find[object.ServiceTerritory](tx, "ParentTerritoryId = null")
	if err != nil {
		return err
	}
	var members []*object.ServiceTerritoryMember
	for _, a := range areas {
		members = append(members, &object.ServiceTerritoryMember{ServiceTerritoryId: schema.Ref[object.ServiceTerritory](a.Id), ServiceResourceId: schema.Ref[object.ServiceResource](r.Id),
			TerritoryType: object.TerritoryTypeSecondary, EffectiveStartDate: schema.At(tx.Now())})
	}
	return save(tx, members)
}

// seatCustomer makes the user the contact of the first work order.
func seatCustomer(tx *record.Tx, user schema.Id) error {
	w, err := record.First[object.WorkOrder](tx, "ContactId != null ORDER BY WorkOrderNumber")
	if err != nil || w == nil {
		return err
	}
	u, err := record.Get(tx, schema.Ref[org.User](user))
	if err != nil {
		return err
	}
	u.ContactId = schema.AnyRef(w.ContactId)
	return tx.Save(u)
}

package demo

import (
	"fmt"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// findOffice finds those who look after work: the users that there are, but for technicians and customers.
func (f *filler) findOffice(tx *record.Tx) error {
	users, err := record.Find[org.User](tx, "IsActive = TRUE AND ProfileId != ? AND Profile.Name IN ? ORDER BY Username", f.Technician, []string{"Service Manager", "Dispatcher", "Service Agent"})
	for _, u := range users {
		f.office = append(f.office, schema.AnyRef(u.Id))
	}
	return err
}

// owner is who looks after the work of a territory; "" is who saves it.
func (f *filler) owner(territory int) schema.AnyRef {
	if len(f.office) == 0 {
		return ""
	}
	return f.office[territory%len(f.office)]
}

// addWarehouse saves the place where the vans are filled up, with plenty of every part.
func (f *filler) addWarehouse(tx *record.Tx) error {
	house := &object.Location{Name: "Main warehouse", LocationType: "Warehouse", IsInventoryLocation: true, TimeZone: "America/New_York", Description: "2400 Broening Highway, Baltimore"}
	if err := tx.Save(house); err != nil {
		return err
	}
	var items []*object.ProductItem
	for i, g := range goods {
		if g.family == "Parts" {
			items = append(items, &object.ProductItem{LocationId: schema.Ref[object.Location](house.Id), Product2Id: schema.Ref[object.Product2](f.products[i].Id), QuantityOnHand: schema.DecInt(int64(200 + f.rand.IntN(800))), QuantityUnitOfMeasure: "Each"})
		}
	}
	return save(tx, items)
}

// addMilestoneTypes saves what is promised with an entitlement, and the hours that customers can call.
func (f *filler) addMilestoneTypes(tx *record.Tx) error {
	f.milestones = []*object.MilestoneType{{Name: "First visit", Description: "A technician is on site."}, {Name: "Work completed", Description: "The work is done."}}
	if err := save(tx, f.milestones); err != nil {
		return err
	}
	there, err := record.First[object.BusinessHours](tx, "IsDefault = TRUE")
	if err != nil || there != nil {
		f.business = there
		return err
	}
	f.business = &object.BusinessHours{Name: "Around the clock", IsActive: true, IsDefault: true, TimeZoneSidKey: "America/New_York"}
	return tx.Save(f.business)
}

// entitle gives a customer with a contract the right to service that comes with it.
func (f *filler) entitle(tx *record.Tx, c *customer, contract *object.ServiceContract) error {
	c.contract = contract
	c.entitlement = &object.Entitlement{Name: c.account.Name + ": service within two days", AccountId: contract.AccountId, ServiceContractId: schema.Ref[object.ServiceContract](contract.Id), StartDate: contract.StartDate, EndDate: contract.EndDate, Type: "Phone Support", Status: object.ContractStatusActive}
	return tx.Save(c.entitlement)
}

// addMilestones sets the clocks of work that a customer is entitled to: most run out in time.
func (f *filler) addMilestones(tx *record.Tx, visits []*visit) error {
	var clocks []*object.EntityMilestone
	for _, v := range visits {
		if v.customer.entitlement == nil || v.becomes == object.WorkStatusCanceled {
			continue
		}
		begin := v.start.Add(-time.Duration(4+f.rand.IntN(40)) * time.Hour)
		for i, after := range []time.Duration{24 * time.Hour, 48 * time.Hour} {
			m := &object.EntityMilestone{Name: f.milestones[i].Name, MilestoneTypeId: schema.Ref[object.MilestoneType](f.milestones[i].Id), ParentEntityId: schema.Ref[object.WorkOrder](v.order.Id), StartDate: schema.At(begin), TargetDate: schema.At(begin.Add(after))}
			m.CompletionDate = v.meeting.ActualStartTime
			if i == 1 {
				m.CompletionDate = v.meeting.ActualEndTime
			}
			m.IsCompleted = !m.CompletionDate.IsNull()
			m.IsViolated = m.TargetDate.Before(m.CompletionDate) || !m.IsCompleted && m.TargetDate.Before(schema.At(f.Now))
			clocks = append(clocks, m)
		}
	}
	return save(tx, clocks)
}

// addCases saves the calls of customers from which repairs came. A call is closed when the work is over.
func (f *filler) addCases(tx *record.Tx, visits []*visit) error {
	var cases []*object.Case
	var from []*visit
	for _, v := range visits {
		if !v.job.fault {
			continue
		}
		o := v.order
		c := &object.Case{Subject: v.job.subject, Description: v.order.Description, AccountId: o.AccountId, ContactId: o.ContactId, AssetId: o.AssetId, Status: object.CaseStageWorking, Origin: "Phone", Priority: "Medium", Reason: "Breakdown", Type: "Problem",
			BusinessHoursId: schema.Ref[object.BusinessHours](f.business.Id), ServiceContractId: o.ServiceContractId, EntitlementId: o.EntitlementId}
		if v.lineStatus() != object.WorkStatusNew {
			c.Status = object.CaseStageClosed
		}
		c.OwnerId = o.OwnerId
		cases, from = append(cases, c), append(from, v)
	}
	if err := save(tx, cases); err != nil {
		return fmt.Errorf("cases: %w", err)
	}
	for i, v := range from {
		v.order.CaseId = schema.Ref[object.Case](cases[i].Id)
	}
	return nil
}

// told is what somebody wrote about the work before it was done.
func (j *job) told(asset string) schema.LongText {
	if j.fault {
		return schema.LongText("The customer reports about the " + asset + ": " + j.subject + ". Please call half an hour before arriving.")
	}
	return schema.LongText(j.subject + " of the " + asset + " as agreed. Access through the side entrance; ask for the contact on arrival.")
}

// remarks are what technicians note about visits.
var remarks = []string{"Explained the work to the contact.", "Gate code is kept with the contact.", "Ladder needed next time.", "Customer asks for a quote for a newer model.", "Parking only behind the building."}

// summary is what a technician writes about work that is over; "" of other work.
func (f *filler) summary(v *visit) schema.LongText {
	switch v.becomes {
	case object.WorkStatusCompleted:
		return schema.LongText(v.job.subject + " done, all tests in order. " + pick(f.rand, remarks))
	case object.WorkStatusOnHold:
		return "Waiting for a part that was not on the van."
	case object.WorkStatusCannotComplete:
		return schema.LongText(v.meeting.CannotCompleteReason)
	}
	return ""
}

// spendMoney saves what a few visits cost besides parts and time.
func (f *filler) spendMoney(tx *record.Tx, visits []*visit) error {
	var spent []*object.Expense
	for _, v := range visits {
		if v.becomes != object.WorkStatusCompleted || f.rand.IntN(100) >= 8 {
			continue
		}
		e := &object.Expense{Title: pick(f.rand, []string{"Parking", "Toll of the harbour tunnel", "Rental of a lift"}), AccountId: v.order.AccountId, WorkOrderId: schema.Ref[object.WorkOrder](v.order.Id), TransactionDate: schema.On(v.start), Amount: money(int64(400 + 100*f.rand.IntN(40))), ExpenseType: object.ExpenseTypeBillable}
		spent = append(spent, e)
	}
	return save(tx, spent)
}

package work

import (
	"fmt"
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// reader is a transaction or a view.
type reader interface {
	record.Reader
	Catalog() *schema.Catalog
}

// need refuses a record that is not there for a viewer at level l, or is of none of the named objects; no name is any.
func need(r reader, v access.Viewer, l access.Level, id schema.Id, field string, of ...string) error {
	o := r.Catalog().ById(id)
	if o == nil || !v.Object(o).Has(access.Read) || len(of) > 0 && !slices.Contains(of, o.Name) {
		return record.Refuse("INVALID_CROSS_REFERENCE_KEY", field+": there is no such record", field)
	}
	if open, err := record.Opens(r, v, id, l); err != nil || open {
		return err
	}
	return record.Refuse("INVALID_CROSS_REFERENCE_KEY", fmt.Sprintf("%s: there is no such %s for you", field, o.Label), field)
}

// fromCase says which case becomes an order.
type fromCase struct {
	CaseId     schema.Ref[object.Case]     `field:"required" help:"the case that needs work on site"`
	WorkTypeId schema.Ref[object.WorkType] `help:"what kind of work it is"`
	Subject    string                      `help:"empty is the case's"`
}

type newOrder struct {
	WorkOrderId schema.Ref[object.WorkOrder]
}

// orderFromCase makes a work order of a case. Contact, account and asset come by the rules; files, attachments and links
// of the case hang on the order as well.
func orderFromCase(tx *record.Tx, in fromCase) (newOrder, error) {
	if err := need(tx, tx.Viewer(), access.ReadLevel, schema.Id(in.CaseId), "caseId", "Case"); err != nil {
		return newOrder{}, err
	}
	c, err := record.Get(tx, in.CaseId)
	if err != nil {
		return newOrder{}, err
	}
	id, err := insertAs(tx, "WorkOrder", map[string]any{"CaseId": string(in.CaseId), "WorkTypeId": string(in.WorkTypeId), "Subject": in.Subject, "Description": string(c.Description)})
	if err != nil {
		return newOrder{}, err
	}
	return newOrder{schema.Ref[object.WorkOrder](id)}, shareFiles(tx, c.Id, id)
}

// fromRequest says which request for parts becomes an order.
type fromRequest struct {
	ProductRequestId schema.Ref[object.ProductRequest] `field:"required" help:"the request that work is to be done for"`
	WorkTypeId       schema.Ref[object.WorkType]       `help:"what kind of work it is"`
	Subject          string
}

// orderFromRequest makes a work order of a request for parts, with its account, case, address, files and what its lines
// ask for.
func orderFromRequest(tx *record.Tx, in fromRequest) (newOrder, error) {
	if err := need(tx, tx.Viewer(), access.ReadLevel, schema.Id(in.ProductRequestId), "productRequestId", "ProductRequest"); err != nil {
		return newOrder{}, err
	}
	p, err := record.Get(tx, in.ProductRequestId)
	if err != nil {
		return newOrder{}, err
	}
	values := map[string]any{"AccountId": string(p.AccountId), "CaseId": string(p.CaseId), "LocationId": string(p.DestinationLocationId), "WorkTypeId": string(in.WorkTypeId), "Subject": in.Subject, "Description": string(p.Description)}
	withAddress(tx.Catalog(), values, "ProductRequest", "ShipToAddress", p)
	id, err := insertAs(tx, "WorkOrder", values)
	if err != nil {
		return newOrder{}, err
	}
	lines, err := record.FindBy[object.ProductRequestLineItem](tx, "ParentId", p.Id)
	if err != nil {
		return newOrder{}, err
	}
	var parts []any
	for _, l := range lines {
		parts = append(parts, &object.ProductRequired{ParentRecordId: schema.AnyRef(id), Product2Id: l.Product2Id, QuantityRequired: l.QuantityRequested, QuantityUnitOfMeasure: l.QuantityUnitOfMeasure})
	}
	if err := tx.Save(parts...); err != nil {
		return newOrder{}, err
	}
	return newOrder{schema.Ref[object.WorkOrder](id)}, shareFiles(tx, p.Id, id)
}

// withAddress adds an address of rec to the values of a new order.
func withAddress(c *schema.Catalog, values map[string]any, name, field string, rec any) {
	from := c.Object(name).Field(field)
	for i, part := range c.Object("WorkOrder").Field("Address").Parts {
		values[part.Name] = from.Parts[i].Get(rec)
	}
}

// fromReturn says which return becomes an order.
type fromReturn struct {
	ReturnOrderId schema.Ref[object.ReturnOrder] `field:"required" help:"the return that work is to be done for"`
	WorkTypeId    schema.Ref[object.WorkType]    `help:"what kind of work it is"`
	Subject       string
}

// orderFromReturn makes a work order of a return, with its account, contact, case and files, at the place that the goods
// come from.
func orderFromReturn(tx *record.Tx, in fromReturn) (newOrder, error) {
	if err := need(tx, tx.Viewer(), access.ReadLevel, schema.Id(in.ReturnOrderId), "returnOrderId", "ReturnOrder"); err != nil {
		return newOrder{}, err
	}
	r, err := record.Get(tx, in.ReturnOrderId)
	if err != nil {
		return newOrder{}, err
	}
	values := map[string]any{"AccountId": string(r.AccountId), "ContactId": string(r.ContactId), "CaseId": string(r.CaseId), "LocationId": string(r.SourceLocationId), "WorkTypeId": string(in.WorkTypeId), "Subject": in.Subject, "Description": string(r.Description)}
	withAddress(tx.Catalog(), values, "ReturnOrder", "ShipFromAddress", r)
	id, err := insertAs(tx, "WorkOrder", values)
	if err != nil {
		return newOrder{}, err
	}
	return newOrder{schema.Ref[object.WorkOrder](id)}, shareFiles(tx, r.Id, id)
}

// insertAs inserts a record with the rights of whoever asks. Empty values are left to defaults and rules.
func insertAs(tx *record.Tx, name string, values map[string]any) (schema.Id, error) {
	o := tx.Catalog().Object(name)
	var p record.Patch
	for _, f := range o.Fields {
		if v, ok := values[f.Name]; ok && !schema.IsNull(v) {
			p.Set(f, v)
		}
	}
	results, err := tx.Apply(record.Batch{Op: record.Insert, Object: o, Patches: []record.Patch{p}})
	if err != nil {
		return "", err
	}
	if len(results[0].Faults) > 0 {
		return "", results[0].Faults
	}
	return results[0].Id, nil
}

// shareFiles lets the files, and copies of the attachments, of one record hang on another.
func shareFiles(tx *record.Tx, from, to schema.Id) error {
	links, err := record.FindBy[org.ContentDocumentLink](tx, "LinkedEntityId", from)
	if err != nil {
		return err
	}
	var all []any
	for _, l := range links {
		all = append(all, &org.ContentDocumentLink{ContentDocumentId: l.ContentDocumentId, LinkedEntityId: schema.AnyRef(to), ShareType: l.ShareType, Visibility: l.Visibility})
	}
	attachments, err := record.FindBy[org.Attachment](tx, "ParentId", from)
	if err != nil {
		return err
	}
	for _, a := range attachments {
		copied := *a
		copied.Standard, copied.ParentId = schema.Standard{}, schema.AnyRef(to)
		all = append(all, &copied)
	}
	return tx.Save(all...)
}

// planOnto says which plan is to be added to which work.
type planOnto struct {
	RecordId           schema.AnyRef                       `field:"required" help:"the work order or line"`
	WorkPlanTemplateId schema.Ref[object.WorkPlanTemplate] `field:"required"`
}

type newPlans struct {
	WorkPlanId schema.Ref[object.WorkPlan]
}

// addPlan puts the plan of a template, with its steps, onto work.
func addPlan(tx *record.Tx, in planOnto) (newPlans, error) {
	if err := need(tx, tx.Viewer(), access.EditLevel, schema.Id(in.RecordId), "recordId", "WorkOrder", "WorkOrderLineItem"); err != nil {
		return newPlans{}, err
	}
	if err := need(tx, tx.Viewer(), access.ReadLevel, schema.Id(in.WorkPlanTemplateId), "workPlanTemplateId", "WorkPlanTemplate"); err != nil {
		return newPlans{}, err
	}
	t, err := record.Get(tx, in.WorkPlanTemplateId)
	if err != nil {
		return newPlans{}, err
	}
	if !t.IsActive {
		return newPlans{}, record.Refuse("INVALID_CROSS_REFERENCE_KEY", "workPlanTemplateId: the template "+t.Name+" is not active", "workPlanTemplateId")
	}
	p := newPlan(t, &job{id: schema.Id(in.RecordId)})
	err = addPlans(tx, []*object.WorkPlan{p})
	return newPlans{schema.Ref[object.WorkPlan](p.Id)}, err
}

package report

import (
	"bytes"
	"fmt"
	"strings"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/paper"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// wanted says which report is to be made.
type wanted struct {
	EntityId   schema.Id                              `field:"required" help:"the work order, line item or service appointment"`
	TemplateId schema.Ref[object.ServiceReportLayout] `help:"empty is the record's, else its work type's, else the organisation's"`
	Signatures []signing
}

// made is a report that was made.
type made struct {
	ContentVersionId schema.Ref[org.ContentVersion]
	ServiceReportId  schema.Ref[object.ServiceReport]
}

// ahead reads the pictures of a report before its transaction begins: that takes longer than all the rest.
func (k keepsFiles) ahead(v *record.View, who access.Viewer, in wanted) (pictures, error) {
	s, err := load(v, who, in.EntityId, schema.Id(in.TemplateId))
	if err != nil {
		return nil, err
	}
	c := &composer{subject: s, files: k.files, read: pictures{}}
	_, err = c.compose()
	return c.read, err
}

// create makes a report as PDF and keeps it with the record.
func (k keepsFiles) create(tx *record.Tx, in wanted, read pictures) (out made, err error) {
	s, err := load(tx, tx.Viewer(), in.EntityId, schema.Id(in.TemplateId))
	if err != nil {
		return out, err
	}
	if err := mayCreate(tx, in); err != nil {
		return out, err
	}
	report := &object.ServiceReport{ParentId: schema.AnyRef(s.id), ServiceReportLanguage: schema.Picklist(s.language), Template: string(s.layoutId), DocumentContentType: "application/pdf"}
	if err := tx.Save(report); err != nil {
		return out, err
	}
	c := &composer{subject: s, files: k.files, number: string(report.ServiceReportNumber), read: read}
	if err := k.sign(tx, c, report, in.Signatures); err != nil {
		return out, err
	}
	v, err := k.keep(tx, c)
	if err != nil {
		return out, err
	}
	if report, err = record.Get(tx, schema.Ref[object.ServiceReport](report.Id)); err != nil {
		return out, err
	}
	report.ContentVersionDocumentId, report.DocumentLength, report.DocumentName = schema.Ref[org.ContentVersion](v.Id), v.ContentSize, v.PathOnClient
	return made{report.ContentVersionDocumentId, schema.Ref[object.ServiceReport](report.Id)}, tx.Save(report)
}

// mayCreate refuses viewers who may not make reports.
func mayCreate(tx *record.Tx, in wanted) error {
	for _, name := range []string{"ServiceReport", "DigitalSignature"} {
		o := tx.Catalog().Object(name)
		if !tx.Viewer().Object(o).Has(access.Create) && (name == "ServiceReport" || len(in.Signatures) > 0) {
			return record.Refuse("INSUFFICIENT_ACCESS_OR_READONLY", "You may not create records of "+o.LabelPlural)
		}
	}
	return nil
}

// sign saves the signatures that are given, as those of the report.
func (k keepsFiles) sign(tx *record.Tx, c *composer, report *object.ServiceReport, given []signing) error {
	for i, g := range given {
		s, content, err := g.read(i, schema.At(tx.Now()))
		if err != nil {
			return err
		}
		kept, err := k.files.Put(tx.Context(), bytes.NewReader(content))
		if err != nil {
			return err
		}
		s.record.ParentId, s.record.ServiceReportId, s.record.DocumentBody = report.ParentId, schema.Ref[object.ServiceReport](report.Id), schema.Blob(kept.Hash)
		if err := tx.Save(s.record); err != nil {
			return err
		}
		c.signed = append(c.signed, s)
	}
	return nil
}

// keep sets the document and stores it as a file of the record.
func (k keepsFiles) keep(tx *record.Tx, c *composer) (*org.ContentVersion, error) {
	d, err := c.compose()
	if err != nil {
		return nil, err
	}
	var pdf bytes.Buffer
	if err := paper.PDF(&pdf, d); err != nil {
		return nil, err
	}
	size := int64(pdf.Len())
	kept, err := k.files.Put(tx.Context(), &pdf)
	if err != nil {
		return nil, fmt.Errorf("keep the report: %w", err)
	}
	v := &org.ContentVersion{Title: d.Title + " " + d.Number, PathOnClient: d.Number + ".pdf", VersionData: schema.Blob(kept.Hash), FirstPublishLocationId: schema.AnyRef(c.id), ContentSize: schema.NewInt(size)}
	return v, tx.Save(v)
}

// page is a report as a page of HTML, which is not kept.
type page struct{ Html string }

// ask makes the page that a report would be.
func (k keepsFiles) ask(v *record.View, who access.Viewer, in asked) (out page, err error) {
	s, err := load(v, who, in.EntityId, schema.Id(in.TemplateId))
	if err != nil {
		return out, err
	}
	d, err := (&composer{subject: s, files: k.files}).compose()
	if err != nil {
		return out, err
	}
	var b strings.Builder
	err = paper.HTML(&b, d)
	return page{b.String()}, err
}

type asked struct {
	EntityId   schema.Id                              `field:"required" help:"the work order, line item or service appointment"`
	TemplateId schema.Ref[object.ServiceReportLayout] `help:"empty is the record's, else its work type's, else the organisation's"`
}

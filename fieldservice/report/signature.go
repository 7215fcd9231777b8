package report

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"strings"

	"truckroll/fieldservice/object"
	"truckroll/platform/file"
	"truckroll/platform/paper"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// signing is a signature as it is given to a report.
type signing struct {
	Data          string          `field:"required" help:"the picture in base64"`
	ContentType   string          `help:"image/png, image/jpeg, image/gif or image/webp"`
	SignatureType string          `field:"required" max:"255" help:"as whom: Customer, Technician; one of each type"`
	Name          string          `max:"40" help:"of the picture"`
	Place         string          `max:"255"`
	SignedBy      string          `max:"255" help:"the name in print"`
	SignedDate    schema.DateTime `help:"empty is now"`
}

// signature is one that a report shows.
type signature struct {
	record  *object.DigitalSignature
	picture *paper.Picture
}

// maxSignature is how large the picture of a signature may be, in bytes.
const maxSignature = 2 << 20

// read makes the record of a signature and its picture, and the content that is to be kept.
func (g signing) read(i int, now schema.DateTime) (s signature, content []byte, err error) {
	place := fmt.Sprintf("signatures[%d]", i)
	content, err = base64.StdEncoding.DecodeString(strings.Join(strings.Fields(g.Data), ""))
	if err != nil {
		return s, nil, record.Refuse("INVALID_ARGUMENT", place+".data: not base64", place+".data")
	}
	if len(content) > maxSignature {
		return s, nil, record.Refuse("INVALID_ARGUMENT", fmt.Sprintf("%s.data: %d bytes are more than the %d that a signature may have", place, len(content), maxSignature), place+".data")
	}
	if s.picture, err = paper.ReadDrawing(bytes.NewReader(content)); err != nil {
		return s, nil, record.Refuse("INVALID_ARGUMENT", place+".data: "+err.Error(), place+".data")
	}
	s.record = &object.DigitalSignature{DocumentContentType: schema.Picklist(cmp.Or(g.ContentType, "image/png")), SignatureType: schema.Picklist(g.SignatureType), DocumentName: g.Name,
		Place: g.Place, SignedBy: g.SignedBy, SignedDate: g.SignedDate, DocumentLength: schema.NewInt(int64(len(content)))}
	if s.record.SignedDate.IsNull() {
		s.record.SignedDate = now
	}
	return s, content, nil
}

// checkSignature keeps a report to one signature of each type, and to the record that it is about.
func checkSignature(r record.Reader, old, s object.DigitalSignature) error {
	if old.Id != "" || s.ServiceReportId == "" {
		return nil
	}
	report, err := record.Get(r, s.ServiceReportId)
	if err != nil {
		return err
	}
	if report.ParentId != s.ParentId {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ParentId: the report is about another record", "ParentId", "ServiceReportId")
	}
	others, err := record.Find[object.DigitalSignature](r, "ServiceReportId = ? AND SignatureType = ?", schema.Id(s.ServiceReportId), string(s.SignatureType))
	if err != nil || len(others) == 0 {
		return err
	}
	return record.Refuse("DUPLICATE_VALUE", fmt.Sprintf("SignatureType: the report has a signature of type %q already", s.SignatureType), "SignatureType")
}

// keepsFiles are the rules that need to know where files are.
type keepsFiles struct{ files *file.Dir }

// fillSignature notes how long the picture is and when it was signed.
func (k keepsFiles) fillSignature(tx *record.Tx, c *record.Change[object.DigitalSignature]) error {
	if !c.Insert {
		return nil
	}
	if c.New.SignedDate.IsNull() {
		c.New.SignedDate = schema.At(tx.Now())
	}
	if c.New.SignatureType == "" {
		c.New.SignatureType = "Default"
	}
	if k.files == nil || c.New.DocumentBody == "" || !c.New.DocumentLength.IsNull() {
		return nil
	}
	in, err := k.files.Get(string(c.New.DocumentBody))
	if err != nil {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "DocumentBody: there is no such file; send its content", "DocumentBody")
	}
	defer in.Close()
	c.New.DocumentLength = schema.NewInt(in.Size())
	return nil
}

// followSignature marks the report as signed.
func followSignature(tx *record.Tx, c record.Change[object.DigitalSignature]) error {
	if !c.Insert || c.New.ServiceReportId == "" {
		return nil
	}
	report, err := record.Get(tx, c.New.ServiceReportId)
	if err != nil || report.IsSigned {
		return err
	}
	report.IsSigned = true
	return tx.Save(report)
}

// waiting finds the signatures that were given on the record and belong to no report yet: the newest of each type that
// is not among given.
func (c *composer) waiting(given []signature) ([]signature, error) {
	if !c.open("DigitalSignature") {
		return nil, nil
	}
	all, err := record.Find[object.DigitalSignature](c.Reader, "ParentId = ? AND ServiceReportId = NULL ORDER BY SignedDate DESC, Id DESC", c.id)
	if err != nil {
		return nil, err
	}
	seen := map[schema.Picklist]bool{}
	for _, g := range given {
		seen[g.record.SignatureType] = true
	}
	var found []signature
	for _, s := range all {
		if seen[s.SignatureType] {
			continue
		}
		seen[s.SignatureType] = true
		p, err := c.picture(s.DocumentBody, true)
		if err != nil {
			return nil, err
		}
		found = append(found, signature{s, p})
	}
	return found, nil
}

// signatures shows who signed, and a line for each type of the layout that nobody has signed as.
func (c *composer) signatures(lines []text) (part paper.Section, err error) {
	more, err := c.waiting(c.signed)
	if err != nil {
		return part, err
	}
	var all paper.Signatures
	signed := map[string]bool{}
	for _, s := range append(c.signed[:len(c.signed):len(c.signed)], more...) {
		r := s.record
		signed[string(r.SignatureType)] = true
		where := c.moment(r.SignedDate)
		if r.Place != "" {
			where = r.Place + ", " + where
		}
		all = append(all, paper.Signature{Role: c.choice(string(r.SignatureType), string(r.SignatureType)), Name: r.SignedBy, Where: where, Picture: s.picture})
	}
	for _, l := range lines {
		if own := l.in("en"); !signed[own] {
			all = append(all, paper.Signature{Role: c.choice(own, l.in(c.language))})
		}
	}
	if len(all) == 0 {
		return part, nil
	}
	return paper.Section{Heading: c.word("signatures"), Block: all}, nil
}

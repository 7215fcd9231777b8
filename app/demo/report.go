package demo

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"

	"truckroll/fieldservice/object"
	"truckroll/fieldservice/report"
	"truckroll/platform/action"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

var (
	navy  = color.NRGBA{0x0B, 0x5C, 0x8E, 0xFF}
	amber = color.NRGBA{0xF2, 0xA5, 0x3A, 0xFF}
	steel = color.NRGBA{0xD9, 0xDF, 0xE4, 0xFF}
	black = color.NRGBA{0x1C, 0x26, 0x30, 0xFF}
)

// addFiles saves the pictures of the demo: a photo, a signature and the company's logo. They are drawn, so that nobody
// owns them.
func (f *filler) addFiles(tx *record.Tx) (err error) {
	for i := range 4 {
		photo, err := f.addFile(tx, fmt.Sprintf("Photo of a gauge %d", i+1), drawGauge(-1.9+0.8*float64(i)))
		if err != nil {
			return err
		}
		f.photos = append(f.photos, photo)
	}
	if f.signature, err = f.addFile(tx, "Signature", drawSignature()); err != nil {
		return err
	}
	logo, err := f.addFile(tx, "Logo", drawLogo())
	if err != nil || f.Files == nil {
		return err
	}
	return f.addCompany(tx, logo)
}

// addFile keeps a picture; without a place for files its document is empty.
func (f *filler) addFile(tx *record.Tx, title string, img image.Image) (*org.ContentDocument, error) {
	if f.Files == nil {
		d := &org.ContentDocument{Title: title}
		return d, tx.Save(d)
	}
	content, err := encode(img)
	if err != nil {
		return nil, err
	}
	kept, err := f.Files.Put(tx.Context(), bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	v := &org.ContentVersion{Title: title, PathOnClient: title + ".png", VersionData: schema.Blob(kept.Hash)}
	if err := tx.Save(v); err != nil {
		return nil, err
	}
	saved, err := record.Get(tx, schema.Ref[org.ContentVersion](v.Id))
	if err != nil {
		return nil, err
	}
	return record.Get(tx, saved.ContentDocumentId)
}

func encode(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

// addCompany gives the organisation a name and address, and its reports a logo.
func (f *filler) addCompany(tx *record.Tx, logo *org.ContentDocument) error {
	all, err := record.Every[org.Organization](tx)
	if err != nil || len(all) == 0 {
		return err
	}
	company := all[0]
	company.Name, company.Phone, company.TimeZoneSidKey = "Chesapeake Field Services", "(410) 555-0100", "America/New_York"
	company.Address = schema.Address{Street: "250 W Pratt Street", City: "Baltimore", State: "MD", PostalCode: "21201", Country: "US", CountryCode: "US", StateCode: "MD"}
	layouts, err := record.Find[object.ServiceReportLayout](tx, "IsDefault = TRUE")
	if err != nil || len(layouts) == 0 {
		return errors.Join(err, tx.Save(company))
	}
	definition, err := json.Marshal(map[string]any{"logo": logo.LatestPublishedVersionId, "foot": map[string]string{"en": "Chesapeake Field Services is a company made up for this demo.", "de": "Chesapeake Field Services ist eine für diese Demo erfundene Firma."}})
	if err != nil {
		return err
	}
	layouts[0].Definition = schema.LongText(definition)
	return tx.Save(company, layouts[0])
}

// addWarranties gives the equipment of customers its warranties, which begin when it is installed.
func (f *filler) addWarranties(tx *record.Tx) error {
	full := schema.Percent{Decimal: schema.DecInt(100)}
	standard := &object.WarrantyTerm{WarrantyTermName: "Standard 2 years", Code: "STD-2Y", IsActive: true, WarrantyType: "Standard", EffectiveStartDate: object.WarrantyStartInstall, WarrantyDuration: schema.NewInt(2), WarrantyUnitOfTime: object.UnitOfTimeYears,
		PartsCovered: full, LaborCovered: full, LaborCoveredDuration: schema.NewInt(1), LaborCoveredUnitOfTime: object.UnitOfTimeYears}
	maker := &object.WarrantyTerm{WarrantyTermName: "Compressor of the maker, 10 years", Code: "MFR-10Y", IsActive: true, WarrantyType: "Supplier", ExchangeType: "Return Exchange", EffectiveStartDate: object.WarrantyStartPurchase, WarrantyDuration: schema.NewInt(10), WarrantyUnitOfTime: object.UnitOfTimeYears, PartsCovered: full}
	if err := tx.Save(standard, maker); err != nil {
		return err
	}
	return tx.Save(&object.ProductWarrantyTerm{WarrantyTermId: schema.Ref[object.WarrantyTerm](standard.Id), CoveredProductFamily: "Equipment"},
		&object.ProductWarrantyTerm{WarrantyTermId: schema.Ref[object.WarrantyTerm](maker.Id), CoveredProductId: schema.Ref[object.Product2](f.products[1].Id)})
}

// reports is how many service reports the demo has.
const reports = 12

// addReports makes the signed reports of the latest inspections of medical devices.
func (f *filler) addReports(ctx context.Context, k *record.Keeper) error {
	if f.Files == nil {
		return nil
	}
	list, err := action.NewList(report.Actions(f.Files)...)
	if err != nil {
		return err
	}
	create, _ := list.Find("createServiceReport", f.Viewer)
	inputs, err := f.reportInputs(ctx, k)
	if err != nil || len(inputs) == 0 {
		return err
	}
	results, err := create.Run(ctx, k, f.cause(), inputs)
	if err != nil {
		return fmt.Errorf("demo: reports: %w", err)
	}
	for _, r := range results {
		if len(r.Faults) > 0 {
			return fmt.Errorf("demo: reports: %w", r.Faults)
		}
	}
	return nil
}

func (f *filler) reportInputs(ctx context.Context, k *record.Keeper) (inputs []json.RawMessage, err error) {
	pen, err := encode(drawSignature())
	if err != nil {
		return nil, err
	}
	inspection := f.lines[len(f.lines)-1].work[0] // of medical devices, which are signed for
	err = k.View(ctx, func(v *record.View) error {
		orders, err := record.Find[object.WorkOrder](v, "WorkTypeId = ? AND StatusCategory = ? ORDER BY StartDate DESC, Id LIMIT ?", inspection.workType.Id, string(object.WorkCategoryCompleted), reports)
		if err != nil {
			return err
		}
		for _, o := range orders {
			contact, err := record.Get(v, o.ContactId)
			if err != nil {
				return err
			}
			input, err := json.Marshal(map[string]any{"entityId": o.Id, "signatures": []any{map[string]any{"data": base64.StdEncoding.EncodeToString(pen), "contentType": "image/png",
				"signatureType": "Customer", "signedBy": contact.Name, "place": o.Address.City, "signedDate": o.EndDate.String()}}})
			if err != nil {
				return err
			}
			inputs = append(inputs, input)
		}
		return nil
	})
	return inputs, err
}

// paint calls a function for every pixel of a picture.
func paint(w, h int, at func(x, y float64) color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, at(float64(x), float64(y)))
		}
	}
	return img
}

// drawGauge draws the dial of a gauge with its needle at an angle in radians.
func drawGauge(needle float64) image.Image {
	return paint(640, 480, func(x, y float64) color.Color {
		dx, dy := x-320, y-250
		r, angle := math.Hypot(dx, dy), math.Atan2(dy, dx)
		tick := math.Mod(angle+2*math.Pi, math.Pi/10)
		switch {
		case r > 205:
			return color.NRGBA{uint8(90 + y/6), uint8(104 + y/7), uint8(112 + y/8), 255}
		case r > 190:
			return black
		case r < 14, math.Abs(angle-needle) < 3/r && r < 150:
			return color.NRGBA{0xB9, 0x2C, 0x2C, 0xFF}
		case r > 160 && (tick < 0.02 || tick > math.Pi/10-0.02) && dy < 120:
			return black
		}
		return color.NRGBA{0xF6, 0xF7, 0xF4, 0xFF}
	})
}

// drawLogo draws a square with a road that leads into the distance.
func drawLogo() image.Image {
	return paint(240, 240, func(x, y float64) color.Color {
		half := 14 + (y-60)*0.34
		switch middle := math.Abs(x - 120); {
		case math.Hypot(max(math.Abs(x-120)-90, 0), max(math.Abs(y-120)-90, 0)) > 28:
			return color.NRGBA{}
		case y > 60 && middle < 4 && math.Mod(y, 44) < 24:
			return amber
		case y > 60 && middle < half:
			return steel
		case math.Hypot(x-120, y-60) < 34:
			return amber
		}
		return navy
	})
}

// drawSignature draws a line as if by hand, on nothing.
func drawSignature() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 420, 130))
	for i := range 4000 {
		t := float64(i) / 4000
		x := 25 + 360*t + 16*math.Sin(31*t)
		y := 66 + 34*math.Sin(37*t)*math.Cos(5*t)*(1-0.6*t)
		for d := range 9 {
			img.Set(int(x)+d%3, int(y)+d/3, color.NRGBA{0x17, 0x2A, 0x5C, 0xFF})
		}
	}
	return img
}

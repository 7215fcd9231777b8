package asset

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillProduct shows on an asset what its product is.
func fillProduct(tx *record.Tx, c *record.Change[object.Asset]) error {
	if !c.Insert && c.New.Product2Id == c.Old.Product2Id {
		return nil
	}
	p, err := record.Get(tx, c.New.Product2Id)
	if err != nil {
		return err
	}
	show(c.New, p)
	return nil
}

func show(a *object.Asset, p *object.Product2) {
	a.ProductCode, a.StockKeepingUnit, a.ProductFamily = p.ProductCode, p.StockKeepingUnit, p.Family
	a.ProductDescription = string(p.Description)
}

// followProduct keeps the assets of a product up to date.
func followProduct(tx *record.Tx, changes []record.Change[object.Product2]) error {
	for _, c := range changes {
		old, p := c.Old, c.New
		if c.Insert || old.ProductCode == p.ProductCode && old.StockKeepingUnit == p.StockKeepingUnit && old.Family == p.Family && old.Description == p.Description {
			continue
		}
		for a, err := range record.Each[object.Asset](tx, "Product2Id = ?", p.Id) {
			if err != nil {
				return err
			}
			show(a, p)
			if err := tx.Save(a); err != nil {
				return err
			}
		}
	}
	return nil
}

// fillAccount gives an asset that has only a contact the contact's account.
func fillAccount(tx *record.Tx, c *record.Change[object.Asset]) error {
	if c.New.AccountId != "" || c.New.ContactId == "" {
		return nil
	}
	contact, err := record.Get(tx, c.New.ContactId)
	if err == nil {
		c.New.AccountId = contact.AccountId
	}
	return err
}

// checkOwner refuses customers' assets that nobody has. Our own equipment needs no customer.
func checkOwner(old, a object.Asset) error {
	if a.AccountId != "" || a.ContactId != "" || a.IsInternal || old.Id != "" && old.AccountId == "" && old.ContactId == "" {
		return nil
	}
	return record.Refuse("REQUIRED_FIELD_MISSING", "AccountId, ContactId: say whose asset it is, or mark it as our own with IsInternal", "AccountId", "ContactId")
}

func checkAsset(old, a object.Asset) error {
	for _, d := range []struct {
		name  string
		date  schema.Date
		since string
		start schema.Date
	}{
		{"InstallDate", a.InstallDate, "ManufactureDate", a.ManufactureDate},
		{"PurchaseDate", a.PurchaseDate, "ManufactureDate", a.ManufactureDate},
		{"UsageEndDate", a.UsageEndDate, "InstallDate", a.InstallDate},
	} {
		if d.date.Before(d.start) {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("%s: %s is before the %s %s", d.name, d.date, d.since, d.start), d.name, d.since)
		}
	}
	switch hours := a.AverageUptimePerDay; {
	case !a.UptimeRecordEnd.IsNull() && a.UptimeRecordStart.IsNull():
		return record.Refuse("REQUIRED_FIELD_MISSING", "UptimeRecordStart: a record of uptime that ends needs a start", "UptimeRecordStart")
	case a.UptimeRecordEnd.Before(a.UptimeRecordStart):
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "UptimeRecordEnd: the record of uptime ends before it starts", "UptimeRecordStart", "UptimeRecordEnd")
	case !hours.IsNull() && (hours.Sign() <= 0 || hours.Cmp(schema.DecInt(24)) > 0):
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "AverageUptimePerDay: give hours a day, above 0 and at most 24", "AverageUptimePerDay")
	}
	return nil
}

func checkRelationship(_, a object.AssetRelationship) error {
	switch {
	case a.AssetId == a.RelatedAssetId:
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "RelatedAssetId: an asset can't replace itself", "AssetId", "RelatedAssetId")
	case a.ToDate.Before(a.FromDate):
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ToDate: it is before FromDate", "FromDate", "ToDate")
	}
	return nil
}

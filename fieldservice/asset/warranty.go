package asset

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// after returns the day so long after start; null when there is no length.
func after(start schema.Date, length schema.Int, unit object.UnitOfTime) schema.Date {
	if start.IsNull() || length.IsNull() {
		return schema.Date{}
	}
	n := int(length.Int64())
	switch unit {
	case object.UnitOfTimeWeeks:
		return start.AddDays(7 * n)
	case object.UnitOfTimeMonths:
		return start.AddMonths(n)
	case object.UnitOfTimeYears:
		return start.AddMonths(12 * n)
	}
	return start.AddDays(n)
}

// startOf is the day of an asset with which a term begins; null when the asset does not have it yet.
func startOf(t *object.WarrantyTerm, a *object.Asset) schema.Date {
	switch t.EffectiveStartDate {
	case object.WarrantyStartInstall:
		return a.InstallDate
	case object.WarrantyStartManufacture:
		return a.ManufactureDate
	}
	return a.PurchaseDate
}

// apply writes onto a warranty what its term says of a warranty that begins with start.
func apply(w *object.AssetWarranty, t *object.WarrantyTerm, start schema.Date) {
	w.StartDate, w.EndDate = start, after(start, t.WarrantyDuration, t.WarrantyUnitOfTime)
	w.PartsCovered, w.PartsCoveredEndDate = covered(t.PartsCovered, start, t.PartsCoveredDuration, t.PartsCoveredUnitOfTime, w.EndDate)
	w.LaborCovered, w.LaborCoveredEndDate = covered(t.LaborCovered, start, t.LaborCoveredDuration, t.LaborCoveredUnitOfTime, w.EndDate)
	w.ExpensesCovered, w.ExpensesCoveredEndDate = covered(t.ExpensesCovered, start, t.ExpensesCoveredDuration, t.ExpensesCoveredUnitOfTime, w.EndDate)
	w.WarrantyType, w.ExchangeType, w.IsTransferable, w.Exclusions, w.Pricebook2Id = t.WarrantyType, t.ExchangeType, t.IsTransferable, t.Exclusions, t.Pricebook2Id
}

// covered is a share and until when it is covered: for its own duration, or as long as the warranty.
func covered(share schema.Percent, start schema.Date, length schema.Int, unit object.UnitOfTime, end schema.Date) (schema.Percent, schema.Date) {
	switch own := after(start, length, unit); {
	case share.IsNull():
		return share, schema.Date{}
	case own.IsNull():
		return share, end
	default:
		return share, own
	}
}

// fillWarranty fills a warranty that is made by hand for a term: what it leaves out is as the term says.
func fillWarranty(tx *record.Tx, c *record.Change[object.AssetWarranty]) error {
	w := c.New
	if !c.Insert || w.WarrantyTermId == "" || !w.EndDate.IsNull() {
		return nil
	}
	t, err := record.Get(tx, w.WarrantyTermId)
	if err != nil {
		return err
	}
	start := w.StartDate
	if start.IsNull() {
		a, err := record.Get(tx, w.AssetId)
		if err != nil {
			return err
		}
		start = startOf(t, a)
	}
	if !start.IsNull() {
		apply(w, t, start)
	}
	return nil
}

// followWarranties gives an asset the warranties of its product and family once it has the day that they begin with.
// When the day changes, they move along, but for those that someone has changed by hand.
func followWarranties(tx *record.Tx, c record.Change[object.Asset]) error {
	a, old := c.New, c.Old
	if !c.Insert && a.Product2Id == old.Product2Id && a.InstallDate == old.InstallDate && a.PurchaseDate == old.PurchaseDate && a.ManufactureDate == old.ManufactureDate {
		return nil
	}
	terms, err := termsOf(tx, a)
	if err != nil || len(terms) == 0 {
		return err
	}
	has, err := record.FindBy[object.AssetWarranty](tx, "AssetId", a.Id)
	if err != nil {
		return err
	}
	byTerm := map[schema.Ref[object.WarrantyTerm]]*object.AssetWarranty{}
	for _, w := range has {
		byTerm[w.WarrantyTermId] = w
	}
	for _, t := range terms {
		ref, start := schema.Ref[object.WarrantyTerm](t.Id), startOf(t, a)
		w := byTerm[ref]
		switch {
		case start.IsNull():
			continue
		case w == nil:
			w = &object.AssetWarranty{AssetId: schema.Ref[object.Asset](a.Id), WarrantyTermId: ref}
		case !derived(w, t, startOf(t, old)):
			continue
		}
		apply(w, t, start)
		if err := tx.Save(w); err != nil {
			return fmt.Errorf("the warranty %s: %w", t.WarrantyTermName, err)
		}
	}
	return nil
}

// derived reports whether the days of a warranty are still those that followed from a start.
func derived(w *object.AssetWarranty, t *object.WarrantyTerm, start schema.Date) bool {
	if start.IsNull() {
		return false
	}
	var as object.AssetWarranty
	apply(&as, t, start)
	return w.StartDate == as.StartDate && w.EndDate == as.EndDate && w.PartsCoveredEndDate == as.PartsCoveredEndDate && w.LaborCoveredEndDate == as.LaborCoveredEndDate && w.ExpensesCoveredEndDate == as.ExpensesCoveredEndDate
}

// termsOf returns the active warranties of an asset's product and of its family, each once.
func termsOf(tx *record.Tx, a *object.Asset) ([]*object.WarrantyTerm, error) {
	if a.Product2Id == "" {
		return nil, nil
	}
	p, err := record.Get(tx, a.Product2Id)
	if err != nil {
		return nil, err
	}
	found, err := record.Every[object.ProductWarrantyTerm](tx)
	if err != nil {
		return nil, err
	}
	var terms []*object.WarrantyTerm
	seen := map[schema.Ref[object.WarrantyTerm]]bool{}
	for _, f := range found {
		of := f.CoveredProductId == a.Product2Id || f.CoveredProductFamily != "" && f.CoveredProductFamily == p.Family
		if !of || seen[f.WarrantyTermId] {
			continue
		}
		seen[f.WarrantyTermId] = true
		t, err := record.Get(tx, f.WarrantyTermId)
		if err != nil {
			return nil, err
		}
		if t.IsActive && !t.IsDeleted {
			terms = append(terms, t)
		}
	}
	return terms, nil
}

func checkTerm(_, t object.WarrantyTerm) error {
	for _, part := range []struct {
		name   string
		share  schema.Percent
		length schema.Int
		unit   object.UnitOfTime
	}{
		{"Warranty", schema.Percent{}, t.WarrantyDuration, t.WarrantyUnitOfTime},
		{"PartsCovered", t.PartsCovered, t.PartsCoveredDuration, t.PartsCoveredUnitOfTime},
		{"LaborCovered", t.LaborCovered, t.LaborCoveredDuration, t.LaborCoveredUnitOfTime},
		{"ExpensesCovered", t.ExpensesCovered, t.ExpensesCoveredDuration, t.ExpensesCoveredUnitOfTime},
	} {
		switch n := part.length; {
		case !n.IsNull() && (n.Int64() < 1 || n.Int64() > 36_500):
			return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", part.name+"Duration: give a whole number from 1 to 36500", part.name+"Duration")
		case !n.IsNull() && part.unit == "":
			return record.Refuse("REQUIRED_FIELD_MISSING", part.name+"UnitOfTime: say in which unit the duration is", part.name+"UnitOfTime")
		}
		if err := checkShare(part.name, part.share); err != nil {
			return err
		}
	}
	return nil
}

func checkShare(name string, share schema.Percent) error {
	if share.IsNull() || share.Sign() >= 0 && share.Cmp(schema.DecInt(100)) <= 0 {
		return nil
	}
	return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", name+": give a percentage from 0 to 100", name)
}

func checkProductTerm(_, t object.ProductWarrantyTerm) error {
	if (t.CoveredProductId == "") == (t.CoveredProductFamily == "") {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "CoveredProductId, CoveredProductFamily: name a product or a family, one of them", "CoveredProductId", "CoveredProductFamily")
	}
	return nil
}

func checkWarranty(_, w object.AssetWarranty) error {
	for name, end := range map[string]schema.Date{"EndDate": w.EndDate, "PartsCoveredEndDate": w.PartsCoveredEndDate, "LaborCoveredEndDate": w.LaborCoveredEndDate, "ExpensesCoveredEndDate": w.ExpensesCoveredEndDate} {
		if end.Before(w.StartDate) {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("%s: %s is before the start of the warranty, %s", name, end, w.StartDate), name)
		}
	}
	for name, share := range map[string]schema.Percent{"PartsCovered": w.PartsCovered, "LaborCovered": w.LaborCovered, "ExpensesCovered": w.ExpensesCovered} {
		if err := checkShare(name, share); err != nil {
			return err
		}
	}
	return nil
}

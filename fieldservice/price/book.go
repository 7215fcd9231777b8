package price

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillOrderBook gives a new order the price book of its contract, else the standard one.
func fillOrderBook(tx *record.Tx, c *record.Change[object.WorkOrder]) error {
	w := c.New
	if w.Pricebook2Id != "" || !c.Insert && (w.ServiceContractId == c.Old.ServiceContractId || c.Old.Pricebook2Id != "") {
		return nil
	}
	contract, err := record.Get(tx, w.ServiceContractId)
	if err != nil {
		return ignoreMissing(err)
	}
	if w.Pricebook2Id = contract.Pricebook2Id; w.Pricebook2Id == "" {
		w.Pricebook2Id, err = standardBook(tx)
	}
	return err
}

func fillContractBook(tx *record.Tx, c *record.Change[object.ServiceContract]) (err error) {
	if c.Insert && c.New.Pricebook2Id == "" {
		c.New.Pricebook2Id, err = standardBook(tx)
	}
	return err
}

// standardBook returns the standard price book; null when there is none in use.
func standardBook(r record.Reader) (schema.Ref[object.Pricebook2], error) {
	books, err := record.Every[object.Pricebook2](r)
	if err != nil {
		return "", err
	}
	for _, b := range books {
		if b.IsStandard && b.IsActive {
			return schema.Ref[object.Pricebook2](b.Id), nil
		}
	}
	return "", nil
}

// checkStandardBook holds that there is one standard price book.
func checkStandardBook(r record.Reader, old, b object.Pricebook2) error {
	if !b.IsStandard || old.IsStandard {
		return nil
	}
	books, err := record.Every[object.Pricebook2](r)
	if err != nil {
		return err
	}
	for _, other := range books {
		if other.IsStandard && other.Id != b.Id {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "IsStandard: the standard price book is "+other.Name, "IsStandard")
		}
	}
	return nil
}

// checkOrderBook holds that an order keeps its price book while lines have prices of it.
func checkOrderBook(r record.Reader, old, w object.WorkOrder) error {
	if old.Id == "" || w.Pricebook2Id == old.Pricebook2Id || old.Pricebook2Id == "" {
		return nil
	}
	n, err := record.Count[object.WorkOrderLineItem](r, "WorkOrderId = ? AND PricebookEntryId != null", w.Id)
	if err != nil {
		return err
	}
	used, err := record.Count[object.ProductConsumed](r, "WorkOrderId = ? AND PricebookEntryId != null", w.Id)
	if err != nil {
		return err
	}
	return keepBook(n + used)
}

func checkContractBook(r record.Reader, old, s object.ServiceContract) error {
	if old.Id == "" || s.Pricebook2Id == old.Pricebook2Id || old.Pricebook2Id == "" {
		return nil
	}
	n, err := record.Count[object.ContractLineItem](r, "ServiceContractId = ?", s.Id)
	if err != nil {
		return err
	}
	return keepBook(n)
}

func keepBook(lines int) error {
	if lines == 0 {
		return nil
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("Pricebook2Id: %d lines have prices of the price book; delete them or clear their PricebookEntryId first", lines), "Pricebook2Id")
}

// fillEntryName calls an entry as its product.
func fillEntryName(tx *record.Tx, c *record.Change[object.PricebookEntry]) error {
	p, err := record.Get(tx, c.New.Product2Id)
	if err != nil {
		return ignoreMissing(err)
	}
	c.New.Name, c.New.ProductCode = p.Name, p.ProductCode
	return nil
}

// fillStandardPrice gives an entry that uses the standard price the one of the standard price book.
func fillStandardPrice(tx *record.Tx, c *record.Change[object.PricebookEntry]) error {
	e := c.New
	if !e.UseStandardPrice {
		return nil
	}
	standard, err := standardEntry(tx, e)
	if err == nil && standard != nil && standard.Id != e.Id {
		e.UnitPrice = standard.UnitPrice
	}
	return err
}

// standardEntry returns the entry of the standard price book for the product and currency of e; nil when there is none.
func standardEntry(r record.Reader, e *object.PricebookEntry) (*object.PricebookEntry, error) {
	book, err := standardBook(r)
	if err != nil || book == "" {
		return nil, err
	}
	entries, err := record.FindBy[object.PricebookEntry](r, "Product2Id", schema.Id(e.Product2Id))
	if err != nil {
		return nil, err
	}
	for _, other := range entries {
		if other.Pricebook2Id == book && other.CurrencyIsoCode == e.CurrencyIsoCode {
			return other, nil
		}
	}
	return nil, nil
}

// checkEntry holds that a price book has one price of a product in a currency, and that a price which is to follow the
// standard one has one to follow.
func checkEntry(r record.Reader, old, e object.PricebookEntry) error {
	if e.UseStandardPrice {
		book, err := standardBook(r)
		if err != nil {
			return err
		}
		if e.Pricebook2Id == book {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "UseStandardPrice: this is the standard price", "UseStandardPrice")
		}
		if standard, err := standardEntry(r, &e); err != nil || standard == nil {
			return orRefuse(err, "STANDARD_PRICE_NOT_DEFINED", "UseStandardPrice: the product has no price in the standard price book", "UseStandardPrice")
		}
	}
	if old.Id != "" && e.CurrencyIsoCode == old.CurrencyIsoCode {
		return nil
	}
	entries, err := record.FindBy[object.PricebookEntry](r, "Product2Id", schema.Id(e.Product2Id))
	if err != nil {
		return err
	}
	for _, other := range entries {
		if other.Id != e.Id && other.Pricebook2Id == e.Pricebook2Id && other.CurrencyIsoCode == e.CurrencyIsoCode && other.ProductSellingModelId == e.ProductSellingModelId {
			return record.Refuse("DUPLICATE_VALUE", fmt.Sprintf("Product2Id: the price book has a price of this product in %s already: %s", e.CurrencyIsoCode, other.Id), "Pricebook2Id", "Product2Id")
		}
	}
	return nil
}

// orRefuse returns err, or a fault when it is nil.
func orRefuse(err error, code, message string, fields ...string) error {
	if err != nil {
		return err
	}
	return record.Refuse(code, message, fields...)
}

// followProductName calls the entries of products that are renamed as they are.
func followProductName(tx *record.Tx, changes []record.Change[object.Product2]) error {
	var recs []any
	for _, c := range changes {
		if c.Insert || c.New.Name == c.Old.Name && c.New.ProductCode == c.Old.ProductCode {
			continue
		}
		entries, err := record.FindBy[object.PricebookEntry](tx, "Product2Id", c.New.Id)
		if err != nil {
			return err
		}
		for _, e := range entries {
			e.Name, e.ProductCode = c.New.Name, c.New.ProductCode
			recs = append(recs, e)
		}
	}
	return tx.Save(recs...)
}

// followStandardPrice brings the prices that follow a standard price up to date.
func followStandardPrice(tx *record.Tx, changes []record.Change[object.PricebookEntry]) error {
	book, err := standardBook(tx)
	if err != nil {
		return err
	}
	var recs []any
	for _, c := range changes {
		if c.New.Pricebook2Id != book || c.Insert || c.New.UnitPrice == c.Old.UnitPrice {
			continue
		}
		entries, err := record.FindBy[object.PricebookEntry](tx, "Product2Id", schema.Id(c.New.Product2Id))
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.UseStandardPrice && e.CurrencyIsoCode == c.New.CurrencyIsoCode {
				e.UnitPrice = c.New.UnitPrice
				recs = append(recs, e)
			}
		}
	}
	return tx.Save(recs...)
}

// Plant gives an organisation that has none its standard price book, which nobody else can make.
func Plant(tx *record.Tx) error {
	books, err := record.Every[object.Pricebook2](tx)
	if err != nil {
		return err
	}
	for _, b := range books {
		if b.IsStandard {
			return nil
		}
	}
	return tx.Save(&object.Pricebook2{Name: "Standard Price Book", IsActive: true, IsStandard: true})
}

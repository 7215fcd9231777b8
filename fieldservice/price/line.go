package price

import (
	"fmt"
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// shape says how the lines of an object are written. Beside these they all have PricebookEntryId, Product2Id, ListPrice,
// UnitPrice, Discount, Subtotal and TotalPrice.
type shape struct {
	object, whole, quantity string
}

var shapes = []shape{
	{"WorkOrderLineItem", "WorkOrderId", "Quantity"},
	{"ProductConsumed", "WorkOrderId", "QuantityConsumed"},
	{"ContractLineItem", "ServiceContractId", "Quantity"},
}

func isLine(o *schema.Object) bool {
	return slices.ContainsFunc(shapes, func(s shape) bool { return s.object == o.Name })
}

// line is a record with a price, read and written by the names of its fields.
type line struct {
	shape
	record.AnyChange
}

func lineOf(c record.AnyChange) line {
	i := slices.IndexFunc(shapes, func(s shape) bool { return s.object == c.Object.Name })
	return line{shapes[i], c}
}

func (l line) field(name string) *schema.Field { return l.Object.Field(name) }
func (l line) id(name string) schema.Id        { return schema.Id(l.field(name).Text(l.New)) }
func (l line) changed(name string) bool        { return !l.field(name).Equal(l.Old, l.New) }

// number reads an amount as it will be kept, in the places of its field.
func (l line) number(name string) schema.Decimal {
	d, _ := l.field(name).Get(l.New).(schema.Decimal)
	return d.Round(l.field(name).Scale)
}

func (l line) set(name string, d schema.Decimal) {
	f := l.field(name)
	f.Set(l.New, d.Round(f.Scale))
}

func (l line) entry() schema.Ref[object.PricebookEntry] {
	return schema.Ref[object.PricebookEntry](l.id("PricebookEntryId"))
}

// fillEntry gives a line that names a product the entry of that product, and one that names an entry its product.
func fillEntry(tx *record.Tx, c record.AnyChange) error {
	l := lineOf(c)
	chosen := l.changed("PricebookEntryId")
	product, err := l.product(tx)
	if err != nil {
		return ignoreMissing(err)
	}
	if !chosen && product != "" && (l.Insert || l.changed("Product2Id")) {
		e, err := l.find(tx, product)
		if err != nil {
			return ignoreMissing(err)
		}
		l.field("PricebookEntryId").Set(l.New, string(e))
	}
	if l.entry() == "" {
		l.field("Product2Id").Set(l.New, string(product))
		return nil
	}
	e, err := record.Get(tx, l.entry())
	if err != nil {
		return ignoreMissing(err)
	}
	l.field("Product2Id").Set(l.New, string(e.Product2Id))
	return nil
}

// product returns the product that a line names, by itself or by the stock that it takes it from.
func (l line) product(tx *record.Tx) (schema.Id, error) {
	if used, ok := l.New.(*object.ProductConsumed); ok && used.ProductItemId != "" {
		item, err := record.Get(tx, used.ProductItemId)
		if err != nil {
			return "", err
		}
		return schema.Id(item.Product2Id), nil
	}
	return l.id("Product2Id"), nil
}

// find returns the active entry of a product in the price book and currency of a line; null when there is none.
func (l line) find(tx *record.Tx, product schema.Id) (schema.Ref[object.PricebookEntry], error) {
	book, _, err := l.book(tx)
	if err != nil || book == "" {
		return "", err
	}
	entries, err := record.FindBy[object.PricebookEntry](tx, "Product2Id", product)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if e.Pricebook2Id == book && e.IsActive && string(e.CurrencyIsoCode) == l.field(currencyField).Text(l.New) {
			return schema.Ref[object.PricebookEntry](e.Id), nil
		}
	}
	return "", nil
}

// book returns the price book of the order or contract that a line belongs to, and the contract that has a say in its
// price.
func (l line) book(r record.Reader) (schema.Ref[object.Pricebook2], schema.Ref[object.ServiceContract], error) {
	whole, err := record.GetAny(r, l.id(l.whole))
	switch w := whole.(type) {
	case *object.WorkOrder:
		return w.Pricebook2Id, w.ServiceContractId, err
	case *object.ServiceContract:
		return w.Pricebook2Id, "", err
	}
	return "", "", err
}

// fillPrice works out what a line costs. Its list price is the one of the moment when the entry was chosen.
func fillPrice(tx *record.Tx, c record.AnyChange) error {
	l := lineOf(c)
	if l.Insert || l.changed("PricebookEntryId") {
		if err := l.choose(tx); err != nil {
			return err
		}
	} else {
		l.field("ListPrice").Set(l.New, l.field("ListPrice").Get(l.Old))
	}
	if l.number("UnitPrice").IsNull() {
		l.set("UnitPrice", l.number("ListPrice"))
	}
	if l.number(l.quantity).IsNull() && l.object == "WorkOrderLineItem" && l.entry() != "" {
		l.set(l.quantity, schema.DecInt(1))
	}
	l.set("UnitPrice", l.number("UnitPrice"))
	sub := l.number("UnitPrice").Mul(l.number(l.quantity).Or(schema.DecInt(0)))
	l.set("Subtotal", sub)
	l.set("TotalPrice", less(l.number("Subtotal"), l.number("Discount")))
	return nil
}

// less returns an amount after a discount in percent.
func less(amount, discount schema.Decimal) schema.Decimal {
	return amount.Mul(schema.DecInt(100).Sub(discount.Or(schema.DecInt(0)))).Quo(schema.DecInt(100))
}

// choose gives a line the list price of its entry, and the price of the contract or the list price as its own where no
// other was given with the entry.
func (l line) choose(tx *record.Tx) error {
	list, asked := schema.DecInt(0), l.number("UnitPrice")
	if e := l.entry(); e != "" {
		entry, err := record.Get(tx, e)
		if err != nil {
			return ignoreMissing(err)
		}
		list = entry.UnitPrice.Decimal
	}
	l.set("ListPrice", list)
	if !asked.IsNull() && (l.Insert || l.changed("UnitPrice")) {
		return nil
	}
	agreed, err := l.agreed(tx)
	if err != nil {
		return ignoreMissing(err)
	}
	l.set("UnitPrice", list)
	if agreed == nil {
		return nil
	}
	l.set("UnitPrice", agreed.UnitPrice.Decimal)
	if l.number("Discount").IsNull() {
		l.set("Discount", agreed.Discount.Decimal)
	}
	return nil
}

// agreed returns the line of the order's contract that sets the price of this line's product today; nil when none does.
func (l line) agreed(tx *record.Tx) (*object.ContractLineItem, error) {
	_, contract, err := l.book(tx)
	product := schema.Ref[object.Product2](l.id("Product2Id"))
	if err != nil || contract == "" || product == "" {
		return nil, err
	}
	terms, err := record.FindBy[object.ContractLineItem](tx, "ServiceContractId", schema.Id(contract))
	if err != nil {
		return nil, err
	}
	today, currency := schema.On(tx.Now()), l.field(currencyField).Text(l.New)
	for _, t := range terms {
		if t.Product2Id == product && string(t.CurrencyIsoCode) == currency && !t.StartDate.After(today) && !t.EndDate.Before(today) {
			return t, nil
		}
	}
	return nil, nil
}

// checkLine holds that the entry of a line is one of the price book, and that its discount is one.
func checkLine(r record.Reader, c record.AnyChange) error {
	l := lineOf(c)
	if d := l.number("Discount"); d.Sign() < 0 || d.Cmp(schema.DecInt(100)) > 0 {
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "Discount: from 0 to 100 percent", "Discount")
	}
	if l.entry() == "" || !l.Insert && !l.changed("PricebookEntryId") {
		return nil
	}
	e, err := record.Get(r, l.entry())
	if err != nil {
		return err
	}
	book, _, err := l.book(r)
	switch {
	case err != nil:
		return err
	case book == "":
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("PricebookEntryId: choose the price book of the record in %s first", l.whole), "PricebookEntryId")
	case e.Pricebook2Id != book:
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("PricebookEntryId: %s is a price of another price book than that of the record in %s", e.Name, l.whole), "PricebookEntryId")
	case !e.IsActive:
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "PricebookEntryId: the price of "+e.Name+" is not active", "PricebookEntryId")
	}
	return nil
}

// fillContractSums works out what follows from the sums of the lines.
func fillContractSums(_ *record.Tx, c *record.Change[object.ServiceContract]) error {
	s, zero := c.New, schema.DecInt(0)
	if c.Insert {
		s.LineItemCount, s.Subtotal.Decimal, s.TotalPrice.Decimal = schema.NewInt(0), zero, zero
	}
	sub, total := s.Subtotal.Or(zero), s.TotalPrice.Or(zero)
	s.Discount.Decimal = zero
	if sub.Sign() != 0 {
		s.Discount.Decimal = sub.Sub(total).Mul(schema.DecInt(100)).Quo(sub).Round(2)
	}
	s.GrandTotal.Decimal = total.Add(s.Tax.Or(zero)).Add(s.ShippingHandling.Or(zero))
	return nil
}

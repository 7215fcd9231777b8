package price

import (
	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillReturnLine says what a line of a return is worth, where it has a price.
func fillReturnLine(_ *record.Tx, c *record.Change[object.ReturnOrderLineItem]) error {
	l := c.New
	l.TotalPrice.Decimal = l.UnitPrice.Round(2).Mul(l.QuantityReturned.Round(2)).Round(2)
	l.TotalAmount.Decimal = l.TotalPrice.Add(l.TotalTaxAmount.Or(schema.DecInt(0)))
	return nil
}

// fillReturnSums works out what follows from the sums of the lines. A new return has none yet.
func fillReturnSums(_ *record.Tx, c *record.Change[object.ReturnOrder]) error {
	o, zero := c.New, schema.DecInt(0)
	if c.Insert {
		o.TotalAmount.Decimal = zero
	}
	o.GrandTotalAmount.Decimal = o.TotalAmount.Or(zero).Add(o.TotalTaxAmount.Or(zero))
	return nil
}

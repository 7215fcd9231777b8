package price

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillExpense sums up an expense: by its unit price where it has one, else by its amount.
func fillExpense(_ *record.Tx, c *record.Change[object.Expense]) error {
	e := c.New
	e.Subtotal = e.Amount
	if !e.UnitPrice.IsNull() {
		if e.Quantity.IsNull() {
			e.Quantity = schema.DecInt(1)
		}
		e.Subtotal.Decimal = e.UnitPrice.Round(2).Mul(e.Quantity.Round(2)).Round(2)
	}
	e.TotalPrice.Decimal = less(e.Subtotal.Decimal, e.Discount.Decimal).Round(2)
	return nil
}

// checkExpense holds that the figures of an expense can be.
func checkExpense(_, e object.Expense) error {
	switch {
	case e.Amount.Sign() < 0:
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "Amount: must not be negative", "Amount")
	case e.Discount.Sign() < 0 || e.Discount.Cmp(schema.DecInt(100)) > 0:
		return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "Discount: from 0 to 100 percent", "Discount")
	case e.ExpenseEndDate.Before(e.ExpenseStartDate):
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ExpenseEndDate: must not be before ExpenseStartDate", "ExpenseEndDate", "ExpenseStartDate")
	}
	return nil
}

// fillReportEntry shows of an expense what its report sums up: what was paid.
func fillReportEntry(tx *record.Tx, c *record.Change[object.ExpenseReportEntry]) error {
	e, err := record.Get(tx, c.New.ExpenseId)
	if err != nil {
		return ignoreMissing(err)
	}
	show(c.New, e)
	return nil
}

func show(entry *object.ExpenseReportEntry, e *object.Expense) {
	entry.Title, entry.TransactionDate, entry.Amount = e.Title, e.TransactionDate, e.Amount
	entry.ExpenseType, entry.CurrencyIsoCode = e.ExpenseType, e.CurrencyIsoCode
}

// checkReportEntry holds that an expense is handed in once, in a report of its currency.
func checkReportEntry(r record.Reader, old, entry object.ExpenseReportEntry) error {
	report, err := record.Get(r, entry.ExpenseReportId)
	if err != nil {
		return err
	}
	own, err := currencyOf(r, &entry)
	if err != nil {
		return err
	}
	if in, err := currencyOf(r, report); err != nil || in != own {
		return orRefuse(err, "FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("ExpenseId: the expense is in %s, the report in %s", own, in), "ExpenseId")
	}
	if old.ExpenseId == entry.ExpenseId {
		return nil
	}
	entries, err := record.FindBy[object.ExpenseReportEntry](r, "ExpenseId", schema.Id(entry.ExpenseId))
	if err != nil {
		return err
	}
	for _, other := range entries {
		if other.Id != entry.Id {
			return record.Refuse("DUPLICATE_VALUE", "ExpenseId: the expense is in "+string(other.ExpenseReportEntryNumber)+" already", "ExpenseId")
		}
	}
	return nil
}

// followExpense lets the reports of changed expenses show them as they are now.
func followExpense(tx *record.Tx, changes []record.Change[object.Expense]) error {
	var recs []any
	for _, c := range changes {
		if c.Insert {
			continue
		}
		entries, err := record.FindBy[object.ExpenseReportEntry](tx, "ExpenseId", c.New.Id)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			before := *entry
			if show(entry, c.New); before.Title != entry.Title || before.Amount != entry.Amount || before.TransactionDate != entry.TransactionDate ||
				before.ExpenseType != entry.ExpenseType || before.CurrencyIsoCode != entry.CurrencyIsoCode {
				recs = append(recs, entry)
			}
		}
	}
	return tx.Save(recs...)
}

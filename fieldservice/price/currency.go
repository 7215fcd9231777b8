package price

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

const currencyField = "CurrencyIsoCode"

// part says what the amounts of an object belong to.
type part struct {
	object, of string // the reference to the whole, whose currency a new part takes
	summed     bool   // into the whole, so that both are in one currency
}

var parts = []part{
	{"WorkOrder", "ServiceContractId", false},
	{"WorkOrderLineItem", "WorkOrderId", true},
	{"ProductConsumed", "WorkOrderId", true},
	{"Expense", "WorkOrderId", false}, // people pay abroad
	{"ContractLineItem", "ServiceContractId", true},
	{"ReturnOrderLineItem", "ReturnOrderId", true},
	{"ExpenseReportEntry", "ExpenseId", false}, // and so is the report's sum: see checkReportEntry
}

func hasCurrency(o *schema.Object) bool { f := o.Field(currencyField); return f != nil && !f.Custom }

// fillCurrency gives a new record with amounts the currency of what it is a part of, else of its price book entry, else
// of the organisation.
func fillCurrency(tx *record.Tx, c record.AnyChange) error {
	f := c.Object.Field(currencyField)
	if !f.Null(c.New) {
		return nil
	}
	for _, reference := range []string{partOf(c.Object).of, "PricebookEntryId"} {
		code, err := currencyBehind(tx, c.Object.Field(reference), c.New)
		if err != nil {
			return err
		}
		if code != "" {
			f.Set(c.New, code)
			return nil
		}
	}
	code, err := corporate(tx)
	if err == nil {
		f.Set(c.New, code)
	}
	return err
}

func partOf(o *schema.Object) part {
	i := slices.IndexFunc(parts, func(p part) bool { return p.object == o.Name })
	if i < 0 {
		return part{}
	}
	return parts[i]
}

// currencyBehind returns the currency of the record that a reference of rec leads to; "" when there is none.
func currencyBehind(r record.Reader, reference *schema.Field, rec any) (string, error) {
	if reference == nil || reference.Null(rec) {
		return "", nil
	}
	other, err := record.GetAny(r, schema.Id(reference.Text(rec)))
	if err != nil {
		return "", ignoreMissing(err)
	}
	return currencyOf(r, other)
}

// currencyOf returns the currency that the amounts of rec are in; "" when it has none.
func currencyOf(r record.Reader, rec any) (string, error) {
	f := objectOf(r, rec).Field(currencyField)
	if f == nil || !f.Null(rec) {
		return textOf(f, rec), nil
	}
	return corporate(r)
}

func textOf(f *schema.Field, rec any) string {
	if f == nil {
		return ""
	}
	return f.Text(rec)
}

// objectOf returns the object that rec is a record of.
func objectOf(r record.Reader, rec any) *schema.Object {
	return r.(interface{ Catalog() *schema.Catalog }).Catalog().Of(reflect.TypeOf(rec).Elem())
}

// ignoreMissing leaves a reference that leads nowhere to be refused further on.
func ignoreMissing(err error) error {
	if errors.Is(err, record.ErrNotFound) {
		return nil
	}
	return err
}

// corporate returns the currency of the organisation.
func corporate(r record.Reader) (string, error) {
	all, err := record.Every[org.Organization](r)
	if err != nil || len(all) == 0 || all[0].DefaultCurrencyIsoCode == "" {
		return "USD", err
	}
	return string(all[0].DefaultCurrencyIsoCode), nil
}

// checkCurrency holds that a currency is one that the organisation has. One that lists none takes every code of three
// letters.
func checkCurrency(r record.Reader, c record.AnyChange) error {
	f := c.Object.Field(currencyField)
	code := f.Text(c.New)
	if code == "" || !c.Insert && f.Equal(c.Old, c.New) {
		return nil
	}
	if !isCode(code) {
		return record.Refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", fmt.Sprintf("CurrencyIsoCode: %q is not a code of three capital letters, such as EUR", code), currencyField)
	}
	known, err := record.Every[org.CurrencyType](r)
	if err != nil || len(known) == 0 || slices.ContainsFunc(known, func(t *org.CurrencyType) bool { return t.IsActive && t.IsoCode == code }) {
		return err
	}
	return record.Refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", fmt.Sprintf("CurrencyIsoCode: %s is not an active currency of the organisation", code), currencyField)
}

func isCode(s string) bool {
	return len(s) == 3 && !slices.ContainsFunc([]byte(s), func(b byte) bool { return b < 'A' || b > 'Z' })
}

// checkOneCurrency holds that what is summed up is in one currency: a line with its whole, and a price with its entry.
func checkOneCurrency(r record.Reader, c record.AnyChange) error {
	own, err := currencyOf(r, c.New)
	if err != nil {
		return err
	}
	references := []string{"PricebookEntryId"}
	if p := partOf(c.Object); p.summed {
		references = append(references, p.of)
	}
	for _, reference := range references {
		other, err := currencyBehind(r, c.Object.Field(reference), c.New)
		if err != nil {
			return err
		}
		if other != "" && other != own {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("CurrencyIsoCode: amounts are in %s, but %s is in %s", own, reference, other), currencyField, reference)
		}
	}
	return nil
}

// checkCurrencyKept holds that the currency of a whole does not change under the parts that are summed up in it.
func checkCurrencyKept(r record.Reader, c record.AnyChange) error {
	f := c.Object.Field(currencyField)
	if c.Insert || f.Equal(c.Old, c.New) {
		return nil
	}
	before, err := currencyOf(r, c.Old)
	if err != nil {
		return err
	}
	if after, err := currencyOf(r, c.New); err != nil || after == before {
		return err
	}
	catalog := r.(interface{ Catalog() *schema.Catalog }).Catalog()
	for _, p := range parts {
		o := catalog.Object(p.object)
		if !p.summed || !slices.Contains(o.Field(p.of).To, c.Object.Name) {
			continue
		}
		lines, err := record.FindIds(r, o, p.of+" = ? LIMIT 1", schema.StandardOf(c.New).Id)
		if err != nil {
			return err
		}
		if len(lines) > 0 {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("CurrencyIsoCode: there are lines in %s; delete them before the currency changes", before), currencyField)
		}
	}
	return nil
}

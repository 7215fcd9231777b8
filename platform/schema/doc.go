// Package schema is the catalogue: every object, its fields and their kinds, read once from Go structs and extended
// at run time by what administrators add.
//
// It is the one vocabulary that the rest of the house speaks. Describe, tables, queries, the REST API, screens and
// permissions all read it, and none of them states a fact about a field a second time. An object is declared as a Go
// struct that embeds [Standard]; the Go types of this package carry the metadata (a [Ref] knows its target, a
// picklist type knows its choices) and a tag says only what a type cannot:
//
//	type Invoice struct {
//		schema.Standard `prefix:"a0I" name:"InvoiceNumber"`
//		InvoiceNumber schema.AutoNumber   `format:"{00000000}"`
//		AccountId     schema.Ref[Account] `children:"Invoices"`
//		Subject       string              `max:"255"`
//		Status        InvoiceStatus       `field:"required"`
//		Discount      schema.Decimal      `scale:"2"`
//		Address       schema.Address
//	}
//
// It does not know databases, users, rules or the business.
package schema

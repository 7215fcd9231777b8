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
// Tags of the embedded Standard: prefix (of ids), name (of the name field, unless it is Name), label, plural,
// help, and object with the words setup, readonly, search and leaf. Tags of a field:
//
//	field       words: required createonly readonly calculated name owner unique external casesens restricted open self
//	            index hidden, and what the deletion of a target does: cascade restrict keep
//	max         most characters
//	precision   most digits; scale: digits after the point
//	default     in the API's text form
//	choices     values of a picklist, separated by ";"; controller: the field that a dependent one follows
//	format      of an auto-number, as SA-{0000}; per: the reference within which it counts
//	to          objects that an AnyRef leads to, separated by commas; a name with "?" may be absent, "*" is every
//	            object of the business, and "-" takes one out
//	children    the relationship from the target back
//	rollup      of a roll-up summary: "COUNT Line.InvoiceId", "SUM Line.InvoiceId Amount"; also MIN and MAX
//	parts       what the names of a compound field's parts begin with
//	label, help what people read
//
// It does not know databases, users, rules or the business.
package schema

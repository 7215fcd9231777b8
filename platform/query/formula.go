package query

import "truckroll/platform/schema"

// formula is the value of a formula field.
func (r *resolver) formula(c *column) value {
	r.fail(schema.Refuse(CodeField, "The formula of "+c.field.Object+"."+c.field.Name+" cannot be read in a query."))
	return c
}

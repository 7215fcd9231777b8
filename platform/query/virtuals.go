package query

import (
	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// Virtuals are several sets of virtual objects, asked in order.
type Virtuals []Virtual

// Virtual implements [Virtual].
func (all Virtuals) Virtual(name string) *schema.Object {
	for _, v := range all {
		if o := v.Virtual(name); o != nil {
			return o
		}
	}
	return nil
}

// Source implements [Virtual].
func (all Virtuals) Source(o *schema.Object, viewer access.Viewer) (sql string, args []any, ok bool) {
	for _, v := range all {
		if sql, args, ok = v.Source(o, viewer); ok {
			return sql, args, true
		}
	}
	return "", nil, false
}

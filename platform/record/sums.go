package record

import "truckroll/platform/schema"

// summary is a roll-up summary field of a parent, seen from the child.
type summary struct {
	field *schema.Field // of the parent
	via   *schema.Field // the child's reference to the parent
}

// sumKey names the roll-up summary of one parent.
type sumKey struct {
	field  *schema.Field
	parent schema.Id
}

// summaries returns the roll-up summaries over records of o.
func summaries(c *schema.Catalog, o *schema.Object) []summary {
	var all []summary
	for _, parent := range c.Objects {
		for _, f := range parent.Fields {
			if f.RollUp != nil && c.Object(f.RollUp.Child) == o {
				all = append(all, summary{f, o.Field(f.RollUp.Via)})
			}
		}
	}
	return all
}

// outdate notes which roll-up summaries a written row has made wrong.
func (tx *Tx) outdate(r *row) {
	for _, s := range r.plan.summed {
		for _, rec := range []any{r.old, r.new} {
			if id := schema.Id(s.via.Text(rec)); id != "" {
				if tx.sums == nil {
					tx.sums = map[sumKey]bool{}
				}
				tx.sums[sumKey{s.field, id}] = true
			}
		}
	}
}

// summarise brings roll-up summaries up to date, once the outermost save has done everything else.
func (tx *Tx) summarise() error {
	return nil
}

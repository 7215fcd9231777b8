package query

import "truckroll/platform/schema"

// AppendJSON appends the answer in the API's form.
func (f *Found) AppendJSON(b []byte) []byte {
	return append(f.AppendRecords(append(b, `{"searchRecords":[`...)), "]}"...)
}

// AppendRecords appends the records with commas between them.
func (f *Found) AppendRecords(b []byte) []byte {
	e := &encoder{base: f.base + "/sobjects/", queries: f.base + "/query/"}
	first := true
	for _, set := range f.sets {
		if len(set.rows) == 0 {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = e.records(b, set.st.set, &rowPage{rows: set.rows})
	}
	return b
}

// Len returns the number of records found.
func (f *Found) Len() int {
	n := 0
	for _, set := range f.sets {
		n += len(set.rows)
	}
	return n
}

// Ids returns the ids of the records found, in order.
func (f *Found) Ids() []schema.Id {
	var ids []schema.Id
	for _, set := range f.sets {
		for _, row := range set.rows {
			id, _ := row[set.st.set.id].(string)
			ids = append(ids, schema.Id(id))
		}
	}
	return ids
}

package query

import (
	"strconv"
	"time"

	"truckroll/platform/schema"
)

// encoder writes rows as the API's JSON.
type encoder struct {
	base    string // of record addresses: /services/data/v60.0/sobjects/
	queries string // of next pages: /services/data/v60.0/query/
	page    *rowPage
}

// records appends all rows of a page, with commas between them.
func (e *encoder) records(b []byte, set *rowSet, p *rowPage) []byte {
	outer := e.page
	e.page = p
	for i, row := range p.rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = set.shape.json(e, b, row)
	}
	e.page = outer
	return b
}

func (sh *shape) json(e *encoder, b []byte, row []any) []byte {
	if sh.place == nil {
		return append(sh.members(e, append(b, `{"attributes":{"type":"AggregateResult"}`...), row), '}')
	}
	o, id := sh.which(row)
	if o == nil {
		return append(b, "null"...)
	}
	b = append(b, `{"attributes":{"type":"`...)
	b = append(b, o.Name...)
	b = append(b, `","url":"`...)
	b = append(e.address(b, o.Name, id), `"}`...)
	b = sh.members(e, b, row)
	switch branch := sh.branches[o.Name]; {
	case branch != nil:
		b = branch.members(e, b, row)
	case sh.otherwise != nil:
		b = sh.otherwise.members(e, b, row)
	}
	return append(b, '}')
}

func (e *encoder) address(b []byte, object, id string) []byte {
	b = append(append(b, e.base...), object...)
	return append(append(b, '/'), id...)
}

func (sh *shape) members(e *encoder, b []byte, row []any) []byte {
	for _, entry := range sh.entries {
		b = append(b, entry.key...)
		b = entry.cell.json(e, b, row)
	}
	return b
}

func (l *leaf) json(_ *encoder, b []byte, row []any) []byte {
	return appendJSON(b, l.field, row[l.col])
}

func (m *masked) json(_ *encoder, b []byte, row []any) []byte {
	if row[m.col] == nil {
		return append(b, "null"...)
	}
	return append(b, `"********"`...)
}

func (f *formatted) json(_ *encoder, b []byte, row []any) []byte {
	if row[f.col] == nil {
		return append(b, "null"...)
	}
	return schema.AppendJSONString(b, f.show(f.leaf.plain(row)))
}

func (c *compound) json(_ *encoder, b []byte, row []any) []byte {
	from := len(b)
	found := false
	for i, p := range c.parts {
		b = append(b, map[bool]byte{true: '{', false: ','}[i == 0])
		b = append(b, c.names[i]...)
		b = appendJSON(b, p.field, row[p.col])
		found = found || row[p.col] != nil
	}
	if !found {
		return append(b[:from], "null"...)
	}
	return append(b, '}')
}

func (s *blob) json(e *encoder, b []byte, row []any) []byte {
	o, id := s.ids.which(row)
	if o == nil {
		return append(b, "null"...)
	}
	b = e.address(append(b, '"'), o.Name, id)
	return append(append(append(b, '/'), s.name...), '"')
}

// json appends a set of children: null when the row has none.
func (c *childSet) json(e *encoder, b []byte, row []any) []byte {
	id, _ := row[c.of].(string)
	var p *rowPage
	if f := e.page.children; f != nil {
		p = f.sets[c][id]
	}
	if p == nil || p.total == 0 {
		return append(b, "null"...)
	}
	b = append(b, `{"totalSize":`...)
	b = strconv.AppendInt(b, int64(p.total), 10)
	b = append(b, `,"done":`...)
	b = strconv.AppendBool(b, !p.more)
	if p.next != "" {
		b = append(b, `,"nextRecordsUrl":`...)
		b = schema.AppendJSONString(b, e.queries+p.next)
	}
	b = append(b, `,"records":[`...)
	return append(e.records(b, c.rowSet, p), "]}"...)
}

// appendJSON appends what the database holds for a field in the API's form.
func appendJSON(b []byte, f *schema.Field, x any) []byte {
	switch x := x.(type) {
	case nil:
		return append(b, "null"...)
	case string:
		return schema.AppendJSONString(b, x)
	case bool:
		return strconv.AppendBool(b, x)
	case float64:
		return appendFloat(b, x)
	case int64:
		return appendInteger(b, f, x)
	}
	return append(b, "null"...)
}

// appendInteger appends what is kept as a whole number.
func appendInteger(b []byte, f *schema.Field, n int64) []byte {
	switch f.Kind.Store() {
	case schema.StoreBool:
		return strconv.AppendBool(b, n != 0)
	case schema.StoreDecimal:
		return schema.AppendDecimal(b, schema.Dec(n, f.Scale))
	case schema.StoreDate:
		return append(appendDay(append(b, '"'), time.Unix(n*86400, 0).UTC()), '"')
	case schema.StoreInstant:
		return append(appendInstant(append(b, '"'), n), '"')
	case schema.StoreTime:
		return append(appendClock(append(b, '"'), n), `Z"`...)
	}
	return strconv.AppendInt(b, n, 10)
}

// appendFloat appends a number with a point, as the API writes doubles.
func appendFloat(b []byte, x float64) []byte {
	return schema.AppendDecimal(b, schema.DecFloat(x))
}

func appendInstant(b []byte, ms int64) []byte {
	t := time.UnixMilli(ms).UTC()
	b = append(appendDay(b, t), 'T')
	day := ms % 86400000
	if day < 0 {
		day += 86400000
	}
	return append(appendClock(b, day), "+0000"...)
}

func appendDay(b []byte, t time.Time) []byte {
	y, m, d := t.Date()
	b = append(b, byte('0'+y/1000%10), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-')
	b = append(two(b, int64(m)), '-')
	return two(b, int64(d))
}

// appendClock appends milliseconds since midnight as a time of day.
func appendClock(b []byte, ms int64) []byte {
	b = append(two(b, ms/3600000), ':')
	b = append(two(b, ms/60000%60), ':')
	b = append(two(b, ms/1000%60), '.')
	ms %= 1000
	return append(b, byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
}

func two(b []byte, n int64) []byte { return append(b, byte('0'+n/10%10), byte('0'+n%10)) }

// plain is the leaf's value as [schema.Field.FromColumn] gives it.
func (l *leaf) plain(row []any) any {
	x := row[l.col]
	switch {
	case x == nil:
		return nil
	case isFloat(l.field):
		return x
	}
	v, err := l.field.FromColumn(x)
	if err != nil {
		return nil
	}
	return v
}

// text appends the leaf's value as CSV has it.
func (l *leaf) text(b []byte, row []any) []byte {
	x := row[l.col]
	if s, ok := x.(string); ok {
		return append(b, s...)
	}
	if x == nil {
		return b
	}
	from := len(b)
	b = appendJSON(b, l.field, x)
	if b[from] == '"' {
		copy(b[from:], b[from+1:])
		b = b[:len(b)-2]
	}
	return b
}

func (m *masked) text(b []byte, row []any) []byte {
	if row[m.col] == nil {
		return b
	}
	return append(b, "********"...)
}

func (f *formatted) text(b []byte, row []any) []byte {
	if row[f.col] == nil {
		return b
	}
	return append(b, f.show(f.leaf.plain(row))...)
}

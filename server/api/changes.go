package api

import (
	"fmt"
	"time"

	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// The span of time that changes may be asked for.
const (
	maxSpan    = 30 * 24 * time.Hour
	maxChanges = 600_000
)

// updated is the answer to a question for changed records.
type updated struct {
	Ids    []schema.Id `json:"ids"`
	Latest string      `json:"latestDateCovered"`
}

// readUpdated answers GET /sobjects/{object}/updated?start&end.
func (s *Server) readUpdated(c *call) (*answer, error) {
	o, from, to, err := s.span(c)
	if err != nil {
		return nil, err
	}
	u := updated{Ids: []schema.Id{}, Latest: schema.At(to).String()}
	err = s.eachChange(c, o, from, to, false, func(r query.Row) { u.Ids = append(u.Ids, r.Id()) })
	if err != nil {
		return nil, err
	}
	return ok(u)
}

// deletedRecord is a record that was deleted.
type deletedRecord struct {
	Id   schema.Id `json:"id"`
	Date string    `json:"deletedDate"`
}

// deleted is the answer to a question for deleted records.
type deleted struct {
	Records  []deletedRecord `json:"deletedRecords"`
	Earliest string          `json:"earliestDateAvailable"`
	Latest   string          `json:"latestDateCovered"`
}

// readDeleted answers GET /sobjects/{object}/deleted?start&end.
func (s *Server) readDeleted(c *call) (*answer, error) {
	o, from, to, err := s.span(c)
	if err != nil {
		return nil, err
	}
	d := deleted{Records: []deletedRecord{}, Latest: schema.At(to).String()}
	err = s.eachChange(c, o, from, to, true, func(r query.Row) {
		at, _ := r.Value(1).(schema.DateTime)
		d.Records = append(d.Records, deletedRecord{r.Id(), at.String()})
	})
	if err != nil {
		return nil, err
	}
	d.Earliest = schema.At(from).String()
	return ok(d)
}

// span reads the object and the span of time that changes are asked for. The end is no later than now, so that a
// client which begins again at latestDateCovered misses nothing.
func (s *Server) span(c *call) (o *schema.Object, from, to time.Time, err error) {
	if o, err = s.object(c); err != nil {
		return o, from, to, err
	}
	if from, err = c.instant("start"); err != nil {
		return o, from, to, err
	}
	if to, err = c.instant("end"); err != nil {
		return o, from, to, err
	}
	if now := s.now().UTC().Truncate(time.Millisecond); to.After(now) {
		to = now
	}
	switch {
	case !from.Before(to):
		err = schema.Refuse("INVALID_REPLICATION_DATE", "startDate must be before endDate", "start", "end")
	case to.Sub(from) > maxSpan:
		err = schema.Refuse("INVALID_REPLICATION_DATE", "startDate and endDate must be at most 30 days apart", "start", "end")
	case o.Field("SystemModstamp") == nil:
		err = schema.Refuse("INVALID_TYPE", o.Name+" does not say when its records change")
	}
	return o, from, to, err
}

// instant reads a parameter that is a date and time with a zone. A plus sign that was not encoded arrives as a space.
func (c *call) instant(name string) (time.Time, error) {
	text := c.query.Get(name)
	if text == "" {
		return time.Time{}, schema.Refuse("MISSING_ARGUMENT", "The parameter "+name+" is missing; give an instant such as 2026-03-10T08:00:00Z", name)
	}
	b := []byte(text)
	if n := len(b) - 6; n > 0 && b[n] == ' ' {
		b[n] = '+'
	}
	t, err := schema.ParseDateTime(string(b))
	if err != nil || t.IsNull() {
		return time.Time{}, schema.Refuse("INVALID_ARGUMENT", name+": "+text+" is not an instant such as 2026-03-10T08:00:00Z", name)
	}
	return t.Time(), nil
}

// eachChange goes through the records that were last changed, or deleted, in a span of time.
func (s *Server) eachChange(c *call, o *schema.Object, from, to time.Time, deleted bool, f func(query.Row)) error {
	text := fmt.Sprintf("SELECT Id, SystemModstamp FROM %s WHERE SystemModstamp >= %s AND SystemModstamp < %s AND IsDeleted = %t ORDER BY SystemModstamp, Id LIMIT %d",
		o.Name, soqlInstant(from), soqlInstant(to), deleted, maxChanges+1)
	return s.read(c, func(tx *store.Tx) error {
		st, err := query.Compile(text, s.catalog(c), c.viewer, s.queryOptions(true))
		if err != nil {
			return err
		}
		n := 0
		return st.Each(tx, func(r query.Row) error {
			if n++; n > maxChanges {
				return schema.Refuse("EXCEEDED_ID_LIMIT", "Too many records changed in this time; ask for a shorter one", "start", "end")
			}
			f(r)
			return nil
		})
	})
}

// soqlInstant writes an instant as queries have it.
func soqlInstant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

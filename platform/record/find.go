package record

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// Find returns the undeleted records of T that meet a condition in the query language, with ? for each of args; ORDER
// BY and LIMIT may follow it. An empty condition is met by all.
//
//	Find[Invoice](tx, "Status = ? AND DueDate < ? ORDER BY DueDate", status, tx.Now())
//
// An argument is text, an id, a bool, an int, a value of package schema, a time.Time, or a slice of these for IN.
func Find[T any](r Reader, where string, args ...any) ([]*T, error) {
	s := r.reader()
	p, err := s.planOf(new(T))
	if err != nil {
		return nil, err
	}
	recs, err := s.find(p, where, args)
	if err != nil {
		return nil, err
	}
	typed := make([]*T, len(recs))
	for i, rec := range recs {
		typed[i] = rec.(*T)
	}
	return typed, nil
}

// FindAny is [Find] for the records of o, whose Go type may be unknown.
func FindAny(r Reader, o *schema.Object, where string, args ...any) ([]any, error) {
	s := r.reader()
	p := s.plans[o]
	if p == nil {
		return nil, noSuchObject(o.Name)
	}
	return s.find(p, where, args)
}

// FindIds returns the ids of the records that [FindAny] finds.
func FindIds(r Reader, o *schema.Object, where string, args ...any) ([]schema.Id, error) {
	s := r.reader()
	p := s.plans[o]
	if p == nil {
		return nil, noSuchObject(o.Name)
	}
	return s.findIds(p, where, args)
}

// First returns the first record that [Find] finds, or nil when there is none.
func First[T any](r Reader, where string, args ...any) (*T, error) {
	if !strings.Contains(strings.ToUpper(where), " LIMIT ") {
		where += " LIMIT 1"
	}
	found, err := Find[T](r, where, args...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// Count returns how many undeleted records of T meet a condition, given as for [Find] without ORDER BY and LIMIT.
func Count[T any](r Reader, where string, args ...any) (int, error) {
	s := r.reader()
	p, err := s.planOf(new(T))
	if err != nil {
		return 0, err
	}
	q, err := parseFind("SELECT COUNT() FROM "+p.object.Name, where, args)
	if err != nil {
		return 0, err
	}
	st, err := query.Resolve(q, s.catalog, access.Everything{}, query.Options{Now: s.now})
	if err != nil {
		return 0, err
	}
	text, bound := st.SQL(s.db.Dialect(), 1)
	var n int
	if err := s.db.QueryRow(text, bound...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count %s: %w", p.object.Name, err)
	}
	return n, nil
}

// Each goes through the records of T that meet a condition, given as for [Find] without ORDER BY and LIMIT, in the
// order of their ids. It reads them in portions and keeps none of them, so that there may be any number. Records that
// the loop saves are seen as they were when their portion was read.
func Each[T any](r Reader, where string, args ...any) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		s := r.reader()
		p, err := s.planOf(new(T))
		if err != nil {
			yield(nil, err)
			return
		}
		condition := `Id > ?`
		if where != "" {
			condition = "(" + where + ") AND Id > ?"
		}
		last := schema.Id("000000000000000AAA")
		for {
			found, err := s.portion(p, condition+fmt.Sprintf(" ORDER BY Id LIMIT %d", maxIds), append(slices.Clone(args), last))
			if err != nil {
				yield(nil, err)
				return
			}
			for _, c := range found {
				if !yield(s.hand(c).(*T), nil) {
					return
				}
				last = p.id(c.rec)
			}
			if len(found) < maxIds {
				return
			}
		}
	}
}

// portion reads the next records of Each, past the cache.
func (s *session) portion(p *plan, where string, args []any) ([]*stored, error) {
	ids, err := s.findIds(p, where, args)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return s.selectRows(p, `"Id" IN `+marks(len(ids)), idArgs(ids), ` ORDER BY "Id"`)
}

func (s *session) find(p *plan, where string, args []any) ([]any, error) {
	ids, err := s.findIds(p, where, args)
	if err != nil {
		return nil, err
	}
	var fresh []schema.Id
	for _, id := range ids {
		if _, known := s.cache[id]; !known {
			fresh = append(fresh, id)
		}
	}
	for part := range slices.Chunk(fresh, maxIds) {
		if err := s.load(p, part, ""); err != nil {
			return nil, err
		}
	}
	recs := make([]any, 0, len(ids))
	for _, id := range ids {
		if c := s.cache[id]; c != nil {
			recs = append(recs, s.hand(c))
		}
	}
	return recs, nil
}

func (s *session) findIds(p *plan, where string, args []any) ([]schema.Id, error) {
	q, err := parseFind("SELECT Id FROM "+p.object.Name, where, args)
	if err != nil {
		return nil, err
	}
	return s.ids(q, access.Everything{}, query.Options{Now: s.now})
}

// parseFind puts a condition with its arguments behind the beginning of a query.
func parseFind(begin, where string, args []any) (*soql.Query, error) {
	text, err := bind(where, args)
	if err != nil {
		return nil, err
	}
	switch upper := strings.ToUpper(strings.TrimSpace(text)); {
	case text == "":
	case strings.HasPrefix(upper, "ORDER BY "), strings.HasPrefix(upper, "LIMIT "):
		begin += " "
	default:
		begin += " WHERE "
	}
	q, err := soql.Parse(begin + text)
	if err != nil {
		return nil, fmt.Errorf("find: %w", err)
	}
	return q, nil
}

// bind writes args as literals in the places of ?.
func bind(where string, args []any) (string, error) {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(where); i++ {
		switch c := where[i]; {
		case c == '\\' && quoted && i+1 < len(where):
			b.WriteString(where[i : i+2])
			i++
		case c == '?' && !quoted:
			if len(args) == 0 {
				return "", fmt.Errorf("find: %q has more places than arguments", where)
			}
			text, err := literal(args[0])
			if err != nil {
				return "", err
			}
			b.WriteString(text)
			args = args[1:]
		default:
			quoted = quoted != (c == '\'')
			b.WriteByte(c)
		}
	}
	if len(args) > 0 {
		return "", fmt.Errorf("find: %q has fewer places than arguments", where)
	}
	return b.String(), nil
}

// literal writes v in the query language.
func literal(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "null", nil
	case time.Time:
		return v.UTC().Format("2006-01-02T15:04:05.000Z"), nil
	case schema.DateTime:
		return orNull(v, v.Time().Format("2006-01-02T15:04:05.000Z")), nil
	case schema.Date:
		return orNull(v, v.String()), nil
	case schema.Time:
		return orNull(v, v.String()), nil
	case schema.Int:
		return orNull(v, v.String()), nil
	case schema.Decimal:
		return orNull(v, v.String()), nil
	case schema.Currency:
		return literal(v.Decimal)
	case schema.Percent:
		return literal(v.Decimal)
	}
	x := reflect.ValueOf(v)
	switch x.Kind() {
	case reflect.String:
		if x.Len() == 0 {
			return "null", nil
		}
		return soql.Quote(x.String()), nil
	case reflect.Bool, reflect.Int, reflect.Int64, reflect.Int32:
		return fmt.Sprint(v), nil
	case reflect.Slice:
		return literalList(x)
	}
	return "", fmt.Errorf("find: cannot write a %T in a condition", v)
}

func orNull(v any, text string) string {
	if schema.IsNull(v) {
		return "null"
	}
	return text
}

// literalList writes a slice for IN. An empty one is written as a list that nothing is in.
func literalList(x reflect.Value) (string, error) {
	if x.Len() == 0 {
		return "(null)", nil
	}
	texts := make([]string, x.Len())
	for i := range texts {
		text, err := literal(x.Index(i).Interface())
		if err != nil {
			return "", err
		}
		texts[i] = text
	}
	return "(" + strings.Join(texts, ", ") + ")", nil
}

package record

import (
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// violation is a value that the database found taken, by another transaction at the same moment. The statement wrote
// several rows, so that it is not known which of them it was.
type violation struct {
	field *schema.Field
	err   error
}

func (v *violation) Error() string { return v.err.Error() }
func (v *violation) Unwrap() error { return v.err }

// write writes rows and what belongs to each write: its audit entry and its event. It returns the rows that were
// written: an update that changes nothing is not.
func (tx *Tx) write(p *plan, rows []*row) ([]*row, error) {
	var inserts, updates, written []*row
	for _, r := range rows {
		if r.verb == inserting {
			r.version = 1
			inserts, written = append(inserts, r), append(written, r)
			continue
		}
		r.version = r.base.version
		if r.changed = p.changed(r.base.rec, r.new); len(r.changed) > 0 {
			r.version++
			updates, written = append(updates, r), append(written, r)
		}
	}
	if err := tx.identify(p, inserts); err != nil {
		return nil, err
	}
	tx.stampAll(p, written)
	if err := tx.insertAll(p, inserts); err != nil {
		return nil, tx.failed(p, err)
	}
	if err := tx.updateAll(p, updates); err != nil {
		return nil, tx.failed(p, err)
	}
	if err := tx.useContent(p, written); err != nil {
		return nil, err
	}
	for _, r := range written {
		tx.written(r)
	}
	return written, nil
}

// failed makes a violation of a unique index known as such. The transaction, or its innermost Try, is lost.
func (tx *Tx) failed(p *plan, err error) error {
	if object, field, ok := store.Violation(err); ok && object == p.object.Name && p.object.Field(field) != nil {
		err = &violation{p.object.Field(field), err}
		tx.breakUp(duplicate(p.object.Field(field), ""))
		return err
	}
	tx.breakUp(err)
	return fmt.Errorf("write %s: %w", p.object.Name, err)
}

// identify gives new records their ids and numbers.
func (tx *Tx) identify(p *plan, inserts []*row) error {
	if len(inserts) == 0 {
		return nil
	}
	first, err := tx.keeper.db.NextIds(tx.Context(), tx.db, p.object.Prefix, len(inserts))
	if err != nil {
		return fmt.Errorf("draw ids for %s: %w", p.object.Name, err)
	}
	for i, r := range inserts {
		id := string(schema.MakeId(p.object.Prefix, first+uint64(i)))
		p.stamp.id.Set(r.new, id)
		for _, f := range p.selfs {
			if f.Null(r.new) {
				f.Set(r.new, id)
			}
		}
	}
	return tx.number(p, inserts)
}

// stampAll says who wrote the records and when. The history of a record that is brought from elsewhere is kept.
func (tx *Tx) stampAll(p *plan, rows []*row) {
	now, by := schema.At(tx.now), string(tx.Viewer().User())
	for _, r := range rows {
		s := &p.stamp
		fresh := r.verb == inserting
		if fresh && s.created.Null(r.new) {
			s.created.Set(r.new, now)
		}
		if fresh && s.createdBy.Null(r.new) {
			s.createdBy.Set(r.new, by)
		}
		if !fresh || s.modified.Null(r.new) {
			s.modified.Set(r.new, now)
		}
		if !fresh || s.modifiedBy.Null(r.new) {
			s.modifiedBy.Set(r.new, by)
		}
		s.modstamp.Set(r.new, now)
	}
}

// statementRows are the numbers of rows that one statement writes: few different ones, so that few different texts are
// prepared.
var statementRows = [...]int{64, 16, 8, 7, 6, 5, 4, 3, 2, 1}

// maxArgs is less than what either database takes as arguments of one statement.
const maxArgs = 30_000

// inStatements calls f for groups of n rows with as few statements as the databases' limits allow.
func inStatements(rows []*row, args int, f func([]*row) error) error {
	for _, size := range statementRows {
		for len(rows) >= size && (size == 1 || size*args <= maxArgs) {
			if err := f(rows[:size]); err != nil {
				return err
			}
			rows = rows[size:]
		}
	}
	return nil
}

// insertAll inserts rows, naming only the columns that one of them fills.
func (tx *Tx) insertAll(p *plan, rows []*row) error {
	if len(rows) == 0 {
		return nil
	}
	fields := p.filled(rows)
	var head, tuple strings.Builder
	head.WriteString("INSERT INTO " + p.table + " (")
	tuple.WriteByte('(')
	for _, i := range fields {
		head.WriteString(p.names[i])
		head.WriteString(", ")
		tuple.WriteString("?, ")
	}
	head.WriteString(versionColumn + ") VALUES ")
	tuple.WriteString("1)")
	return inStatements(rows, len(fields), func(rows []*row) error {
		args := make([]any, 0, len(rows)*len(fields))
		var err error
		for _, r := range rows {
			if args, err = p.arguments(args, fields, r.new); err != nil {
				return err
			}
		}
		_, err = tx.db.Exec(head.String()+repeat(tuple.String(), len(rows)), args...)
		return err
	})
}

func repeat(tuple string, n int) string {
	return strings.TrimSuffix(strings.Repeat(tuple+", ", n), ", ")
}

// filled returns the places of the columns in which a row differs from what the database puts there by itself.
func (p *plan) filled(rows []*row) []int {
	var fields []int
	for i, f := range p.columns {
		if slices.ContainsFunc(rows, func(r *row) bool { return fills(f, r.new) }) {
			fields = append(fields, i)
		}
	}
	return fields
}

func fills(f *schema.Field, rec any) bool {
	if f.Kind == schema.KindBoolean {
		return f.Get(rec).(bool) != strings.EqualFold(f.Default, "true")
	}
	return !f.Null(rec)
}

// arguments appends what the columns at the given places keep of rec.
func (p *plan) arguments(args []any, at []int, rec any) ([]any, error) {
	for _, i := range at {
		f := p.columns[i]
		if f.Null(rec) {
			args = append(args, nil)
			continue
		}
		x, err := f.Column(f.Get(rec))
		if err != nil {
			return nil, err
		}
		args = append(args, x)
	}
	return args, nil
}

// updateAll updates rows, those together that change the same columns.
func (tx *Tx) updateAll(p *plan, rows []*row) error {
	groups := map[string][]*row{}
	var order []string
	for _, r := range rows {
		key := ""
		for _, f := range r.changed {
			key += f.Name + ","
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], r)
	}
	for _, key := range order {
		if err := tx.updateGroup(p, groups[key]); err != nil {
			return err
		}
	}
	return nil
}

// updateGroup updates rows that change the same columns.
func (tx *Tx) updateGroup(p *plan, rows []*row) error {
	var fields []int
	for i, f := range p.columns {
		if slices.Contains(rows[0].changed, f) || f == p.stamp.modified || f == p.stamp.modifiedBy || f == p.stamp.modstamp {
			fields = append(fields, i)
		}
	}
	return inStatements(rows, len(fields)+1, func(rows []*row) error {
		text := tx.updateText(p, fields, len(rows))
		var args []any
		for _, r := range rows {
			if len(rows) > 1 {
				args = append(args, string(r.id()))
			}
			var err error
			if args, err = p.arguments(args, fields, r.new); err != nil {
				return err
			}
		}
		if len(rows) == 1 {
			args = append(args, string(rows[0].id()))
		}
		res, err := tx.db.Exec(text, args...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n != int64(len(rows)) {
			return fmt.Errorf("%d of %d locked rows were there to be updated (%v)", n, len(rows), err)
		}
		return nil
	})
}

// updateText returns the UPDATE of n rows.
func (tx *Tx) updateText(p *plan, fields []int, n int) string {
	var b strings.Builder
	b.WriteString("UPDATE " + p.table + " SET ")
	if n == 1 {
		for _, i := range fields {
			b.WriteString(p.names[i] + " = ?, ")
		}
		b.WriteString(versionColumn + " = " + versionColumn + ` + 1 WHERE "Id" = ?`)
		return b.String()
	}
	tuple := "(" + tx.typed(p.stamp.id)
	for j, i := range fields {
		fmt.Fprintf(&b, "%s = v.column%d, ", p.names[i], j+2)
		tuple += ", " + tx.typed(p.columns[i])
	}
	b.WriteString(versionColumn + " = " + p.table + "." + versionColumn + " + 1 FROM (VALUES " + repeat(tuple+")", n) + ") AS v WHERE " + p.table + `."Id" = v.column1`)
	return b.String()
}

// typed returns an argument with the type of f's column, which a list of values does not get from its context.
func (tx *Tx) typed(f *schema.Field) string {
	name, _, _ := strings.Cut(tx.db.Dialect().Type(f), " ")
	return "CAST(? AS " + name + ")"
}

// written makes memory agree with a row that was written, and enters it in the journal.
func (tx *Tx) written(r *row) {
	tx.effects++
	c := &stored{plan: r.plan, rec: schema.Copy(r.new), version: r.version, locked: true}
	tx.forgetLists(r)
	tx.keep(c)
	if r.own {
		tx.rehand(r.new, c)
	}
	tx.refresh(r, c)
	tx.enterJournal(r)
	tx.outdate(r)
}

// refresh shows a row that was written to the batches further out that hold the same record.
func (tx *Tx) refresh(r *row, c *stored) {
	for _, f := range tx.frames[:max(0, len(tx.frames)-1)] {
		if f.plan != r.plan {
			continue
		}
		if other := f.find(c.plan.id(c.rec)); other != nil && other != r && other.new != r.new {
			assign(other.new, c.rec)
			if other.own {
				tx.rehand(other.new, c)
			}
		}
	}
}

// find returns the row of f with the given id, or nil. It is asked once the rows have ids.
func (f *frame) find(id schema.Id) *row {
	if f.byId == nil {
		f.byId = make(map[schema.Id]*row, len(f.rows))
		for _, r := range f.rows {
			if at := r.id(); at != "" && len(r.faults) == 0 {
				f.byId[at] = r
			}
		}
	}
	return f.byId[id]
}

package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// The most records of one request.
const (
	maxCollection = 200
	maxRetrieve   = 2000
)

// collection is many records in one body.
type collection struct {
	AllOrNone bool              `json:"allOrNone"`
	Records   []json.RawMessage `json:"records"`
}

// rowOf is one record of a collection on its way.
type rowOf struct {
	object *schema.Object
	patch  record.Patch
	faults record.Faults
	result record.Result
	tried  bool
}

// fail notes why a row is refused; an error that is no refusal comes back.
func (r *rowOf) fail(err error) error {
	var many record.Faults
	var one *schema.Fault
	switch {
	case err == nil:
	case errors.As(err, &many):
		r.faults = many
	case errors.As(err, &one):
		r.faults = record.Faults{one}
	default:
		return err
	}
	return nil
}

// refused are the faults of a row, wherever they were found.
func (r *rowOf) refused() record.Faults {
	if len(r.faults) > 0 {
		return r.faults
	}
	return r.result.Faults
}

// createMany answers POST /composite/sobjects.
func (s *Server) createMany(c *call) (*answer, error) { return s.saveMany(c, record.Insert, nil, nil) }

// updateMany answers PATCH /composite/sobjects.
func (s *Server) updateMany(c *call) (*answer, error) { return s.saveMany(c, record.Update, nil, nil) }

// upsertMany answers PATCH /composite/sobjects/{object}/{field}.
func (s *Server) upsertMany(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	by := keyField(c, o, c.args["field"])
	if by == nil {
		return nil, schema.Refuse("INVALID_FIELD", fmt.Sprintf("No external id or unique field '%s' on sobject of type %s", c.args["field"], o.Name), c.args["field"])
	}
	return s.saveMany(c, record.Upsert, o, by)
}

// saveMany changes the records of a collection. Those of upserts are all of one object.
func (s *Server) saveMany(c *call, op record.Op, only *schema.Object, by *schema.Field) (*answer, error) {
	var in collection
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	if len(in.Records) == 0 {
		return nil, schema.Refuse("MISSING_ARGUMENT", "The body has no records; send {\"records\": [...]}", "records")
	}
	if len(in.Records) > maxCollection {
		return nil, tooMany("records", maxCollection)
	}
	rows := make([]*rowOf, len(in.Records))
	for i, raw := range in.Records {
		rows[i] = &rowOf{}
		if err := rows[i].fail(s.readRow(c, rows[i], raw, op, only)); err != nil {
			return nil, err
		}
	}
	if err := s.applyRows(c, rows, record.Batch{Op: op, By: by, AllOrNone: in.AllOrNone}); err != nil {
		return nil, err
	}
	return answerRows(rows, op)
}

func tooMany(what string, most int) error {
	return schema.Refuse("LIMIT_EXCEEDED", fmt.Sprintf("At most %d %s may be sent in one request; use Bulk API 2.0 for more", most, what))
}

// readRow reads one record of a collection.
func (s *Server) readRow(c *call, r *rowOf, raw json.RawMessage, op record.Op, only *schema.Object) (err error) {
	if r.object, err = s.typeOf(c, raw, only); err != nil {
		return err
	}
	r.patch, err = s.patch(c, r.object, raw, op == record.Insert)
	return err
}

// typeOf reads which object a record is of.
func (s *Server) typeOf(c *call, raw json.RawMessage, only *schema.Object) (*schema.Object, error) {
	var rec struct {
		Attributes struct {
			Type string `json:"type"`
		} `json:"attributes"`
	}
	if err := json.Unmarshal(raw, &rec); err != nil {
		return nil, schema.Refuse("JSON_PARSER_ERROR", "Each record must be a JSON object with attributes.type")
	}
	name := rec.Attributes.Type
	switch {
	case only != nil && (name == "" || strings.EqualFold(name, only.Name)):
		return only, nil
	case only != nil:
		return nil, schema.Refuse("INVALID_TYPE", fmt.Sprintf("The record is of type %s; this request is for %s", name, only.Name))
	case name == "":
		return nil, schema.Refuse("INVALID_TYPE", "The record does not say its type; send \"attributes\": {\"type\": \"Account\"}")
	}
	if o := s.visible(c, name); o != nil {
		return o, nil
	}
	return nil, schema.Refuse("INVALID_TYPE", fmt.Sprintf("sObject type '%s' is not supported.", name))
}

// errUndone undoes a collection of which one record was refused.
var errUndone = errors.New("all records are undone because one was refused")

// applyRows changes records in one transaction, those of one object together. With AllOrNone one refusal undoes all.
func (s *Server) applyRows(c *call, rows []*rowOf, b record.Batch) error {
	err := s.write(c, func(tx *record.Tx) error {
		for _, r := range rows {
			r.result, r.tried = record.Result{}, false
		}
		if b.AllOrNone && slices.ContainsFunc(rows, func(r *rowOf) bool { return len(r.faults) > 0 }) {
			return errUndone
		}
		for _, run := range runs(rows) {
			if err := applyRun(tx, run, b); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errUndone) {
		undo(rows)
		return nil
	}
	return err
}

// runs cuts the rows that can be tried into stretches of one object.
func runs(rows []*rowOf) [][]*rowOf {
	var all [][]*rowOf
	for _, r := range rows {
		switch n := len(all); {
		case len(r.faults) > 0:
		case n > 0 && all[n-1][0].object == r.object:
			all[n-1] = append(all[n-1], r)
		default:
			all = append(all, []*rowOf{r})
		}
	}
	return all
}

func applyRun(tx *record.Tx, run []*rowOf, b record.Batch) error {
	b.Object = run[0].object
	b.Patches = make([]record.Patch, len(run))
	for i, r := range run {
		b.Patches[i] = r.patch
	}
	results, err := tx.Apply(b)
	if err != nil {
		return err
	}
	refused := false
	for i, r := range run {
		r.result, r.tried = results[i], true
		refused = refused || len(results[i].Faults) > 0
	}
	if refused && b.AllOrNone {
		return errUndone
	}
	return nil
}

// undo tells the rows that were not refused themselves that they were undone.
func undo(rows []*rowOf) {
	for _, r := range rows {
		if len(r.refused()) == 0 {
			r.result = record.Result{Faults: record.Faults{{Code: "ALL_OR_NONE_OPERATION_ROLLED_BACK",
				Message: "Record rolled back because not all records were valid and the request was using AllOrNone header"}}}
		}
	}
}

// answerRows tells what became of each record, in order.
func answerRows(rows []*rowOf, op record.Op) (*answer, error) {
	list := make([]saved, len(rows))
	for i, r := range rows {
		list[i] = r.saved(op)
	}
	return ok(list)
}

func (r *rowOf) saved(op record.Op) saved {
	faults := r.refused()
	out := saved{Success: len(faults) == 0, Errors: rowProblems(faults)}
	id := r.result.Id
	if id == "" && op != record.Insert {
		id = r.patch.Id
	}
	if id != "" && (out.Success || op != record.Insert) {
		out.Id = &id
	}
	if op == record.Upsert {
		created := r.result.Created || !out.Success && id == "" // what failed would have been created
		out.Created = &created
	}
	return out
}

// rowProblems words faults as the API does within a list of records.
func rowProblems(faults record.Faults) []rowProblem {
	list := make([]rowProblem, len(faults))
	for i, f := range faults {
		list[i] = rowProblem{f.Code, f.Message, append([]string{}, f.Fields...)}
	}
	return list
}

// deleteMany answers DELETE /composite/sobjects?ids&allOrNone.
func (s *Server) deleteMany(c *call) (*answer, error) {
	ids, err := splitIds(c.query.Get("ids"), maxCollection)
	if err != nil {
		return nil, err
	}
	rows := make([]*rowOf, len(ids))
	for i, text := range ids {
		r := &rowOf{}
		rows[i] = r
		id, err := schema.ParseId(text)
		if err != nil {
			r.faults = record.Faults{{Code: "MALFORMED_ID", Message: "bad id " + text}}
			continue
		}
		r.patch.Id = id
		if r.object = s.catalog(c).ById(id); r.object == nil || s.visible(c, r.object.Name) == nil {
			r.faults = record.Faults{{Code: "INVALID_CROSS_REFERENCE_KEY", Message: "invalid cross reference id"}}
		}
	}
	if err := s.applyRows(c, rows, record.Batch{Op: record.Delete, AllOrNone: c.query.Get("allOrNone") == "true"}); err != nil {
		return nil, err
	}
	return answerRows(rows, record.Delete)
}

func splitIds(list string, most int) ([]string, error) {
	ids := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
	switch {
	case len(ids) == 0:
		return nil, schema.Refuse("MISSING_ARGUMENT", "The parameter ids is missing; give ids separated by commas", "ids")
	case len(ids) > most:
		return nil, tooMany("ids", most)
	}
	return ids, nil
}

// retrieveMany answers GET /composite/sobjects/{object}?ids&fields.
func (s *Server) retrieveMany(c *call) (*answer, error) {
	ids, err := splitIds(c.query.Get("ids"), maxRetrieve)
	if err != nil {
		return nil, err
	}
	return s.retrieve(c, ids, c.query.Get("fields"))
}

// retrieveListed answers POST /composite/sobjects/{object}, which has the ids in its body because they are many.
func (s *Server) retrieveListed(c *call) (*answer, error) {
	var in struct {
		Ids    []string `json:"ids"`
		Fields []string `json:"fields"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	ids, err := splitIds(strings.Join(in.Ids, ","), maxRetrieve)
	if err != nil {
		return nil, err
	}
	return s.retrieve(c, ids, strings.Join(in.Fields, ","))
}

// retrieve answers with the records that have the ids, in their order; null for one that is not there.
func (s *Server) retrieve(c *call, ids []string, list string) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	if list == "" {
		return nil, schema.Refuse("MISSING_ARGUMENT", "fields is missing; say which fields to read", "fields")
	}
	names, err := c.asked(o, list)
	if err != nil {
		return nil, err
	}
	parsed := make([]schema.Id, len(ids))
	for i, text := range ids {
		if parsed[i], err = schema.ParseId(text); err != nil {
			return nil, schema.Refuse("MALFORMED_ID", "malformed id "+text, "ids")
		}
	}
	found, err := s.recordsById(c, o, names, parsed)
	if err != nil {
		return nil, err
	}
	out := make([]json.RawMessage, len(parsed))
	for i, id := range parsed {
		out[i] = found[id] // nil is written as null
	}
	return ok(out)
}

// recordsById reads the fields of records.
func (s *Server) recordsById(c *call, o *schema.Object, names []string, ids []schema.Id) (map[schema.Id]json.RawMessage, error) {
	found := map[schema.Id]json.RawMessage{}
	err := s.read(c, func(tx *store.Tx) error {
		a := s.ask(c, "SELECT "+strings.Join(names, ", ")+" FROM "+o.Name+" WHERE Id IN ("+quoteIds(slices.Compact(slices.Sorted(slices.Values(ids))))+")")
		page, err := s.answerQuery(c, tx, a)
		for err == nil {
			var recs []json.RawMessage
			if recs, err = recordsOf(page); err != nil {
				return err
			}
			for i, id := range page.Ids() {
				found[id] = recs[i]
			}
			if page.Done {
				return nil
			}
			page, err = s.nextPage(c.ctx, a, page)
		}
		return err
	})
	return found, err
}

func (s *Server) nextPage(ctx context.Context, a query.Ask, page *query.Page) (*query.Page, error) {
	return s.engine.More(ctx, a, page.Locator)
}

// decode reads the body, whose JSON has been inspected, into v.
func (c *call) decode(v any) error {
	if len(c.body) == 0 {
		return schema.Refuse("JSON_PARSER_ERROR", "The body is empty")
	}
	if err := json.Unmarshal(c.body, v); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return schema.Refuse("JSON_PARSER_ERROR", fmt.Sprintf("%s: a JSON %s can't stand here", wrong.Field, wrong.Value), wrong.Field)
		}
		return schema.Refuse("JSON_PARSER_ERROR", err.Error())
	}
	return nil
}

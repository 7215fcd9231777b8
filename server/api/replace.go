package api

import (
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// replaceBody says which value of a picklist becomes which.
type replaceBody struct {
	From  string    `json:"from"`
	To    string    `json:"to"`    // "" empties the field
	After schema.Id `json:"after"` // the next of the answer before; "" is from the start
}

// replaceAnswer says how many records of this portion were changed, and which could not be. Next is where the next
// portion begins; "" is the end.
type replaceAnswer struct {
	Changed int            `json:"changed"`
	Refused []replaceFault `json:"refused"`
	Next    schema.Id      `json:"next"`
}

type replaceFault struct {
	Id      schema.Id `json:"id"`
	Name    string    `json:"name"`
	Message string    `json:"message"`
}

// replacedAtOnce is how many records one request changes.
const replacedAtOnce = 200

// replaceChoice answers POST /tooling/picklists/{object}/{field}/replace. Records are changed as the house does it:
// whatever the caller may edit, but by every rule, and the audit log names the caller.
func (s *Server) replaceChoice(c *call) (*answer, error) {
	if err := c.mayCustomize(); err != nil {
		return nil, err
	}
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	f := o.Field(c.args["field"])
	if f == nil || f.Kind != schema.KindPicklist && f.Kind != schema.KindMultiPicklist || !f.Updateable() {
		return nil, schema.Refuse("INVALID_FIELD", fmt.Sprintf("%s has no picklist %s that people set", o.Label, c.args["field"]), "field")
	}
	var b replaceBody
	if err := c.decode(&b); err != nil {
		return nil, err
	}
	if err := b.check(f); err != nil {
		return nil, err
	}
	var a replaceAnswer
	err = s.write(c, func(tx *record.Tx) error {
		a = replaceAnswer{Refused: []replaceFault{}}
		return a.portion(tx, o, f, b)
	})
	if err != nil {
		return nil, err
	}
	return ok(a)
}

// check refuses a replacement that would leave records with what the picklist does not take.
func (b *replaceBody) check(f *schema.Field) error {
	to := f.Choice(b.To)
	switch {
	case b.From == "" || strings.Contains(b.From, ";"):
		return schema.Refuse("REQUIRED_FIELD_MISSING", "from: name the value that is to be replaced", "from")
	case strings.EqualFold(b.From, b.To):
		return schema.Refuse("INVALID_FIELD", "to: it is the same value", "to")
	case b.To == "" && f.Required:
		return schema.Refuse("REQUIRED_FIELD_MISSING", "to: "+f.Label+" can't be empty; choose another value", "to")
	case b.To != "" && (to == nil || to.Inactive):
		return schema.Refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", fmt.Sprintf("to: %s is no active value of %s", b.To, f.Label), "to")
	}
	return nil
}

// portion changes the next records that have the value.
func (a *replaceAnswer) portion(tx *record.Tx, o *schema.Object, f *schema.Field, b replaceBody) error {
	condition := f.Name + " = ?"
	if f.Kind == schema.KindMultiPicklist {
		condition = f.Name + " INCLUDES (?)"
	}
	args := []any{b.From}
	if b.After != "" {
		condition, args = condition+" AND Id > ?", append(args, b.After)
	}
	recs, err := record.FindAny(tx, o, fmt.Sprintf("%s ORDER BY Id LIMIT %d", condition, replacedAtOnce), args...)
	if err != nil || len(recs) == 0 {
		return err
	}
	if len(recs) == replacedAtOnce {
		a.Next = schema.StandardOf(recs[len(recs)-1]).Id
	}
	for _, rec := range recs {
		f.Set(rec, replaced(f, f.Text(rec), b))
	}
	err = tx.Try(func() error { return tx.Save(recs...) })
	if _, refused := record.FaultsOf(err); err != nil && refused {
		return a.oneByOne(tx, o, recs)
	}
	a.Changed = len(recs)
	return err
}

// oneByOne saves records of which at least one is refused.
func (a *replaceAnswer) oneByOne(tx *record.Tx, o *schema.Object, recs []any) error {
	for _, rec := range recs {
		err := tx.Try(func() error { return tx.Save(rec) })
		faults, refused := record.FaultsOf(err)
		if err != nil && !refused {
			return err
		}
		if err == nil {
			a.Changed++
			continue
		}
		id := schema.StandardOf(rec).Id
		name := string(id)
		if n := o.NameField(); n != nil && !n.Null(rec) {
			name = n.Text(rec)
		}
		a.Refused = append(a.Refused, replaceFault{id, name, faults.Error()})
	}
	return nil
}

// replaced returns the value with one choice in another's place; of several choices each stays once.
func replaced(f *schema.Field, value string, b replaceBody) string {
	if f.Kind == schema.KindPicklist {
		return b.To
	}
	var kept []string
	for v := range strings.SplitSeq(value, ";") {
		if strings.EqualFold(v, b.From) {
			v = b.To
		}
		if v != "" && !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return strings.Join(kept, ";")
}

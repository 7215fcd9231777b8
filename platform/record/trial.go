package record

import (
	"errors"
	"fmt"

	"truckroll/platform/access"
	"truckroll/platform/formula"
	"truckroll/platform/schema"
)

// ReadFormula reads a formula about records of o that must give one of the wanted types. What is wrong with it is a
// *[formula.Error].
func ReadFormula(c *schema.Catalog, o *schema.Object, text string, options formula.Options, wanted ...formula.Type) (*formula.Formula, error) {
	return formula.Parse(text, names{c, o}, options, wanted...)
}

// Reads lists the fields that a formula of [ReadFormula] reads, the references on the way to them included.
func Reads(f *formula.Formula) []*schema.Field {
	var all []*schema.Field
	for _, read := range f.Fields {
		r := read.Key.(route)
		all = append(append(all, r.steps...), r.field)
	}
	return all
}

// Trial is a formula that is tried before anything depends on it.
type Trial struct {
	Object  *schema.Object
	Formula *formula.Formula
	Id      schema.Id     // of the record that it is tried on; "" is a new one, with its default values
	Values  []Value       // what is changed in it, as if it were about to be saved
	Viewer  access.Viewer // whose $User and time zone count
}

// Outcome is what came of a trial.
type Outcome struct {
	Value formula.Value
	Steps []formula.Step
}

// Run computes the formula. Nothing is saved, and no rule runs. That the viewer may see the record is for the caller to
// judge.
func (t Trial) Run(r Reader) (Outcome, error) {
	s := *r.reader() // a copy, with a user of its own
	s.user, s.zone = t.Viewer.User(), t.Viewer.Location()
	p := s.plans[t.Object]
	if p == nil {
		return Outcome{}, noSuchObject(t.Object.Name)
	}
	old, rec := p.empty, p.object.New()
	if t.Id != "" {
		c, err := s.fetch(p, t.Id)
		if err != nil {
			return Outcome{}, err
		}
		if c == nil {
			return Outcome{}, fmt.Errorf("%w: %s", ErrNotFound, t.Id)
		}
		old, rec = c.rec, schema.Copy(c.rec)
	} else if err := s.fillNew(p, rec); err != nil {
		return Outcome{}, err
	}
	for _, v := range t.Values {
		v.Field.Set(rec, v.Value)
	}
	j := &judged{session: &s, plan: p, rec: rec, old: old, insert: t.Id == ""}
	v, steps := t.Formula.Trace(j, s.zoned())
	return Outcome{v, steps}, j.err
}

// fillNew gives a new record the default values of its fields. One that can't be computed stays empty.
func (s *session) fillNew(p *plan, rec any) error {
	for _, f := range p.defaults {
		v, err := s.defaultOf(p, f, rec)
		var failed *Fault
		if err != nil && !errors.As(err, &failed) {
			return err
		}
		if err == nil {
			f.Set(rec, v)
		}
	}
	return nil
}

// ReadValue reads the API's form of a value of f, whoever may write it.
func ReadValue(f *schema.Field, v any) (any, error) {
	x, err := f.Parse(v)
	if err != nil {
		return nil, wrongKind(f, v, err)
	}
	return x, nil
}

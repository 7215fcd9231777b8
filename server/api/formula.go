package api

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"truckroll/platform/access"
	"truckroll/platform/formula"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// trialBody asks to try a formula on a record without saving anything.
type trialBody struct {
	Object   string         `json:"object"`
	Formula  string         `json:"formula"`
	Use      string         `json:"use"`  // validation, field, default
	Type     org.FieldType  `json:"type"` // of the field, unless use is validation
	BlanksAs string         `json:"formulaTreatBlanksAs"`
	Record   string         `json:"record"` // "" is a new one
	Values   map[string]any `json:"values"` // what is changed in the record
}

// trialAnswer says what is wrong with a formula, or what came of it.
type trialAnswer struct {
	Valid  bool          `json:"valid"`
	Error  *trialError   `json:"error"`
	Type   string        `json:"type,omitempty"`
	Result any           `json:"result"`
	Blank  bool          `json:"blank"`
	Fields []trialField  `json:"fields"`
	Steps  []trialStep   `json:"steps"`
	Record *trialSubject `json:"record"`
}

// trialError is a mistake in a formula. Row and column count characters from 1, offset from 0.
type trialError struct {
	Message string `json:"message"`
	Row     int    `json:"row"`
	Column  int    `json:"column"`
	Offset  int    `json:"offset"`
}

// trialField is something that the formula reads.
type trialField struct {
	Path string `json:"path"`
	Type string `json:"type"`
	Own  bool   `json:"own"` // a field of the record itself, which the asker may give another value
}

// trialStep is a part of the formula and what it came to; depth says how many other parts it is within.
type trialStep struct {
	Text     string `json:"text"`
	Depth    int    `json:"depth"`
	Type     string `json:"type"`
	Value    string `json:"value"`
	Blank    bool   `json:"blank"`
	Computed bool   `json:"computed"`
}

type trialSubject struct {
	Id   schema.Id `json:"id"`
	Name string    `json:"name"`
}

// formulaTypes are what a formula must give to be the value of a field of a type. Others take text.
var formulaTypes = map[org.FieldType]formula.Type{org.FieldCheckbox: formula.TypeBoolean, org.FieldCurrency: formula.TypeNumber, org.FieldNumber: formula.TypeNumber,
	org.FieldPercent: formula.TypeNumber, org.FieldDate: formula.TypeDate, org.FieldDateTime: formula.TypeDateTime, org.FieldTime: formula.TypeTime}

// wanted returns how a formula of a use is read and what it must give.
func (b *trialBody) wanted() (formula.Options, formula.Type, error) {
	switch b.Use {
	case "", "validation":
		return formula.Options{BlankAsZero: true}, formula.TypeBoolean, nil
	case "field", "default":
		t, ok := formulaTypes[b.Type]
		if !ok {
			t = formula.TypeText
		}
		return formula.Options{BlankAsZero: b.Use == "default" || b.BlanksAs != "BlankAsBlank"}, t, nil
	}
	return formula.Options{}, 0, schema.Refuse("INVALID_FIELD", "use: "+b.Use+" is none of validation, field and default", "use")
}

// tryFormula answers POST /tooling/formulas/try.
func (s *Server) tryFormula(c *call) (*answer, error) {
	if err := c.mayCustomize(); err != nil {
		return nil, err
	}
	var b trialBody
	if err := c.decode(&b); err != nil {
		return nil, err
	}
	o := s.visible(c, b.Object)
	if o == nil {
		return nil, schema.Refuse("INVALID_TYPE", fmt.Sprintf("object: there is no object named %q", b.Object), "object")
	}
	options, wanted, err := b.wanted()
	if err != nil {
		return nil, err
	}
	f, err := record.ReadFormula(s.catalog(c), o, b.Formula, options, wanted)
	if wrong := (*formula.Error)(nil); errors.As(err, &wrong) {
		return ok(trialAnswer{Error: &trialError{wrong.Message, wrong.Row, wrong.Column, utf8.RuneCountInString(b.Formula[:wrong.Offset])}, Fields: []trialField{}, Steps: []trialStep{}})
	}
	if err != nil {
		return nil, err
	}
	return s.runTrial(c, o, f, &b)
}

// runTrial computes a formula that could be read, on a record that the asker may see and of which they may read what
// the formula reads.
func (s *Server) runTrial(c *call, o *schema.Object, f *formula.Formula, b *trialBody) (*answer, error) {
	for _, read := range record.Reads(f) {
		if of := s.catalog(c).Object(read.Object); of == nil || !c.viewer.Reads(of, read) {
			return nil, schema.Refuse("INSUFFICIENT_ACCESS", fmt.Sprintf("You may not read %s of %s, so the formula can't be tried on a record", read.Name, read.Object), "formula")
		}
	}
	trial := record.Trial{Object: o, Formula: f, Viewer: c.viewer}
	a := trialAnswer{Valid: true, Type: f.Type.String(), Fields: trialFields(f)}
	err := s.keeper.View(c.ctx, func(v *record.View) (err error) {
		if trial.Values, err = trialValues(c.viewer, o, b.Values); err != nil {
			return err
		}
		if b.Record != "" {
			if trial.Id, a.Record, err = trialRecord(v, c.viewer, o, b.Record); err != nil {
				return err
			}
		}
		out, err := trial.Run(v)
		a.Result, a.Blank, a.Steps = out.Value.String(), out.Value.IsBlank(), trialSteps(out.Steps)
		return err
	})
	if err != nil {
		return nil, err
	}
	if f.Type == formula.TypeBoolean {
		a.Result = a.Result == "true"
	}
	return ok(a)
}

// trialRecord finds the record that a formula is tried on.
func trialRecord(v *record.View, who access.Viewer, o *schema.Object, text string) (schema.Id, *trialSubject, error) {
	id, err := schema.ParseId(text)
	if err != nil || id.Prefix() != o.Prefix {
		return "", nil, schema.Refuse("MALFORMED_ID", fmt.Sprintf("record: %q is not the id of a record of %s", text, o.Label), "record")
	}
	if seen, err := record.Sees(v, who, id); err != nil || !seen {
		if err == nil {
			err = noRecord(text)
		}
		return "", nil, err
	}
	rec, err := record.GetAny(v, id)
	if err != nil {
		return "", nil, err
	}
	subject := &trialSubject{Id: id, Name: string(id)}
	if name := o.NameField(); name != nil && who.Reads(o, name) && !name.Null(rec) {
		subject.Name = name.Text(rec)
	}
	return id, subject, nil
}

// trialValues reads the values that are typed in for a trial.
func trialValues(who access.Viewer, o *schema.Object, values map[string]any) ([]record.Value, error) {
	var all []record.Value
	for _, name := range slices.Sorted(maps.Keys(values)) {
		f := o.Field(name)
		if f == nil || !f.Stored() || !who.Reads(o, f) {
			return nil, schema.Refuse("INVALID_FIELD", fmt.Sprintf("values: %s has no field %s that a value can be typed in for", o.Label, name), name)
		}
		v, err := record.ReadValue(f, values[name])
		if err != nil {
			return nil, err
		}
		all = append(all, record.Value{Field: f, Value: v})
	}
	return all, nil
}

func trialFields(f *formula.Formula) []trialField {
	list := []trialField{}
	for _, read := range f.Fields {
		list = append(list, trialField{read.Path, read.Type.String(), !strings.Contains(read.Path, ".")})
	}
	return list
}

func trialSteps(steps []formula.Step) []trialStep {
	list := []trialStep{}
	for _, s := range steps {
		step := trialStep{Text: s.Text, Depth: s.Depth, Type: s.Value.Type.String(), Computed: s.Computed}
		if s.Computed {
			step.Value, step.Blank = s.Value.String(), s.Value.IsBlank()
		}
		list = append(list, step)
	}
	return list
}

// readFunctions answers GET /tooling/formulas/functions.
func (s *Server) readFunctions(*call) (*answer, error) {
	type function struct {
		Name      string `json:"name"`
		Signature string `json:"signature"`
		Help      string `json:"help"`
	}
	list := []function{}
	for _, f := range formula.Functions {
		list = append(list, function{f.Name, f.Signature, f.Help})
	}
	return ok(map[string]any{"functions": list})
}

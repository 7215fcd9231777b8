package action

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/record"
)

// Action is a command or a question that is asked for by name. The zero Action is none.
type Action struct {
	Name  string // as it is asked for: createReport
	Label string // for people
	Help  string // what it does, in a sentence; "" is the label
	Needs string // the system permission that a viewer must have; "" is none

	in, out reflect.Type
	do      func(*record.Tx, reflect.Value) (any, error)
	ask     func(*record.View, access.Viewer, reflect.Value) (any, error)
}

// Do returns a command. I and O are structs; the names of their fields, with a small first letter, are those of the
// body and of the answer. f runs in a transaction whose viewer is the caller, and checks what the caller may do where
// it saves by itself.
func Do[I, O any](name, label string, f func(*record.Tx, I) (O, error)) Action {
	return Action{Name: name, Label: label, in: reflect.TypeFor[I](), out: reflect.TypeFor[O](), do: func(tx *record.Tx, in reflect.Value) (any, error) {
		return f(tx, in.Interface().(I))
	}}
}

// Ask returns a question. f reads one moment of the database as the house sees it; what it tells the caller is for it
// to judge.
func Ask[I, O any](name, label string, f func(*record.View, access.Viewer, I) (O, error)) Action {
	return Action{Name: name, Label: label, in: reflect.TypeFor[I](), out: reflect.TypeFor[O](), ask: func(v *record.View, who access.Viewer, in reflect.Value) (any, error) {
		return f(v, who, in.Interface().(I))
	}}
}

// With returns a with a text of help and the system permission that it needs.
func (a Action) With(help, needs string) Action {
	a.Help, a.Needs = help, needs
	return a
}

// Changes reports whether a is a command, which may change records.
func (a Action) Changes() bool { return a.do != nil }

// List is every action of the house.
type List []Action

// NewList returns a list of actions. A name that comes twice, and an input or output that can't be described, is an
// error for main or a test to die of.
func NewList(actions ...Action) (List, error) {
	var errs []error
	seen := map[string]bool{}
	for _, a := range actions {
		key := strings.ToLower(a.Name)
		if a.Name == "" || seen[key] {
			errs = append(errs, fmt.Errorf("action %q: the name is missing or taken", a.Name))
		}
		seen[key] = true
		for _, t := range []reflect.Type{a.in, a.out} {
			if err := describable(t, nil); err != nil {
				errs = append(errs, fmt.Errorf("action %s: %w", a.Name, err))
			}
		}
	}
	return actions, errors.Join(errs...)
}

// Find returns the named action as far as v may ask for it. Names are matched without case.
func (l List) Find(name string, v access.Viewer) (Action, bool) {
	for _, a := range l {
		if strings.EqualFold(a.Name, name) && a.Open(v) {
			return a, true
		}
	}
	return Action{}, false
}

// Open reports whether v may ask for a.
func (a Action) Open(v access.Viewer) bool { return a.Needs == "" || v.May(a.Needs) }

// Result is the answer to one input, in the order of the inputs.
type Result struct {
	Output any           // of the action's output type; nil when it failed
	Faults record.Faults // why it was refused; none is success
}

// Run asks for a once for each input, in one transaction: each input fails or succeeds alone. The inputs are JSON
// objects. On behalf of whom is in why.
func (a Action) Run(ctx context.Context, k *record.Keeper, why record.Cause, inputs []json.RawMessage) (results []Result, err error) {
	if a.ask != nil {
		err = k.View(ctx, func(v *record.View) error {
			results, err = a.each(inputs, func(in reflect.Value) (any, error) { return a.ask(v, viewerOf(why), in) })
			return err
		})
		return results, err
	}
	err = k.Do(ctx, why, func(tx *record.Tx) error {
		results, err = a.RunIn(tx, inputs)
		return err
	})
	return results, err
}

// RunIn is [Action.Run] as part of a transaction.
func (a Action) RunIn(tx *record.Tx, inputs []json.RawMessage) ([]Result, error) {
	if a.do == nil {
		return nil, fmt.Errorf("action %s is a question and runs in a view", a.Name)
	}
	return a.each(inputs, func(in reflect.Value) (out any, err error) {
		err = tx.Try(func() (err error) {
			out, err = a.do(tx, in)
			return err
		})
		return out, err
	})
}

func viewerOf(why record.Cause) access.Viewer {
	if why.Viewer == nil {
		return access.Everything{}
	}
	return why.Viewer
}

// each reads the inputs and runs f for each that can be read. A refusal is a result; another error ends it.
func (a Action) each(inputs []json.RawMessage, f func(reflect.Value) (any, error)) ([]Result, error) {
	results := make([]Result, len(inputs))
	for i, raw := range inputs {
		in := reflect.New(a.in).Elem()
		out, err := any(nil), read(raw, in)
		if err == nil {
			out, err = f(in)
		}
		if err == nil {
			results[i].Output = out
			continue
		}
		faults, refused := record.FaultsOf(err)
		if !refused {
			return nil, fmt.Errorf("action %s: %w", a.Name, err)
		}
		results[i].Faults = faults
	}
	return results, nil
}

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
	do      func(tx *record.Tx, in reflect.Value, ready any) (any, error)
	ahead   func(*record.View, access.Viewer, reflect.Value) (ready any, err error) // nil is nothing
	ask     func(*record.View, access.Viewer, reflect.Value) (any, error)
}

// Do returns a command. I and O are structs; the names of their fields, with a small first letter, are those of the
// body and of the answer. f runs in a transaction whose viewer is the caller, and checks what the caller may do where
// it saves by itself.
func Do[I, O any](name, label string, f func(*record.Tx, I) (O, error)) Action {
	return Action{Name: name, Label: label, in: reflect.TypeFor[I](), out: reflect.TypeFor[O](), do: func(tx *record.Tx, in reflect.Value, _ any) (any, error) {
		return f(tx, in.Interface().(I))
	}}
}

// DoAhead is [Do] for a command that has slow work which needs no transaction, such as reading pictures. ahead does it
// over one moment of the database before the transaction begins, so that nobody waits for it, and f is handed what it
// made. That is a saving and no more: f must do without it, because as part of a larger transaction, and where ahead
// refuses, it is handed the zero value.
func DoAhead[I, A, O any](name, label string, ahead func(*record.View, access.Viewer, I) (A, error), f func(*record.Tx, I, A) (O, error)) Action {
	a := Action{Name: name, Label: label, in: reflect.TypeFor[I](), out: reflect.TypeFor[O]()}
	a.ahead = func(v *record.View, who access.Viewer, in reflect.Value) (any, error) {
		return ahead(v, who, in.Interface().(I))
	}
	a.do = func(tx *record.Tx, in reflect.Value, ready any) (any, error) {
		made, _ := ready.(A)
		return f(tx, in.Interface().(I), made)
	}
	return a
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
			results, err = a.each(inputs, func(_ int, in reflect.Value) (any, error) { return a.ask(v, viewerOf(why), in) })
			return err
		})
		return results, err
	}
	ready, err := a.prepare(ctx, k, why, inputs)
	if err != nil {
		return nil, err
	}
	err = k.Do(ctx, why, func(tx *record.Tx) error {
		results, err = a.runIn(tx, inputs, ready)
		return err
	})
	return results, err
}

// prepare does what can be done for each input before the transaction. What is refused there is refused again in it.
func (a Action) prepare(ctx context.Context, k *record.Keeper, why record.Cause, inputs []json.RawMessage) ([]any, error) {
	ready := make([]any, len(inputs))
	if a.ahead == nil {
		return ready, nil
	}
	err := k.View(ctx, func(v *record.View) error {
		_, err := a.each(inputs, func(i int, in reflect.Value) (any, error) {
			made, err := a.ahead(v, viewerOf(why), in)
			if err == nil {
				ready[i] = made
			}
			return nil, err
		})
		return err
	})
	return ready, err
}

// RunIn is [Action.Run] as part of a transaction.
func (a Action) RunIn(tx *record.Tx, inputs []json.RawMessage) ([]Result, error) {
	return a.runIn(tx, inputs, make([]any, len(inputs)))
}

func (a Action) runIn(tx *record.Tx, inputs []json.RawMessage, ready []any) ([]Result, error) {
	if a.do == nil {
		return nil, fmt.Errorf("action %s is a question and runs in a view", a.Name)
	}
	return a.each(inputs, func(i int, in reflect.Value) (out any, err error) {
		err = tx.Try(func() (err error) {
			out, err = a.do(tx, in, ready[i])
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
func (a Action) each(inputs []json.RawMessage, f func(int, reflect.Value) (any, error)) ([]Result, error) {
	results := make([]Result, len(inputs))
	for i, raw := range inputs {
		in := reflect.New(a.in).Elem()
		out, err := any(nil), read(raw, in)
		if err == nil {
			out, err = f(i, in)
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

// Package format reads routing problems from files in the forms that others publish, and writes plans in the same
// family: it tells the forms apart and hands the text to the one that reads it.
//
// It does not know how a problem is solved, and keeps nothing between files.
package format

import (
	"fmt"
	"io"
	"strings"

	"truckroll/optimize/format/hhcrsp"
	"truckroll/optimize/format/solomon"
	"truckroll/optimize/format/trsp"
	"truckroll/optimize/format/verolog"
	"truckroll/optimize/format/vroom"
	"truckroll/optimize/route"
)

// Instance is a problem read from a file, together with what its form needs to write a plan.
type Instance interface {
	// Problem is what the solver works on.
	Problem() *route.Problem
	// Cost is a plan's cost as the form counts it, in its unit.
	Cost(*route.Solution) float64
	// Write puts a plan out in the form's family.
	Write(io.Writer, *route.Solution) error
}

// Options are what a file does not say.
type Options struct {
	FleetFirst bool          // Solomon's form: minimise vehicles before distance, in double precision
	Measure    vroom.Measure // travel between the coordinates of VROOM's form; nil estimates
}

// form is one way to write a problem.
type form struct {
	name string
	is   func(data []byte) bool
	read func(data []byte, o Options) (Instance, error)
}

// forms in the order in which a text is tried against them.
var forms = []form{
	{"vroom", vroom.Is, func(data []byte, o Options) (Instance, error) { return instance(vroom.Read(data, o.Measure)) }},
	{"solomon", solomon.Is, func(data []byte, o Options) (Instance, error) {
		if o.FleetFirst {
			return instance(solomon.Read(data, solomon.Sintef))
		}
		return instance(solomon.Read(data, solomon.Dimacs))
	}},
	{"verolog2019", verolog.Is, func(data []byte, _ Options) (Instance, error) { return instance(verolog.Read(data)) }},
	{"hhcrsp", hhcrsp.Is, func(data []byte, _ Options) (Instance, error) { return instance(hhcrsp.Read(data)) }},
	{"trsp", isTRSP, func(data []byte, _ Options) (Instance, error) {
		if trsp.IsKovacs(data) {
			return instance(trsp.ReadKovacs(data))
		}
		return instance(trsp.ReadPillac(data))
	}},
}

func isTRSP(data []byte) bool { return trsp.IsPillac(data) || trsp.IsKovacs(data) }

// instance keeps a nil pointer from becoming an Instance that is not nil.
func instance[T Instance](in T, err error) (Instance, error) {
	if err != nil {
		return nil, err
	}
	return in, nil
}

// Names lists the forms.
func Names() []string {
	names := make([]string, len(forms))
	for i, f := range forms {
		names[i] = f.name
	}
	return names
}

// Read reads a text in the named form; with no name it looks for one that fits.
func Read(data []byte, name string, o Options) (Instance, error) {
	for _, f := range forms {
		if f.name == name || name == "" && f.is(data) {
			return f.read(data, o)
		}
	}
	if name == "" {
		return nil, fmt.Errorf("this looks like none of the known forms; name it: %s", strings.Join(Names(), ", "))
	}
	return nil, fmt.Errorf("format %q is unknown; expected one of %s", name, strings.Join(Names(), ", "))
}

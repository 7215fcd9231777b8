package formula

import "time"

// Step is a part of a formula, and what came of it.
type Step struct {
	Text     string // as written
	At, End  int    // the bytes of the formula that it is
	Depth    int    // within how many other parts
	Value    Value
	Computed bool // false where the result did not depend on it: the other branch of IF, what follows a false part of AND
}

// Trace is [Formula.Eval] that also tells what each part of the formula came to, each before the parts that it is made
// of. Values that stand in the formula as they are, such as 10 or "high", are left out.
func (f *Formula) Trace(r Record, now time.Time) (Value, []Step) {
	e := evaluation{record: r, now: now, zeros: f.options.BlankAsZero, seen: map[*node]Value{}}
	v := e.eval(f.root)
	v.Type = f.Type
	return v, f.steps(nil, f.root, 0, e.seen)
}

func (f *Formula) steps(list []Step, n *node, depth int, seen map[*node]Value) []Step {
	if n.form == formLiteral {
		return list
	}
	if n.to > n.from {
		v, computed := seen[n]
		if computed {
			v.Type = n.typ
		}
		list = append(list, Step{Text: f.source[n.from:n.to], At: n.from, End: n.to, Depth: depth, Value: v, Computed: computed})
		depth++
	}
	for _, a := range n.args {
		list = f.steps(list, a, depth, seen)
	}
	return list
}

package formula

import "strings"

// Function is an entry of the language's list of functions, as the formula editor shows it.
type Function struct {
	Name      string
	Signature string // LEFT(text, count)
	Help      string // one sentence
	overloads []overload
	form      form // instead of overloads, for those that do not take values of fixed types
}

// overload is one way to call a function: with which types, what comes of it, and how it is computed in memory and
// in SQL. Strict: every argument is computed first.
//
// The SQL is a template with {0}, {1} … for the arguments and {*} for all of them with commas between. It never
// raises an error: where the function has no result, it is NULL.
type overload struct {
	takes    []Type
	variadic bool    // the last type may repeat
	defaults []Value // for arguments left out at the end
	gives    Type
	eval     func(a []Value) Value

	key  string // the function's name in SQLite
	lite string // SQL of SQLite; empty: a call of the function key, which is eval itself
	pg   string // SQL of PostgreSQL; empty: the function is computed in memory only
}

// Functions lists the language's functions by theme. Operators are listed apart.
var Functions = concat(logicFunctions, textFunctions, numberFunctions, dateFunctions, otherFunctions)

func concat(lists ...[]Function) []Function {
	var all []Function
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// callable finds functions and operators by the name they have in a syntax tree.
var callable = byName(Functions, operators)

func byName(lists ...[]Function) map[string]*Function {
	all := map[string]*Function{}
	for _, l := range lists {
		for i := range l {
			all[l[i].Name] = &l[i]
		}
	}
	return all
}

// operator reports whether a function is written between or before its arguments. What a formula as a whole must give
// has no name and is none.
func (f *Function) operator() bool {
	return f.Name == "NEGATE" || f.Name != "" && !isLetter(f.Name[0])
}

// fill writes arguments into a template.
func fill(template string, args []string) string {
	var b strings.Builder
	for i := 0; i < len(template); i++ {
		c := template[i]
		if c != '{' || i+2 >= len(template) || template[i+2] != '}' {
			b.WriteByte(c)
			continue
		}
		switch n := template[i+1]; {
		case n == '*':
			b.WriteString(strings.Join(args, ", "))
		case isDigit(n) && int(n-'0') < len(args):
			b.WriteString(args[n-'0'])
		default:
			b.WriteByte(c)
			continue
		}
		i += 2
	}
	return b.String()
}

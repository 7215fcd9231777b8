package formula

import (
	"database/sql/driver"
	"fmt"
	"math/big"
)

// Scalar is a function that SQLite needs for formulas. It is deterministic, and has no side effect.
type Scalar struct {
	Name string
	Args int // -1: any number
	Call func(args []driver.Value) (driver.Value, error)
}

// Scalars lists the functions to register with SQLite before a connection is opened. Each is the same function that
// Eval uses, so that the results cannot differ.
func Scalars() []Scalar {
	all := []Scalar{
		{Name: "formula_scaled", Args: 2, Call: scaledScalar},
		{Name: "formula_units", Args: 2, Call: unitsScalar},
	}
	for _, list := range [][]Function{Functions, operators} {
		for _, f := range list {
			for _, o := range f.overloads {
				if o.key != "" && o.lite == "" && (o.pg != "" || f.form == formPower) && !has(all, "formula_"+o.key) {
					all = append(all, o.scalar())
				}
			}
		}
	}
	return all
}

func has(all []Scalar, name string) bool {
	for _, s := range all {
		if s.Name == name {
			return true
		}
	}
	return false
}

// scalar makes an overload a function of SQLite.
func (o overload) scalar() Scalar {
	args := len(o.takes)
	if o.variadic {
		args = -1
	}
	return Scalar{Name: "formula_" + o.key, Args: args, Call: func(given []driver.Value) (driver.Value, error) {
		values := make([]Value, len(given))
		for i, g := range given {
			v, err := fromSQLite(o.takes[min(i, len(o.takes)-1)], g)
			if err != nil {
				return nil, fmt.Errorf("formula_%s: %w", o.key, err)
			}
			values[i] = v
		}
		return toSQLite(o.eval(values)), nil
	}}
}

// scaledScalar makes a stored integer of 10^-scale a number.
func scaledScalar(args []driver.Value) (driver.Value, error) {
	units, ok := args[0].(int64)
	scale, isInt := args[1].(int64)
	switch {
	case args[0] == nil:
		return nil, nil
	case !ok || !isInt || scale < 0 || scale > Places:
		return nil, fmt.Errorf("formula_scaled: %T, %v", args[0], args[1])
	}
	return toSQLite(Number(units, int(scale))), nil
}

// unitsScalar makes a number an integer of 10^-scale.
func unitsScalar(args []driver.Value) (driver.Value, error) {
	v, err := fromSQLite(TypeNumber, args[0])
	scale, isInt := args[1].(int64)
	switch {
	case err != nil:
		return nil, fmt.Errorf("formula_units: %w", err)
	case !isInt || scale < 0 || scale > Places:
		return nil, fmt.Errorf("formula_units: scale %v", args[1])
	}
	if units, ok := v.Units(int(scale)); ok {
		return units, nil
	}
	return nil, nil
}

// fromSQLite reads an argument.
func fromSQLite(t Type, x driver.Value) (Value, error) {
	v := Blank(t)
	switch x := x.(type) {
	case nil:
		return v, nil
	case int64:
		if t == TypeNumber {
			return Number(x, 0), nil
		}
		if !t.textual() {
			v.n, v.set = x, true
			return v, nil
		}
	case string:
		if t.textual() {
			v.text = x
			return v, nil
		}
		if t == TypeNumber {
			return readExact(x)
		}
	}
	return v, fmt.Errorf("a %s is given as %T", t, x)
}

// readExact reads what toSQLite wrote, which may have more digits than a person may write.
func readExact(s string) (Value, error) {
	if n, ok := parseNumber(s); ok {
		return ofNumber(n), nil
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return Value{}, fmt.Errorf("%q is not a number", s)
	}
	r.Mul(r, new(big.Rat).SetInt(one))
	if !r.IsInt() {
		return Value{}, fmt.Errorf("%q has more than %d digits after the point", s, Places)
	}
	return ofNumber(new(big.Int).Set(r.Num())), nil
}

// toSQLite gives a result.
func toSQLite(v Value) driver.Value {
	switch {
	case v.Type.textual():
		return v.text
	case v.Type == TypeBoolean:
		return v.n
	case v.Type == TypeNumber:
		return numberToSQLite(v.num)
	case !v.set:
		return nil
	}
	return v.n
}

// numberToSQLite is an INTEGER when the number is whole and fits, otherwise TEXT.
func numberToSQLite(x number) driver.Value {
	if x == nil {
		return nil
	}
	if q, r := new(big.Int).QuoRem(x, one, new(big.Int)); r.Sign() == 0 && q.IsInt64() {
		return q.Int64()
	}
	return formatNumber(x)
}

package store

import (
	"database/sql/driver"
	"fmt"
	"sync"
	"time"

	modernc "modernc.org/sqlite"
)

// Function is a deterministic function of SQL without side effects.
type Function struct {
	Name string
	Args int // -1: any number
	Call func(args []driver.Value) (driver.Value, error)
}

// registerFunctions gives SQLite what it lacks: folding of case beyond ASCII, time zones, and what others add.
func registerFunctions(d *modernc.Driver, more []Function) error {
	for _, f := range more {
		call := func(_ *modernc.FunctionContext, args []driver.Value) (driver.Value, error) { return f.Call(args) }
		if err := d.RegisterDeterministicScalarFunction(f.Name, int32(f.Args), call); err != nil {
			return fmt.Errorf("function %s: %w", f.Name, err)
		}
	}
	if err := d.RegisterCollationUtf8("FOLD", compareFolded); err != nil {
		return err
	}
	z := &zones{known: map[string]*time.Location{}}
	for _, f := range []struct {
		name string
		args int32
		call func([]driver.Value) (driver.Value, error)
	}{
		{"fold", 1, foldValue},
		{"local_day", 2, z.day},
		{"local_hour", 2, z.hour},
		{"day_part", 2, partOfDay},
	} {
		call := func(_ *modernc.FunctionContext, args []driver.Value) (driver.Value, error) {
			for _, a := range args {
				if a == nil {
					return nil, nil
				}
			}
			return f.call(args)
		}
		if err := d.RegisterDeterministicScalarFunction(f.name, f.args, call); err != nil {
			return err
		}
	}
	return nil
}

func foldValue(args []driver.Value) (driver.Value, error) {
	if s, ok := args[0].(string); ok {
		return Fold(s), nil
	}
	return args[0], nil
}

// zones remembers loaded time zones; loading one reads a file.
type zones struct {
	mu    sync.RWMutex
	known map[string]*time.Location
}

func (z *zones) at(args []driver.Value) (time.Time, error) {
	ms, ok := args[0].(int64)
	name, named := args[1].(string)
	if !ok || !named {
		return time.Time{}, fmt.Errorf("local time of a %T in a %T", args[0], args[1])
	}
	z.mu.RLock()
	loc := z.known[name]
	z.mu.RUnlock()
	if loc == nil {
		var err error
		if loc, err = time.LoadLocation(name); err != nil {
			return time.Time{}, err
		}
		z.mu.Lock()
		z.known[name] = loc
		z.mu.Unlock()
	}
	return time.UnixMilli(ms).In(loc), nil
}

func (z *zones) day(args []driver.Value) (driver.Value, error) {
	t, err := z.at(args)
	if err != nil {
		return nil, err
	}
	_, offset := t.Zone()
	return floorDiv(t.Unix()+int64(offset), 86400), nil
}

func (z *zones) hour(args []driver.Value) (driver.Value, error) {
	t, err := z.at(args)
	return int64(t.Hour()), err
}

func floorDiv(a, b int64) int64 {
	if a%b < 0 {
		return a/b - 1
	}
	return a / b
}

func partOfDay(args []driver.Value) (driver.Value, error) {
	name, named := args[0].(string)
	day, ok := args[1].(int64)
	if !named || !ok {
		return nil, fmt.Errorf("part %T of day %T", args[0], args[1])
	}
	t := time.Unix(day*86400, 0).UTC()
	switch Part(name) {
	case Year:
		return int64(t.Year()), nil
	case Month:
		return int64(t.Month()), nil
	case DayInMonth:
		return int64(t.Day()), nil
	case DayInYear:
		return int64(t.YearDay()), nil
	case DayInWeek:
		return int64(t.Weekday()) + 1, nil
	}
	return nil, fmt.Errorf("no part of a day is called %s", name)
}

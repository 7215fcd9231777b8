// Package travel answers one question: how long and how far is it from one place to another.
//
// Places are plain numbers, 0 to Len()-1. Durations are whole seconds, distances whole metres. The package knows
// nothing of visits, technicians or shifts; [truckroll/optimize/route] asks it.
package travel

import "fmt"

// Unreachable is the duration and the distance between places that no way connects.
const Unreachable int32 = 1 << 28

// A Matrix tells the free-flow duration (seconds) and distance (metres) between any two of its places. An
// implementation may hold tables or compute on demand; it must be safe for concurrent use and always give the same
// answer. Answers lie between 0 and [Unreachable].
type Matrix interface {
	Len() int
	Duration(from, to int) int32
	Distance(from, to int) int32
}

// Table is a Matrix held in memory, row by row.
type Table struct {
	n                    int
	durations, distances []int32
}

// NewTable makes a Table of n places from rows laid end to end (entry from*n+to). Nil distances mean that distances
// equal durations.
func NewTable(n int, durations, distances []int32) (*Table, error) {
	if distances == nil {
		distances = durations
	}
	for _, part := range []struct {
		name string
		rows []int32
	}{{"durations", durations}, {"distances", distances}} {
		if len(part.rows) != n*n {
			return nil, fmt.Errorf("%s: %d entries for %d places; want %d", part.name, len(part.rows), n, n*n)
		}
		for k, v := range part.rows {
			if v < 0 || v > Unreachable {
				return nil, fmt.Errorf("%s[%d][%d]: %d is not between 0 and %d", part.name, k/n, k%n, v, Unreachable)
			}
		}
	}
	return &Table{n, durations, distances}, nil
}

// Len is the number of places.
func (t *Table) Len() int { return t.n }

// Duration is in seconds.
func (t *Table) Duration(from, to int) int32 { return t.durations[from*t.n+to] }

// Distance is in metres.
func (t *Table) Distance(from, to int) int32 { return t.distances[from*t.n+to] }

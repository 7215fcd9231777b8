package app

import (
	"fmt"
	"io"
	"strings"

	"truckroll/optimize/route"
)

// explain writes a line for each visit that is left out and each shift: what stands in its way there, or what each Term
// would add.
func explain(log io.Writer, p *route.Problem, plan *route.Solution) {
	for _, absent := range plan.Absent {
		for _, insight := range p.Insights(plan, absent.Visit) {
			fmt.Fprintf(log, "visit %s, shift %s: %v%s\n", called(p.Visits[absent.Visit].ID, absent.Visit),
				called(p.Shifts[insight.Shift].ID, insight.Shift), insight.Reason, terms(insight.Extra))
		}
	}
}

// called is an ID, or the number where there is none.
func called(id string, number int) string {
	if id == "" {
		return fmt.Sprint(number)
	}
	return id
}

// terms lists what would be added, such as "; would add travel 300 × 1".
func terms(extra []route.Charge) string {
	var list []string
	for _, charge := range extra {
		if charge.Units != 0 {
			list = append(list, fmt.Sprintf("%v %d × %d", charge.Kind, charge.Units, charge.Weight))
		}
	}
	if list == nil {
		return ""
	}
	return "; would add " + strings.Join(list, ", ")
}

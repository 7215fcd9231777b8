package api

import (
	"regexp"
	"strings"
	"time"

	"truckroll/platform/query"
	"truckroll/platform/store"
)

// explainTime is how long the rows of a query that is explained are counted.
const explainTime = 10 * time.Second

// look asks the database how it would read the query and tells it in the API's words: by an index, or every record.
func (p *plan) look(tx *store.Tx, st *query.Statement) error {
	text, args := st.SQL(tx.Dialect(), 2000)
	explain := map[string]string{"sqlite": "EXPLAIN QUERY PLAN ", "postgres": "EXPLAIN (COSTS OFF) "}[tx.Dialect().Name()]
	rows, err := tx.Query(explain+text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	p.Leading = "TableScan"
	for rows.Next() {
		var detail string // the last column on both engines
		dest := make([]any, len(columns))
		for i := range dest {
			dest[i] = new(any)
		}
		dest[len(dest)-1] = &detail
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		p.step(detail)
	}
	p.Cost = float64(p.Cardinality) / float64(max(1, p.Rows))
	if p.Leading == "TableScan" {
		p.Cost = max(1, p.Cost)
	}
	return rows.Err()
}

// quoted is the name of a column in a condition as PostgreSQL writes it.
var quoted = regexp.MustCompile(`"(\w+)"`)

// step reads one line of the database's plan. The first that names an index of the query's own object decides. SQLite
// says in the same line which columns the index is searched by, PostgreSQL in a later one.
func (p *plan) step(detail string) {
	if condition, ok := strings.CutPrefix(strings.TrimSpace(detail), "Index Cond: "); ok && len(p.Fields) == 0 {
		for _, name := range quoted.FindAllStringSubmatch(condition, -1) {
			p.Fields = append(p.Fields, name[1])
		}
		return
	}
	lower := strings.ToLower(detail)
	if p.Leading != "TableScan" || !strings.Contains(lower, "index") && !strings.Contains(lower, "primary key") || strings.HasPrefix(lower, "scan") {
		return
	}
	p.Leading = "Index"
	if i := strings.LastIndexByte(detail, '('); i >= 0 && strings.HasSuffix(detail, ")") {
		for condition := range strings.SplitSeq(detail[i+1:len(detail)-1], " AND ") {
			name := strings.FieldsFunc(condition, func(r rune) bool { return strings.ContainsRune("=<>? ", r) })
			if len(name) > 0 {
				p.Fields = append(p.Fields, name[0])
			}
		}
	}
}

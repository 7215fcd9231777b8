package formula_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	modernc "modernc.org/sqlite"
	"pgregory.net/rapid"

	"truckroll/platform/formula"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// field is a field of the tests with its columns' types.
type field struct {
	formula.Field
	lite, pg string
}

// fields has every type, and numbers of several scales. A location has two columns.
var fields = []field{
	{formula.Field{Path: "T", Type: formula.TypeText}, "TEXT", "text"},
	{formula.Field{Path: "U.Name", Type: formula.TypeText}, "TEXT", "text"},
	{formula.Field{Path: "N", Type: formula.TypeNumber}, "INTEGER", "bigint"},
	{formula.Field{Path: "M", Type: formula.TypeNumber, Scale: 2}, "INTEGER", "bigint"},
	{formula.Field{Path: "R", Type: formula.TypeNumber, Scale: 18}, "INTEGER", "bigint"},
	{formula.Field{Path: "B", Type: formula.TypeBoolean}, "INTEGER", "boolean"},
	{formula.Field{Path: "D", Type: formula.TypeDate}, "INTEGER", "integer"},
	{formula.Field{Path: "E", Type: formula.TypeDate}, "INTEGER", "integer"},
	{formula.Field{Path: "Z", Type: formula.TypeDateTime}, "INTEGER", "bigint"},
	{formula.Field{Path: "Y", Type: formula.TypeDateTime}, "INTEGER", "bigint"},
	{formula.Field{Path: "H", Type: formula.TypeTime}, "INTEGER", "integer"},
	{formula.Field{Path: "P", Type: formula.TypePicklist}, "TEXT", "text"},
	{formula.Field{Path: "Q", Type: formula.TypeMultiPicklist}, "TEXT", "text"},
	{formula.Field{Path: "I", Type: formula.TypeId}, "TEXT", "text"},
	{formula.Field{Path: "L", Type: formula.TypeLocation, Scale: 6}, "INTEGER", "bigint"},
}

type resolver struct{}

func (resolver) Field(path string) (*formula.Field, error) {
	for i := range fields {
		if strings.EqualFold(fields[i].Path, path) {
			return &fields[i].Field, nil
		}
	}
	return nil, fmt.Errorf("there is no field %s", path)
}

// column is the name of a field's column; the longitude of a location has a column of its own.
func column(f *formula.Field) formula.Column {
	name := "x." + strings.ToLower(strings.ReplaceAll(f.Path, ".", "_"))
	return formula.Column{SQL: name, Longitude: name + "_lng"}
}

// values is a row: the value of each field for memory, and the stored ones for the columns.
type values struct {
	byPath  map[string]formula.Value
	columns []any
}

func (v values) Value(f *formula.Field) formula.Value { return v.byPath[f.Path] }
func (v values) Prior(f *formula.Field) formula.Value { return formula.Blank(f.Type) }
func (v values) IsNew() bool                          { return false }

var now = time.Date(2024, 2, 29, 23, 30, 0, 0, time.FixedZone("CET", 3600))

// database is one of the databases that must agree with memory, with an empty table x.
type database struct {
	*sql.DB
	dialect formula.Dialect
}

func openSQLite(t testing.TB) database {
	d := &modernc.Driver{}
	for _, s := range formula.Scalars() {
		call := func(_ *modernc.FunctionContext, args []driver.Value) (driver.Value, error) { return s.Call(args) }
		if err := d.RegisterDeterministicScalarFunction(s.Name, int32(s.Args), call); err != nil {
			t.Fatal(err)
		}
	}
	db := sql.OpenDB(connector{driver: d})
	db.SetMaxOpenConns(1)
	return prepare(t, database{db, formula.SQLite})
}

type connector struct{ driver *modernc.Driver }

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(":memory:") }
func (c connector) Driver() driver.Driver                        { return c.driver }

func openPostgres(t testing.TB) database {
	db, err := sql.Open("pgx", storetest.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return prepare(t, database{db, formula.PostgreSQL})
}

func prepare(t testing.TB, db database) database {
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	var columns []string
	for _, f := range fields {
		kind := f.lite
		if db.dialect == formula.PostgreSQL {
			kind = f.pg
		}
		c := column(&f.Field)
		columns = append(columns, strings.TrimPrefix(c.SQL, "x.")+" "+kind)
		if f.Type == formula.TypeLocation {
			columns = append(columns, strings.TrimPrefix(c.Longitude, "x.")+" "+kind)
		}
	}
	if _, err := db.Exec("CREATE TEMPORARY TABLE x (" + strings.Join(columns, ", ") + ")"); err != nil {
		t.Fatal(err)
	}
	return db
}

// put makes the row the only one of the table.
func (db database) put(t *rapid.T, columns []any) {
	if _, err := db.Exec("DELETE FROM x"); err != nil {
		t.Fatal(err)
	}
	marks := make([]string, len(columns))
	for i, c := range columns {
		marks[i] = db.placeholder(i + 1)
		if b, ok := c.(bool); ok && db.dialect == formula.SQLite {
			columns[i] = map[bool]int64{true: 1}[b]
		}
	}
	if _, err := db.Exec("INSERT INTO x VALUES ("+strings.Join(marks, ", ")+")", columns...); err != nil {
		t.Fatal(err)
	}
}

func (db database) placeholder(n int) string {
	if db.dialect == formula.PostgreSQL {
		return fmt.Sprintf("$%d", n)
	}
	return "?"
}

// agree holds the database to what memory says of formulas about the row.
func (db database) agree(t *rapid.T, v values, formulas []*formula.Formula) {
	db.put(t, append([]any(nil), v.columns...))
	for _, f := range formulas {
		const scale = 6
		var args []any
		target := formula.Target{Dialect: db.dialect, Column: column, Now: now}
		if len(f.String())%2 == 0 {
			target.Arg = func(text string) string {
				args = append(args, text)
				return db.placeholder(len(args))
			}
		}
		query, err := f.SQL(target, scale)
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		var got any
		if err := db.QueryRow("SELECT "+query+" FROM x", args...).Scan(&got); err != nil {
			t.Fatalf("%s\nas %s\nwith %v: %v", f, query, args, err)
		}
		if want := stored(f.Eval(v, now), scale); fmt.Sprint(got) != fmt.Sprint(want) && fmt.Sprint(got) != fmt.Sprint(asInt(want)) {
			t.Fatalf("%s\nof %v\nis %v in memory and %v by\n%s", f, v.columns, want, got, query)
		}
	}
}

// stored is a value in the form in which a database keeps it.
func stored(v formula.Value, scale int) any {
	if v.IsBlank() {
		return nil
	}
	switch v.Type {
	case formula.TypeNumber:
		if units, ok := v.Units(scale); ok {
			return units
		}
		return nil
	case formula.TypeBoolean:
		return v.True()
	case formula.TypeDate, formula.TypeDateTime, formula.TypeTime:
		n, _ := v.Int()
		return n
	}
	return v.Text()
}

// asInt is a boolean as SQLite keeps it.
func asInt(v any) any {
	if b, ok := v.(bool); ok {
		return map[bool]int{true: 1}[b]
	}
	return v
}

// testAgreement draws rows, and for each the patterns of one type with simple arguments and a few formulas of patterns
// within patterns.
func testAgreement(t *testing.T, db database) {
	rapid.Check(t, func(t *rapid.T) {
		v := genRow(t)
		options := formula.Options{BlankAsZero: rapid.Bool().Draw(t, "zeros")}
		var formulas []*formula.Formula
		add := func(text string) {
			f, err := formula.Parse(text, resolver{}, options)
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if f.InSQL() == nil {
				formulas = append(formulas, f)
			}
		}
		for _, pattern := range patterns[rapid.SampledFrom(resultTypes).Draw(t, "type")] {
			add(fillPattern(t, pattern, 0))
		}
		for range 4 {
			add(genExpr(t, rapid.SampledFrom(resultTypes).Draw(t, "type"), 3))
		}
		db.agree(t, v, formulas)
	})
}

// TestSQLiteAgrees: a formula gives the same in memory and in SQLite, whatever it is and whatever the row.
func TestSQLiteAgrees(t *testing.T) { testAgreement(t, openSQLite(t)) }

// TestPostgresAgrees is TestSQLiteAgrees for PostgreSQL.
func TestPostgresAgrees(t *testing.T) { testAgreement(t, openPostgres(t)) }

// testDeep holds the database to formulas as deep and as long as the parser lets through.
func testDeep(t *testing.T, db database) {
	texts := []string{
		"N" + strings.Repeat(" + N", 190),
		"T" + strings.Repeat(" & T", 190),
		"B" + strings.Repeat(" || B", 190),
		"0" + strings.Repeat(" - 1 / N", 90),
		strings.Repeat("MIN(N, ", 98) + "1" + strings.Repeat(")", 98),
		strings.Repeat("IF(B, 1, ", 98) + "N" + strings.Repeat(")", 98),
		strings.Repeat("!", 98) + "B",
		strings.Repeat("TRIM(", 98) + "T" + strings.Repeat(")", 98),
		strings.Repeat("BLANKVALUE(M / ", 48) + "N" + strings.Repeat(", R)", 48),
	}
	rapid.Check(t, func(t *rapid.T) {
		v := genRow(t)
		f, err := formula.Parse(rapid.SampledFrom(texts).Draw(t, "text"), resolver{}, formula.Options{BlankAsZero: true})
		if err != nil {
			t.Fatal(err)
		}
		db.agree(t, v, []*formula.Formula{f})
	})
}

func TestSQLiteGoesDeep(t *testing.T)   { testDeep(t, openSQLite(t)) }
func TestPostgresGoesDeep(t *testing.T) { testDeep(t, openPostgres(t)) }

// TestTooLong refuses what would grow beyond bounds, instead of computing it.
func TestTooLong(t *testing.T) {
	f, err := formula.Parse(strings.Repeat("CEILING(", 30)+"N"+strings.Repeat(")", 30), resolver{}, formula.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var e *formula.Error
	if err := f.InSQL(); !errors.As(err, &e) || !e.MemoryOnly || !strings.Contains(e.Message, "too long") {
		t.Error(err)
	}
}

// TestComparisonInUnits: SQLite compares a number's column with a literal itself, without a function.
func TestComparisonInUnits(t *testing.T) {
	for text, want := range map[string]string{
		"M > 12.5":  "COALESCE(x.m > 1250, 0)",
		"M = -1":    "(x.m IS -100)",
		"N <= 7":    "COALESCE(x.n <= 7, 0)",
		"M < 0.001": "formula_less_number(formula_scaled(x.m, 2), '0.001')",
		"1 < M":     "formula_less_number(1, formula_scaled(x.m, 2))",
	} {
		f, err := formula.Parse(text, resolver{}, formula.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.SQL(formula.Target{Column: column, Now: now}, 0)
		if err != nil || got != want {
			t.Errorf("%s: %s %v", text, got, err)
		}
	}
}

// BenchmarkSQLite computes a product and a comparison for each of 10,000 rows.
func BenchmarkSQLite(b *testing.B) {
	db := openSQLite(b)
	if _, err := db.Exec("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 10000) INSERT INTO x (n, m) SELECT i, i * 7 FROM c"); err != nil {
		b.Fatal(err)
	}
	f, err := formula.Parse("N * M > 1000", resolver{}, formula.Options{})
	if err != nil {
		b.Fatal(err)
	}
	query, err := f.SQL(formula.Target{Column: column, Now: now}, 0)
	if err != nil {
		b.Fatal(err)
	}
	var n int
	for b.Loop() {
		if err := db.QueryRow("SELECT count(*) FROM x WHERE " + query).Scan(&n); err != nil {
			b.Fatal(err)
		}
	}
}

package api

import (
	"bufio"
	"context"
	"encoding/csv"
	"io"
	"mime"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/sheet"
	"truckroll/platform/store"
)

// fileTime is how long the rows of a file may take to be read.
const fileTime = 10 * time.Minute

// queryFile answers GET /query/file?q&as=csv|xlsx&heads=labels|names: the whole answer to a query as a file for
// spreadsheets. The rows go through a file that nobody else sees, so that what is sent is complete or an error.
func (s *Server) queryFile(w http.ResponseWriter, r *http.Request, c *call) error {
	as, labels, err := c.fileForm()
	if err != nil {
		return err
	}
	st, err := query.Compile(c.query.Get("q"), s.catalog(c), c.viewer, s.queryOptions(false))
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp("", "file-*")
	if err != nil {
		return err
	}
	defer temp.Close()
	if err := os.Remove(temp.Name()); err != nil {
		return err
	}
	if err := s.writeFile(c, temp, st, as, labels); err != nil {
		return err
	}
	size, err := temp.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	if _, err := temp.Seek(0, io.SeekStart); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", map[string]string{"csv": csvType, "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}[as])
	h.Set("Content-Length", itoa(int(size)))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": st.Object.LabelPlural + "." + as}))
	if _, err := io.Copy(&steady{w, http.NewResponseController(w)}, temp); err != nil {
		panic(http.ErrAbortHandler) // the client is gone, or must not take a part for the whole
	}
	return nil
}

func (c *call) fileForm() (as string, labels bool, err error) {
	as, heads := c.query.Get("as"), c.query.Get("heads")
	switch {
	case as != "csv" && as != "xlsx":
		return "", false, schema.Refuse("INVALID_ARGUMENT", "as: a file is csv or xlsx", "as")
	case heads != "" && heads != "labels" && heads != "names":
		return "", false, schema.Refuse("INVALID_ARGUMENT", "heads: columns are headed by labels or by names", "heads")
	}
	return as, heads != "names", nil
}

// rowWriter writes the rows of a file.
type rowWriter interface {
	row(query.Row) error
	close() error
}

func (s *Server) writeFile(c *call, out io.Writer, st *query.Statement, as string, labels bool) error {
	heads, widths := make([]string, len(st.Columns)), make([]int, len(st.Columns))
	for i, col := range st.Columns {
		heads[i], widths[i] = headOf(s.catalog(c), st.Object, col, labels), 20
	}
	var f rowWriter
	if as == "csv" {
		f = newCSVFile(out, st, heads)
	} else {
		w, err := sheet.NewWriter(out, st.Object.LabelPlural, heads, widths)
		if err != nil {
			return err
		}
		f = &sheetFile{w, st, c.viewer.Location()}
	}
	ctx, cancel := context.WithTimeout(c.ctx, fileTime)
	defer cancel()
	if err := s.keeper.DB().View(ctx, func(tx *store.Tx) error { return st.Each(tx, f.row) }); err != nil {
		return err
	}
	return f.close()
}

// headOf heads a column: by its name in the API, or as people call it. What is a parent's is called by the reference.
func headOf(catalog *schema.Catalog, o *schema.Object, c *query.Column, labels bool) string {
	if !labels || c.Field == nil || c.Aggregate {
		return c.Name
	}
	if len(c.Path) < 2 {
		return c.Field.Label
	}
	var words []string
	for _, step := range c.Path[:len(c.Path)-1] {
		for _, f := range o.Fields {
			if strings.EqualFold(f.Relationship(), step) {
				words = append(words, f.Label)
				if o = catalog.Object(f.To[0]); o == nil {
					return strings.Join(words, " ")
				}
				break
			}
		}
	}
	if c.Field.NameField {
		return strings.Join(words, " ")
	}
	return strings.Join(append(words, c.Field.Label), " ")
}

// csvFile is a table in CSV with a byte order mark, by which spreadsheets know that it is UTF-8.
type csvFile struct {
	st    *query.Statement
	out   *bufio.Writer
	csv   *csv.Writer
	cells []string
	text  []byte
}

func newCSVFile(out io.Writer, st *query.Statement, heads []string) *csvFile {
	b := bufio.NewWriterSize(out, 64<<10)
	_, _ = b.WriteString("\ufeff") // an error stays with the writer
	f := &csvFile{st: st, out: b, csv: csv.NewWriter(b), cells: make([]string, len(heads))}
	f.csv.UseCRLF = true
	for i, h := range heads {
		f.cells[i] = harmless(h)
	}
	_ = f.csv.Write(f.cells)
	return f
}

func (f *csvFile) row(r query.Row) error {
	for i, c := range f.st.Columns {
		f.text = r.AppendText(f.text[:0], i)
		f.cells[i] = string(f.text)
		if c.Field == nil || !numeric(c.Field.Kind) {
			f.cells[i] = harmless(f.cells[i])
		}
	}
	return f.csv.Write(f.cells)
}

func (f *csvFile) close() error {
	f.csv.Flush()
	if err := f.csv.Error(); err != nil {
		return err
	}
	return f.out.Flush()
}

// harmless puts an apostrophe before a text that a spreadsheet would take for a formula and run. Imports take it away.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

func numeric(k schema.Kind) bool {
	switch k {
	case schema.KindInt, schema.KindDouble, schema.KindCurrency, schema.KindPercent:
		return true
	}
	return false
}

// sheetFile is a spreadsheet. Moments are shown by the reader's clock.
type sheetFile struct {
	w    *sheet.Writer
	st   *query.Statement
	zone *time.Location
}

func (f *sheetFile) row(r query.Row) error {
	cells := make([]any, len(f.st.Columns))
	for i, c := range f.st.Columns {
		if !r.IsNull(i) {
			cells[i] = sheetCell(c, string(r.AppendText(nil, i)), f.zone)
		}
	}
	return f.w.Row(cells)
}

func (f *sheetFile) close() error { return f.w.Close() }

// sheetCell is a value as a spreadsheet has it: numbers, days and moments as such, all else as text.
func sheetCell(c *query.Column, text string, zone *time.Location) any {
	if c.Field == nil {
		return text
	}
	kind := c.Field.Kind
	switch {
	case numeric(kind):
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return n
		}
	case kind == schema.KindBoolean:
		return text == "true"
	case kind == schema.KindDate:
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			return sheet.Date(day)
		}
	case kind == schema.KindDateTime:
		if at, err := time.Parse("2006-01-02T15:04:05.000Z0700", text); err == nil {
			return at.In(zone)
		}
	}
	return text
}

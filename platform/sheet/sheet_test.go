package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func rowsOf(t interface{ Fatal(...any) }, data []byte, sheet int) (rows [][]string) {
	b, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	err = b.Rows(b.Sheets[sheet], func(_ int, row []string) error {
		rows = append(rows, append([]string(nil), row...))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func written(t interface{ Fatal(...any) }, rows [][]any, heads ...string) []byte {
	var out bytes.Buffer
	w, err := NewWriter(&out, "Work: orders", heads, []int{20})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := w.Row(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestOthersReadIt: a common library reads what is written, and takes no text for a formula.
func TestOthersReadIt(t *testing.T) {
	at := time.Date(2026, 3, 1, 14, 30, 0, 0, time.UTC)
	data := written(t, [][]any{{"=1+1", int64(-7), 2.5, true, Date(at), at, nil, " <&>\n"}}, "Name")
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetRows("Work  orders")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Name"}, {"=1+1", "-7", "2.5", "TRUE", "2026-03-01", "2026-03-01 14:30", "", " <&>\n"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if formula, err := f.GetCellFormula("Work  orders", "A2"); err != nil || formula != "" {
		t.Error(formula, err)
	}
}

// TestReadsWhatOthersWrite: shared and rich texts, dates in several formats, formulas, gaps, and the choice of a sheet.
func TestReadsWhatOthersWrite(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := f.NewSheet("Données")
	must(err)
	at := time.Date(2024, 2, 29, 13, 45, 30, 0, time.UTC)
	must(f.SetSheetRow("Données", "A1", &[]any{"Name", "When", "Day", "Sum", "Yes"}))
	must(f.SetSheetRow("Données", "A3", &[]any{"Zoë", at, at, 1234.5, true}))
	custom := `dd.mm.yyyy "at" [$-409]`
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
	must(err)
	must(f.SetCellValue("Données", "C3", 45351))
	must(f.SetCellStyle("Données", "C3", "C3", style))
	must(f.SetCellRichText("Données", "G3", []excelize.RichTextRun{{Text: "two "}, {Text: "runs", Font: &excelize.Font{Bold: true}}}))
	money := `"day" #,##0.00\ "€";[Red]-#,##0.00`
	style, err = f.NewStyle(&excelize.Style{CustomNumFmt: &money})
	must(err)
	must(f.SetCellValue("Données", "D3", 0.1+0.2))
	must(f.SetCellStyle("Données", "D3", "D3", style))
	var out bytes.Buffer
	must(f.Write(&out))
	b, err := Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	must(err)
	if d := cmp.Diff([]string{"Sheet1", "Données"}, []string{b.Sheets[0].Name, b.Sheets[1].Name}); d != "" {
		t.Error(d)
	}
	want := [][]string{{"Name", "When", "Day", "Sum", "Yes"}, {"Zoë", "2024-02-29T13:45:30", "2024-02-29", "0.3", "true", "", "two runs"}}
	if d := cmp.Diff(want, rowsOf(t, out.Bytes(), 1)); d != "" {
		t.Error(d)
	}
}

// TestRoundTrip: texts come back as they were written, but for what a spreadsheet has no place for.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.SliceOfN(rapid.StringMatching(`[ -~äß€\n\t]{0,8}x`), 1, 5), 1, 10).Draw(t, "rows")
		var rows [][]any
		for _, r := range want {
			var cells []any
			for _, c := range r {
				cells = append(cells, c)
			}
			rows = append(rows, cells)
		}
		if d := cmp.Diff(want, rowsOf(t, written(t, rows, "head"), 0)[1:]); d != "" {
			t.Fatal(d)
		}
	})
}

func TestMomentsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-2_000_000_000, 200_000_000_000).Draw(t, "second"), 0).UTC()
		got := rowsOf(t, written(t, [][]any{{at, Date(at.Truncate(24 * time.Hour))}}, "head"), 0)[1]
		want := at.Format("2006-01-02T15:04:05")
		if at.Truncate(24 * time.Hour).Equal(at) {
			want = at.Format("2006-01-02")
		}
		if got[0] != want || got[1] != at.Format("2006-01-02") {
			t.Fatalf("%v, want %s", got, want)
		}
	})
}

// packed makes a workbook whose sheet is the given text.
func packed(t testing.TB, sheet string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range append(parts("s"), part{"xl/worksheets/sheet1.xml", sheet}) {
		w, err := z.Create(p.name)
		if err == nil {
			_, err = io.WriteString(w, p.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRefusals(t *testing.T) {
	read := func(data []byte) error {
		b, err := Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return err
		}
		return b.Rows(b.Sheets[0], func(int, []string) error { return nil })
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"text":        {[]byte("a,b\n1,2\n"), ErrNotSheet},
		"zip":         {func() []byte { var b bytes.Buffer; zip.NewWriter(&b).Close(); return b.Bytes() }(), ErrNotSheet},
		"broken":      {packed(t, "<worksheet><sheetData><row><c"), ErrNotSheet},
		"bomb":        {packed(t, "<worksheet>"+strings.Repeat(" ", 8<<20)+"</worksheet>"), ErrTooLarge},
		"many cells":  {packed(t, "<sheetData>"+strings.Repeat(fmt.Sprintf(`<row><c r="XFD1"><v>%d</v></c></row>`, time.Now().UnixNano()), MaxCells/MaxColumns+1)+"</sheetData>"), ErrTooLarge},
		"far columns": {packed(t, `<sheetData><row><c r="ZZZZZZZ1"><v>1</v></c></row></sheetData>`), ErrTooLarge},
	} {
		if err := read(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestTooManyRows(t *testing.T) {
	w, err := NewWriter(io.Discard, "s", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.rows = MaxRows
	if err := w.Row(nil); !errors.Is(err, ErrTooLong) {
		t.Error(err)
	}
}

// FuzzOpen holds that no file does worse than to be refused, and that every cell is a text.
func FuzzOpen(f *testing.F) {
	f.Add(packed(f, `<sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c t="inlineStr"><is><t>a</t></is></c><c s="2"><v>1.5</v></c></row></sheetData>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		_ = b.Rows(b.Sheets[0], func(_ int, row []string) error {
			for _, c := range row {
				if !utf8.ValidString(c) {
					t.Errorf("%q is no text", c)
				}
			}
			return nil
		})
	})
}

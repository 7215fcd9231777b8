package sheet

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

// The limits of the format.
const (
	MaxRows    = 1 << 20
	MaxColumns = 1 << 14
	maxText    = 32767 // UTF-16 units in a cell
)

// ErrTooLong is returned for a row behind the last that a sheet can have.
var ErrTooLong = errors.New("a sheet holds at most 1,048,576 rows")

// Date is a day without a time of day, by its midnight in UTC.
type Date time.Time

// Writer writes one sheet. Rows go out as they come.
type Writer struct {
	zip  *zip.Writer
	w    *bufio.Writer
	rows int
	buf  []byte
}

// The styles of cells, as they are listed in styles.xml.
const (
	stylePlain = iota
	styleHead
	styleDate
	styleDateTime
)

// NewWriter begins a sheet of the given name with a row of headings, which stays in sight, and columns of the given
// widths in characters.
func NewWriter(out io.Writer, name string, heads []string, widths []int) (*Writer, error) {
	w := &Writer{zip: zip.NewWriter(out)}
	for _, part := range parts(name) {
		f, err := w.zip.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(f, part.text); err != nil {
			return nil, err
		}
	}
	f, err := w.zip.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	w.w = bufio.NewWriterSize(f, 64<<10)
	w.begin(widths)
	cells := make([]any, len(heads))
	for i, h := range heads {
		cells[i] = head(h)
	}
	return w, w.Row(cells)
}

// head is a text that heads a column.
type head string

func (w *Writer) begin(widths []int) {
	w.w.WriteString(xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	if len(widths) > 0 {
		w.w.WriteString("<cols>")
		for i, n := range widths {
			fmt.Fprintf(w.w, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, n)
		}
		w.w.WriteString("</cols>")
	}
	w.w.WriteString("<sheetData>")
}

// Row writes a row of cells: nil, string, bool, int64, float64, [Date] or time.Time, of which the clock counts.
func (w *Writer) Row(cells []any) error {
	if w.rows == MaxRows {
		return ErrTooLong
	}
	w.rows++
	w.buf = append(w.buf[:0], "<row>"...)
	for _, c := range cells {
		w.cell(c)
	}
	w.buf = append(w.buf, "</row>"...)
	_, err := w.w.Write(w.buf)
	return err
}

func (w *Writer) cell(value any) {
	switch v := value.(type) {
	case nil:
		w.buf = append(w.buf, "<c/>"...)
	case string:
		w.text(v, stylePlain)
	case head:
		w.text(string(v), styleHead)
	case bool:
		w.buf = append(w.buf, `<c t="b"><v>`...)
		w.buf = append(w.buf, map[bool]byte{false: '0', true: '1'}[v])
		w.buf = append(w.buf, "</v></c>"...)
	case int64:
		w.number(float64(v), stylePlain)
	case float64:
		w.number(v, stylePlain)
	case Date:
		w.number(serial(time.Time(v)), styleDate)
	case time.Time:
		w.number(serial(v), styleDateTime)
	default:
		w.text(fmt.Sprint(v), stylePlain)
	}
}

func (w *Writer) number(n float64, style int) {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		w.text(strconv.FormatFloat(n, 'g', -1, 64), stylePlain)
		return
	}
	w.buf = append(w.buf, "<c"...)
	w.style(style)
	w.buf = append(w.buf, "><v>"...)
	w.buf = strconv.AppendFloat(w.buf, n, 'g', -1, 64)
	w.buf = append(w.buf, "</v></c>"...)
}

func (w *Writer) style(style int) {
	if style != stylePlain {
		w.buf = append(w.buf, ` s="`...)
		w.buf = strconv.AppendInt(w.buf, int64(style), 10)
		w.buf = append(w.buf, '"')
	}
}

func (w *Writer) text(s string, style int) {
	w.buf = append(w.buf, `<c t="inlineStr"`...)
	w.style(style)
	w.buf = append(w.buf, `><is><t xml:space="preserve">`...)
	w.buf = appendText(w.buf, s)
	w.buf = append(w.buf, "</t></is></c>"...)
}

// appendText appends a text as XML. What XML has no place for is left out, and so is what a cell has no room for.
func appendText(b []byte, s string) []byte {
	units := 0
	for _, r := range s {
		if units++; r > 0xFFFF {
			units++
		}
		switch {
		case units > maxText:
			return b
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '\r':
			b = append(b, "&#13;"...)
		case r < 0x20 && r != '\t' && r != '\n', r == utf8.RuneError, r == 0xFFFE, r == 0xFFFF:
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// Close completes the sheet. It does not close what it was written to.
func (w *Writer) Close() error {
	w.w.WriteString("</sheetData></worksheet>")
	return errors.Join(w.w.Flush(), w.zip.Close())
}

// epoch is the day 0 of spreadsheets. The leap day of 1900, which they have and the calendar has not, is before all
// that is counted from here.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// serial is a clock time as days since the epoch.
func serial(t time.Time) float64 {
	y, m, d := t.Date()
	wall := time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	return float64(wall.UnixMilli()-epoch.UnixMilli()) / 86_400_000
}

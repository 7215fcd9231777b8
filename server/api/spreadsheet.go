package api

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"

	"truckroll/platform/schema"
	"truckroll/platform/sheet"
)

// maxSpreadsheet is the size of the largest workbook that is taken.
const maxSpreadsheet = 50 << 20

func (s *Server) spreadsheetRoutes() []route {
	return []route{
		{method: "POST", pattern: "/spreadsheet/sheets", about: "The sheets of an Excel workbook", stream: s.spreadsheetSheets, alone: true},
		{method: "POST", pattern: "/spreadsheet/csv", about: "A sheet of an Excel workbook as CSV", stream: s.spreadsheetCSV, alone: true},
	}
}

// spreadsheetSheets answers POST /spreadsheet/sheets of a workbook: its sheets by their names, in order.
func (s *Server) spreadsheetSheets(w http.ResponseWriter, r *http.Request, c *call) error {
	return s.openSpreadsheet(w, r, func(b *sheet.Book) error {
		names := make([]string, len(b.Sheets))
		for i, one := range b.Sheets {
			names[i] = one.Name
		}
		a, err := ok(map[string]any{"sheets": names})
		if err != nil {
			return err
		}
		return reply(w, r, a)
	})
}

// spreadsheetCSV answers POST /spreadsheet/csv?sheet of a workbook: the rows of the named sheet, or of the first, as
// CSV. Rows that are empty are left out.
func (s *Server) spreadsheetCSV(w http.ResponseWriter, r *http.Request, c *call) error {
	return s.openSpreadsheet(w, r, func(b *sheet.Book) error {
		chosen, err := chooseSheet(b, c.query.Get("sheet"))
		if err != nil {
			return err
		}
		temp, err := os.CreateTemp("", "sheet-*")
		if err != nil {
			return err
		}
		defer temp.Close()
		if err := os.Remove(temp.Name()); err != nil {
			return err
		}
		if err := writeSheet(temp, b, chosen); err != nil {
			return sheetFault(err)
		}
		if _, err := temp.Seek(0, io.SeekStart); err != nil {
			return err
		}
		w.Header().Set("Content-Type", csvType)
		if _, err := io.Copy(&steady{w, http.NewResponseController(w)}, temp); err != nil {
			panic(http.ErrAbortHandler) // the client is gone, or must not take a part for the whole
		}
		return nil
	})
}

// openSpreadsheet opens the workbook that is the body of a request.
func (s *Server) openSpreadsheet(w http.ResponseWriter, r *http.Request, do func(*sheet.Book) error) error {
	r.Body = &patient{http.MaxBytesReader(w, r.Body, maxSpreadsheet), http.NewResponseController(w)}
	temp, err := os.CreateTemp("", "book-*")
	if err != nil {
		return err
	}
	defer temp.Close()
	if err := os.Remove(temp.Name()); err != nil {
		return err
	}
	size, err := io.Copy(temp, r.Body)
	if over := new(http.MaxBytesError); errors.As(err, &over) {
		return schema.Refuse("REQUEST_TOO_LARGE", "The workbook is larger than 50 MB; save the sheet as CSV")
	}
	if err != nil {
		return bodyFault(err)
	}
	b, err := sheet.Open(temp, size)
	if err != nil {
		return sheetFault(err)
	}
	return do(b)
}

// sheetFault words why a workbook is not taken.
func sheetFault(err error) error {
	if errors.Is(err, sheet.ErrTooLarge) || errors.Is(err, sheet.ErrNotSheet) {
		return schema.Refuse("INVALID_ARGUMENT", strings.ToUpper(err.Error()[:1])+err.Error()[1:])
	}
	return err
}

func chooseSheet(b *sheet.Book, name string) (sheet.Sheet, error) {
	var names []string
	for _, one := range b.Sheets {
		if one.Name == name || name == "" {
			return one, nil
		}
		names = append(names, one.Name)
	}
	return sheet.Sheet{}, schema.Refuse("INVALID_ARGUMENT", "sheet: the workbook has no sheet "+name+"; it has "+strings.Join(names, ", "), "sheet")
}

// writeSheet writes the rows of a sheet as CSV, each as wide as the first.
func writeSheet(out io.Writer, b *sheet.Book, s sheet.Sheet) error {
	w := bufio.NewWriterSize(out, 64<<10)
	table := csv.NewWriter(w)
	table.UseCRLF = true
	width := 0
	err := b.Rows(s, func(_ int, row []string) error {
		if width == 0 {
			width = len(row)
		}
		for len(row) < width {
			row = append(row, "")
		}
		return table.Write(row)
	})
	if err != nil {
		return err
	}
	table.Flush()
	return errors.Join(table.Error(), w.Flush())
}

package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// The limits of what is read, against files that unpack to far more than they seem to hold.
const (
	maxUnpacked = 1 << 30   // bytes of one file of the package
	maxShared   = 64 << 20  // bytes of shared texts
	maxStyles   = 1 << 16   // formats of cells
	MaxCells    = 5_000_000 // cells of a sheet
	maxSheets   = 1000
	maxFiles    = 10_000
	maxFolds    = 200 // times that a file of the package is larger unpacked, from 1 MB on
)

// ErrNotSheet is the reason why a file is refused: it is no workbook, or one that can't be read.
var ErrNotSheet = errors.New("the file is no Excel workbook (.xlsx)")

// ErrTooLarge is the reason why a file is refused that would unpack to more than is taken.
var ErrTooLarge = errors.New("the workbook is too large when unpacked; save the sheet as CSV")

// Book is a workbook that is read.
type Book struct {
	Sheets []Sheet // in the order of the tabs

	files map[string]*zip.File
	texts []string
	dates []bool // by style: whether it shows a date
	early bool   // days are counted from 1904
}

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name string
	path string
}

// Open reads what a workbook holds, without its rows.
func Open(in io.ReaderAt, size int64) (*Book, error) {
	z, err := zip.NewReader(in, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrNotSheet, err)
	}
	if len(z.File) > maxFiles {
		return nil, ErrTooLarge
	}
	b := &Book{files: map[string]*zip.File{}}
	for _, f := range z.File {
		n := f.UncompressedSize64
		if n > maxUnpacked || n > 1<<20 && n/max(1, f.CompressedSize64) > maxFolds {
			return nil, ErrTooLarge
		}
		b.files[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	for _, read := range []func() error{b.readSheets, b.readTexts, b.readStyles} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// each calls f for every element of a file of the package that begins with one of the names. A file that is not there
// has none.
func (b *Book) each(name string, f func(*xml.Decoder, xml.StartElement) error) error {
	file := b.files[strings.ToLower(name)]
	if file == nil {
		return nil
	}
	in, err := file.Open()
	if err != nil {
		return fmt.Errorf("%w: %v", ErrNotSheet, err)
	}
	defer in.Close()
	d := xml.NewDecoder(&bounded{in, int64(file.UncompressedSize64)})
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, ErrTooLarge) {
			return ErrTooLarge
		}
		if err != nil {
			return fmt.Errorf("%w: %s: %v", ErrNotSheet, path.Base(name), err)
		}
		if e, ok := token.(xml.StartElement); ok {
			if err := f(d, e); err != nil {
				return err
			}
		}
	}
}

// bounded ends with [ErrTooLarge] what unpacks to more than its header says.
type bounded struct {
	in   io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (b *Book) readSheets() error {
	targets := map[string]string{}
	err := b.each("xl/_rels/workbook.xml.rels", func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" && strings.HasSuffix(attribute(e, "Type"), "/worksheet") {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = "xl/" + target
			}
			targets[attribute(e, "Id")] = strings.TrimPrefix(path.Clean(target), "/")
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = b.each("xl/workbook.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.early = attribute(e, "date1904") == "1" || attribute(e, "date1904") == "true"
		case "sheet":
			if p := targets[attribute(e, "id")]; p != "" && len(b.Sheets) < maxSheets {
				b.Sheets = append(b.Sheets, Sheet{attribute(e, "name"), p})
			}
		}
		return nil
	})
	if err == nil && len(b.Sheets) == 0 {
		return ErrNotSheet
	}
	return err
}

// readTexts reads the texts that cells share.
func (b *Book) readTexts() error {
	size := 0
	return b.each("xl/sharedStrings.xml", func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := richText(d)
		if err != nil {
			return err
		}
		if size += len(text) + 16; size > maxShared {
			return ErrTooLarge
		}
		b.texts = append(b.texts, text)
		return nil
	})
}

// richText reads the text of an element to its end: that of its runs, without how it is to be spoken.
func richText(d *xml.Decoder) (string, error) {
	var text strings.Builder
	inside, skip := 0, 0
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if errors.Is(err, ErrTooLarge) {
			return "", err
		}
		if err != nil {
			return "", fmt.Errorf("%w: %v", ErrNotSheet, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if t.Name.Local == "rPh" {
				skip = depth
			} else if t.Name.Local == "t" && skip == 0 {
				inside = depth
			}
		case xml.EndElement:
			if depth == inside {
				inside = 0
			}
			if depth == skip {
				skip = 0
			}
			depth--
		case xml.CharData:
			if inside > 0 {
				text.Write(t)
			}
		}
	}
	return unescaped(text.String()), nil
}

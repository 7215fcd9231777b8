package bulk

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"truckroll/platform/schema"
)

// table reads an uploaded table in CSV. It begins at a place to which another reader had come before.
type table struct {
	from   int64 // bytes before the part that rows reads
	rows   *csv.Reader
	header []string // nil of an empty upload
	size   int      // bytes of text since the last look
	body   int64    // where the rows begin
}

// openTable reads the header of a table and goes to a position, 0 being the first row.
func openTable(in io.ReadSeeker, delimiter rune, position int64) (*table, error) {
	t := &table{}
	mark, err := skipMark(in)
	if err != nil {
		return nil, err
	}
	t.read(in, delimiter, mark)
	t.header, err = t.rows.Read()
	if errors.Is(err, io.EOF) {
		return t, nil
	}
	if err != nil {
		return nil, badTable(err)
	}
	t.body = t.position()
	if position <= t.body {
		return t, nil
	}
	if _, err := in.Seek(position, io.SeekStart); err != nil {
		return nil, err
	}
	t.read(in, delimiter, position)
	return t, nil
}

// skipMark steps over a byte order mark.
func skipMark(in io.ReadSeeker) (int64, error) {
	var b [3]byte
	n, err := io.ReadFull(in, b[:])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	if n == 3 && string(b[:]) == "\xef\xbb\xbf" {
		return 3, nil
	}
	_, err = in.Seek(0, io.SeekStart)
	return 0, err
}

func (t *table) read(in io.Reader, delimiter rune, from int64) {
	t.from = from
	t.rows = csv.NewReader(bufio.NewReaderSize(in, 64<<10))
	t.rows.Comma = delimiter
	t.rows.FieldsPerRecord = -1
}

// position is how far the table has been read.
func (t *table) position() int64 { return t.from + t.rows.InputOffset() }

// next returns the next row; io.EOF at the end.
func (t *table) next() ([]string, error) {
	if t.header == nil {
		return nil, io.EOF
	}
	row, err := t.rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	if err != nil {
		return nil, badTable(err)
	}
	for _, cell := range row {
		t.size += len(cell)
	}
	return row, nil
}

// badTable words a table that can't be read on. A failure of the disk is none.
func badTable(err error) error {
	if parse := new(csv.ParseError); errors.As(err, &parse) {
		return schema.Refuse("InvalidBatch", fmt.Sprintf("InvalidBatch : the table can't be read on: %v", parse))
	}
	return err
}

// quoted writes rows in CSV with every cell quoted.
type quoted struct {
	w         *bufio.Writer
	delimiter rune
	crlf      bool
}

func newQuoted(w io.Writer, s *Spec) *quoted {
	return &quoted{bufio.NewWriterSize(w, 64<<10), s.delimiter(), s.LineEnding == "CRLF"}
}

// write writes the cells of one row. An error stays with the writer until it is flushed.
func (q *quoted) write(before []string, cells []string) {
	first := true
	for _, part := range [][]string{before, cells} {
		for _, cell := range part {
			if !first {
				_, _ = q.w.WriteRune(q.delimiter)
			}
			first = false
			q.cell(cell)
		}
	}
	if q.crlf {
		_ = q.w.WriteByte('\r')
	}
	_ = q.w.WriteByte('\n')
}

func (q *quoted) cell(s string) {
	_ = q.w.WriteByte('"')
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			_ = q.w.WriteByte('"')
		}
		_ = q.w.WriteByte(s[i])
	}
	_ = q.w.WriteByte('"')
}

package paper

const (
	cellPad  = 1.5 // above and below the lines of a row
	cellSide = 2.0 // beside them
)

var (
	cellStyle  = style{8.8, false, ink}
	titleCell  = style{7.8, true, ink}
	totalStyle = style{9.2, false, ink}
	grandStyle = style{10.2, true, ink}
)

// table sets rows, with the titles again on each page.
func (s *sheet) table(t Table) {
	widths := s.columns(t)
	s.titles(t, widths)
	for _, row := range t.Rows {
		s.row(t, widths, row)
	}
	s.totals(t.Totals)
}

// columns shares the width out.
func (s *sheet) columns(t Table) []float64 {
	widths, sum := make([]float64, len(t.Columns)), 0.0
	for i, c := range t.Columns {
		if widths[i] = c.Weight; c.Weight <= 0 {
			widths[i] = 1
		}
		sum += widths[i]
	}
	for i := range widths {
		widths[i] *= s.width() / sum
	}
	return widths
}

func (s *sheet) titles(t Table, widths []float64) {
	height := 0.0
	cells := make([][]string, len(t.Columns))
	for i, c := range t.Columns {
		cells[i] = s.lines(c.Title, widths[i]-2*cellSide, titleCell)
		height = max(height, float64(len(cells[i]))*titleCell.line())
	}
	s.fill(margin, s.y, s.width(), height+2*cellPad, 0, s.doc.Accent.tint(0.1))
	s.cells(t, widths, cells, titleCell)
	s.y += height + 2*cellPad
}

// cells draws lines into the cells of a row at y.
func (s *sheet) cells(t Table, widths []float64, cells [][]string, st style) {
	x := margin
	for i, c := range t.Columns {
		for n, line := range cells[i] {
			base := s.y + cellPad + float64(n)*st.line() + st.size*point*1.05
			if c.Right {
				s.putRight(x+widths[i]-cellSide, base, line, st)
			} else {
				s.put(x+cellSide, base, line, st)
			}
		}
		x += widths[i]
	}
}

// row sets a row. One that is higher than what is left of the page goes on the next; one that a whole page would not
// hold begins where it stands.
func (s *sheet) row(t Table, widths []float64, row []string) {
	cells, most := make([][]string, len(t.Columns)), 1
	for i := range t.Columns {
		if i < len(row) {
			cells[i] = s.lines(row[i], widths[i]-2*cellSide, cellStyle)
		}
		most = max(most, len(cells[i]))
	}
	height := float64(most)*cellStyle.line() + 2*cellPad
	if whole := s.end() - s.top() - 10; height > s.room() && (height <= whole || s.room() < 6*cellStyle.line()) {
		s.newPage()
		s.titles(t, widths)
	}
	for most > 0 {
		n := min(most, max(1, int((s.room()-2*cellPad)/cellStyle.line())))
		part := make([][]string, len(cells))
		for i, c := range cells {
			k := min(n, len(c))
			part[i], cells[i] = c[:k], c[k:]
		}
		s.cells(t, widths, part, cellStyle)
		s.y += float64(n)*cellStyle.line() + 2*cellPad
		s.rule(s.y, hairline)
		if most -= n; most > 0 {
			s.newPage()
			s.titles(t, widths)
		}
	}
}

// totals sets sums at the right, all on one page.
func (s *sheet) totals(all []Total) {
	if len(all) == 0 {
		return
	}
	s.y += 1.5
	s.need(float64(len(all)) * (grandStyle.line() + 1.6))
	const w = 74.0
	x := s.w - margin - w
	for _, t := range all {
		st := totalStyle
		if t.Strong {
			st = grandStyle
			s.fill(x, s.y, w, st.line()+1.6, 0.8, s.doc.Accent.tint(0.1))
		}
		base := s.y + 0.8 + st.size*point*1.05
		s.put(x+cellSide, base, s.glyphs.fit(t.Label), st)
		s.putRight(s.w-margin-cellSide, base, s.glyphs.fit(t.Value), st)
		s.y += st.line() + 1.6
	}
}

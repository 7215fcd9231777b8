package paper

// section sets a section; one without content is not there.
func (s *sheet) section(p Section) {
	switch b := p.Block.(type) {
	case Facts:
		s.heading(p.Heading, 12)
		s.facts(b)
	case Text:
		s.heading(p.Heading, 2*body.line())
		s.flow(margin, s.width(), string(b), body)
	case Table:
		s.heading(p.Heading, 16)
		s.table(b)
	case Checklist:
		s.heading(p.Heading, 14)
		for _, g := range b {
			s.group(g)
		}
	case Signatures:
		s.heading(p.Heading, signatureHeight)
		s.signatures(b)
	}
}

// facts sets values in two columns, row by row.
func (s *sheet) facts(all Facts) {
	col := (s.width() - gutter) / 2
	for i := 0; i < len(all); {
		if s.long(all[i], col) {
			s.longFact(all[i])
			i++
			continue
		}
		row := all[i : i+1]
		if i+1 < len(all) && !s.long(all[i+1], col) {
			row = all[i : i+2]
		}
		s.factRow(row, col)
		i += len(row)
	}
}

// long reports whether a value is for the whole width.
func (s *sheet) long(f Fact, col float64) bool { return len(s.lines(f.Value, col, body)) > 4 }

func (s *sheet) factRow(row []Fact, col float64) {
	height := 0.0
	values := make([][]string, len(row))
	for i, f := range row {
		values[i] = s.lines(f.Value, col, body)
		height = max(height, float64(len(values[i]))*body.line())
	}
	s.need(label.line() + height)
	for i, f := range row {
		x := margin + float64(i)*(col+gutter)
		s.draw(x, s.y, s.lines(f.Label, col, label), label)
		s.draw(x, s.y+label.line(), values[i], body)
	}
	s.y += label.line() + height + 2.2
}

func (s *sheet) longFact(f Fact) {
	s.need(label.line() + 2*body.line())
	s.flow(margin, s.width(), f.Label, label)
	s.flow(margin, s.width(), f.Value, body)
	s.y += 2.2
}

const (
	signatureHeight = 40.0
	signatureBox    = 22.0
)

// signatures sets them two to a row.
func (s *sheet) signatures(all Signatures) {
	col := (s.width() - gutter) / 2
	for i, g := range all {
		if i%2 == 0 {
			s.need(signatureHeight)
		}
		s.signature(g, margin+float64(i%2)*(col+gutter), col)
		if i%2 == 1 || i == len(all)-1 {
			s.y += signatureHeight
		}
	}
}

func (s *sheet) signature(g Signature, x, w float64) {
	y := s.y
	s.draw(x, y, s.first(g.Role, w, label), label)
	y += label.line() + 1
	if g.Picture != nil {
		pw, ph := g.Picture.within(w-6, signatureBox-2)
		s.image(g.Picture, x+3, y+signatureBox-ph-0.5, pw, ph)
	}
	y += signatureBox
	s.stroke(x, y, x+w, y, 0.25, soft)
	y += 1
	y += s.draw(x, y, s.first(g.Name, w, strong), strong)
	s.draw(x, y, s.first(g.Where, w, small), small)
}

// first is the first line of a text.
func (s *sheet) first(text string, w float64, st style) []string {
	all := s.lines(text, w, st)
	return all[:min(len(all), 1)]
}

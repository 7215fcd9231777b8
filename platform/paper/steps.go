package paper

const (
	markSize    = 3.6
	answerShare = 0.38
	photoHeight = 44.0
	photoGap    = 3.0
	photosARow  = 3
)

var (
	groupStyle = style{9, true, soft}
	noteStyle  = style{8, false, soft}
	flagStyle  = style{8, true, alert}
)

func (s *sheet) group(g Group) {
	if g.Name != "" {
		s.need(groupStyle.line() + 12)
		s.draw(margin, s.y, s.first(g.Name, s.width(), groupStyle), groupStyle)
		s.y += groupStyle.line() + 0.6
	}
	for _, step := range g.Steps {
		s.step(step)
	}
	s.y += 2
}

// step sets a step: its mark, its name and note, and the answer at the right; photos follow below.
func (s *sheet) step(p Step) {
	left := margin + markSize + 3
	answerAt := s.w - margin - s.width()*answerShare
	nameLines := s.lines(p.Name, answerAt-left-3, body)
	noteLines := s.lines(p.Note, answerAt-left-3, noteStyle)
	width := s.w - margin - answerAt
	answer, flag := s.lines(p.Answer, width, strong), s.lines(p.Flag, width, flagStyle)
	if len(answer) > 8 { // a long text reads better below, over the whole width
		s.longStep(p, left, nameLines, noteLines)
		return
	}
	height := max(float64(len(nameLines))*body.line()+float64(len(noteLines))*noteStyle.line(),
		float64(len(answer))*strong.line()+float64(len(flag))*flagStyle.line(), body.line())
	s.need(height + 2.4 + s.photosKeep(p))
	s.mark(p.Mark, margin, s.y+1.2+0.45)
	y := s.y + 1.2
	s.draw(left, y+s.draw(left, y, nameLines, body), noteLines, noteStyle)
	s.draw(answerAt, y+s.draw(answerAt, y, answer, strong), flag, flagStyle)
	s.y += height + 2.4
	s.photos(p.Pictures, left)
	s.rule(s.y, hairline)
}

func (s *sheet) longStep(p Step, left float64, name, note []string) {
	s.need(float64(len(name)+3)*body.line() + float64(len(note))*noteStyle.line())
	s.mark(p.Mark, margin, s.y+1.65)
	s.y += 1.2
	s.y += s.draw(left, s.y, name, body)
	s.y += s.draw(left, s.y, note, noteStyle)
	s.flow(left, s.w-margin-left, p.Answer, body)
	s.flow(left, s.w-margin-left, p.Flag, flagStyle)
	s.y += 1.2
	s.photos(p.Pictures, left)
	s.rule(s.y, hairline)
}

// photosKeep is the height of the first row of photos, which stays with its step.
func (s *sheet) photosKeep(p Step) float64 {
	if len(p.Pictures) == 0 {
		return 0
	}
	return s.photoRow(p.Pictures, s.photoWidth(margin+markSize+3)) + photoGap
}

func (s *sheet) photoWidth(left float64) float64 {
	return (s.w - margin - left - (photosARow-1)*photoGap) / photosARow
}

// photoRow is the height of the first row of pictures: that of the highest.
func (s *sheet) photoRow(all []Picture, w float64) (height float64) {
	for _, p := range all[:min(len(all), photosARow)] {
		_, h := p.within(w, photoHeight)
		height = max(height, h)
	}
	return height
}

// photos sets pictures three to a row, each within a frame; the frames of a row have the same size.
func (s *sheet) photos(all []Picture, left float64) {
	w := s.photoWidth(left)
	for len(all) > 0 {
		row := all[:min(len(all), photosARow)]
		height := s.photoRow(row, w)
		s.need(height + photoGap)
		for i := range row {
			x := left + float64(i)*(w+photoGap)
			s.fill(x, s.y, w, height, 0.8, Color{0xF3, 0xF5, 0xF7})
			pw, ph := row[i].within(w, height)
			s.image(&row[i], x+(w-pw)/2, s.y+(height-ph)/2, pw, ph)
		}
		s.y += height + photoGap
		all = all[len(row):]
	}
}

// mark draws what came of a step: a tick, a cross, a dash, or an empty box.
func (s *sheet) mark(m Mark, x, y float64) {
	const r = markSize / 2
	cx, cy := x+r, y+r
	disc := func(c Color) {
		s.pdf.SetFillColor(int(c.R), int(c.G), int(c.B))
		s.pdf.Circle(cx, cy, r, "F")
	}
	switch m {
	case Done:
		disc(good)
		s.stroke(cx-0.85, cy+0.05, cx-0.25, cy+0.7, 0.42, white)
		s.stroke(cx-0.25, cy+0.7, cx+0.9, cy-0.65, 0.42, white)
	case Failed:
		disc(bad)
		s.stroke(cx-0.65, cy-0.65, cx+0.65, cy+0.65, 0.42, white)
		s.stroke(cx-0.65, cy+0.65, cx+0.65, cy-0.65, 0.42, white)
	case Skipped:
		disc(Color{0xA9, 0xB3, 0xBC})
		s.stroke(cx-0.8, cy, cx+0.8, cy, 0.42, white)
	case Open:
		s.pdf.SetDrawColor(int(soft.R), int(soft.G), int(soft.B))
		s.pdf.SetLineWidth(0.3)
		s.pdf.Circle(cx, cy, r-0.15, "D")
	}
}

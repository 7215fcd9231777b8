package paper

import "fmt"

const (
	logoWidth, logoHeight = 52.0, 18.0
	senderWidth           = 78.0
)

var (
	titleStyle   = style{20, true, ink}
	numberStyle  = style{11, false, soft}
	subjectStyle = style{11, false, ink}
	headStyle    = style{10.5, true, ink}
)

// firstPage sets who the document is from, and its title.
func (s *sheet) firstPage() {
	s.pdf.AddPage()
	d := s.doc
	s.fill(0, 0, s.w, 2.6, 0, d.Accent)
	s.y = margin - 3
	down := 0.0
	if d.Logo != nil {
		w, h := d.Logo.within(logoWidth, logoHeight)
		s.image(d.Logo, margin, s.y, w, h)
		down = h
	}
	s.y += max(down, s.sender(d.Logo == nil)) + 9
	s.title()
}

// sender sets whom the document is from: at the right of a logo, and large at the left without one.
func (s *sheet) sender(alone bool) float64 {
	y := s.y
	for i, line := range s.doc.From {
		st := small
		switch {
		case i == 0 && alone:
			st = style{13, true, s.doc.Accent}
		case i == 0:
			st = style{8.5, true, ink}
		}
		for _, part := range s.lines(line, senderWidth, st) {
			base := y + st.size*point*1.05
			if alone {
				s.put(margin, base, part, st)
			} else {
				s.putRight(s.w-margin, base, part, st)
			}
			y += st.line()
		}
	}
	return y - s.y
}

func (s *sheet) title() {
	base := s.y + titleStyle.size*point
	title, number := s.glyphs.fit(s.doc.Title), s.glyphs.fit(s.doc.Number)
	s.put(margin, base, title, titleStyle)
	s.putRight(s.w-margin, base, number, numberStyle)
	s.y = base + 3.5
	s.flow(margin, s.width(), s.doc.Subtitle, subjectStyle)
	s.y += 1.5
	s.stroke(margin, s.y, s.w-margin, s.y, 0.6, s.doc.Accent)
	s.y += 1
}

// heading sets a section's heading and keeps it together with keep millimetres of what follows.
func (s *sheet) heading(text string, keep float64) {
	s.y += 6
	if text == "" {
		return
	}
	s.need(headStyle.line() + 3 + keep)
	s.fill(margin, s.y+0.5, 1.1, headStyle.line()-1.2, 0, s.doc.Accent)
	s.y += s.draw(margin+3.2, s.y, s.lines(text, s.width()-4, headStyle), headStyle) + 2
}

// feet sets the foot of every page, once it is known how many there are.
func (s *sheet) feet() {
	last := s.pdf.PageCount()
	foot := s.lines(s.doc.Foot, s.width()*0.72, style{7, false, soft})
	for page := 1; page <= last; page++ {
		s.pdf.SetPage(page)
		y := s.h - footAt
		s.rule(y-4.2, hairline)
		for i, line := range foot[:min(len(foot), 3)] {
			s.put(margin, y+float64(i)*3.4, line, style{7, false, soft})
		}
		if s.doc.Words.PageOf != "" {
			s.putRight(s.w-margin, y, s.glyphs.fit(fmt.Sprintf(s.doc.Words.PageOf, page, last)), style{7, false, soft})
		}
	}
}

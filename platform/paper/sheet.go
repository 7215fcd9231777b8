package paper

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"
)

// Measures in millimetres.
const (
	margin  = 18.0
	footAt  = 14.0 // the foot's base line above the edge
	bottom  = 24.0 // what a page keeps free for the foot
	gutter  = 8.0  // between columns
	leading = 1.42 // of a line, in font sizes
	point   = 25.4 / 72
)

var (
	ink      = Color{0x1C, 0x26, 0x30}
	soft     = Color{0x63, 0x70, 0x7D}
	hairline = Color{0xDD, 0xE3, 0xE8}
	alert    = Color{0xB4, 0x53, 0x09}
	good     = Color{0x1E, 0x7F, 0x4F}
	bad      = Color{0xB9, 0x2C, 0x2C}
	white    = Color{0xFF, 0xFF, 0xFF}
)

// style is how a text looks.
type style struct {
	size  float64 // points
	bold  bool
	color Color
}

func (s style) line() float64 { return s.size * leading * point }

var (
	body   = style{9.5, false, ink}
	strong = style{9.5, true, ink}
	label  = style{7.5, false, soft}
	small  = style{8, false, soft}
)

// sheet is a PDF that is being set from top to bottom.
type sheet struct {
	pdf    *fpdf.Fpdf
	doc    *Document
	glyphs *coverage
	w, h   float64
	y      float64 // where the next thing goes
}

// PDF writes the document as PDF. The same document gives the same bytes.
func PDF(w io.Writer, d *Document) error {
	glyphs, err := newCoverage()
	if err != nil {
		return err
	}
	s := &sheet{pdf: newPDF(d), doc: d, glyphs: glyphs}
	s.w, s.h = s.pdf.GetPageSize()
	s.describe()
	s.firstPage()
	for _, part := range d.Sections {
		s.section(part)
	}
	if glyphs.lacked && d.Words.Unprintable != "" {
		s.y += 4
		s.flow(margin, s.width(), d.Words.Unprintable, small)
	}
	s.feet()
	// Written whole, so that a failure leaves nothing half done behind.
	var b bytes.Buffer
	if err := s.pdf.Output(&b); err != nil {
		return fmt.Errorf("set a PDF: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

func newPDF(d *Document) *fpdf.Fpdf {
	size := "A4"
	if d.Letter {
		size = "Letter"
	}
	p := fpdf.New("P", "mm", size, "")
	p.SetAutoPageBreak(false, 0)
	p.SetMargins(margin, margin, margin)
	p.SetCatalogSort(true)
	p.AddUTF8FontFromBytes("noto", "", regularTTF)
	p.AddUTF8FontFromBytes("noto", "B", semiboldTTF)
	return p
}

// describe fills in what readers show beside the pages.
func (s *sheet) describe() {
	d := s.doc
	s.pdf.SetTitle(strings.TrimSpace(Clean(d.Title)+" "+Clean(d.Number)), true)
	if len(d.From) > 0 {
		s.pdf.SetAuthor(Clean(d.From[0]), true)
	}
	s.pdf.SetProducer("Truckroll", true)
	s.pdf.SetLang(d.Language)
	s.pdf.SetCreationDate(d.Made.UTC())
	s.pdf.SetModificationDate(d.Made.UTC())
}

func (s *sheet) width() float64 { return s.w - 2*margin }
func (s *sheet) end() float64   { return s.h - bottom }

// room is what is left of the page.
func (s *sheet) room() float64 { return s.end() - s.y }

// need begins a new page unless there is room for h. What is higher than a page is begun where it stands.
func (s *sheet) need(h float64) {
	if s.y+h > s.end() && h <= s.end()-s.top() {
		s.newPage()
	}
}

// top is where what follows begins on a page after the first.
func (s *sheet) top() float64 { return margin + 9 }

// newPage begins a page that says whose it is.
func (s *sheet) newPage() {
	s.pdf.AddPage()
	s.put(margin, margin, s.glyphs.fit(s.doc.Title), style{8, true, s.doc.Accent})
	s.putRight(s.w-margin, margin, s.glyphs.fit(s.doc.Number), small)
	s.rule(margin+2.5, hairline)
	s.y = s.top()
}

// use makes st the look of what is drawn.
func (s *sheet) use(st style) {
	face := ""
	if st.bold {
		face = "B"
	}
	s.pdf.SetFont("noto", face, st.size)
	s.pdf.SetTextColor(int(st.color.R), int(st.color.G), int(st.color.B))
}

// put draws one line of fitted text on a base line.
func (s *sheet) put(x, base float64, text string, st style) {
	if text == "" {
		return
	}
	s.use(st)
	s.pdf.Text(x, base, text)
}

// putRight is put with the line's end at x.
func (s *sheet) putRight(x, base float64, text string, st style) {
	s.use(st)
	s.put(x-s.pdf.GetStringWidth(text), base, text, st)
}

// lines breaks text to a width: at spaces, and within words that are wider.
func (s *sheet) lines(text string, width float64, st style) []string {
	s.use(st)
	var out []string
	for para := range strings.SplitSeq(s.glyphs.fit(text), "\n") {
		line := ""
		for word := range strings.FieldsSeq(para) {
			if line != "" && s.pdf.GetStringWidth(line+" "+word) <= width {
				line += " " + word
				continue
			}
			if line != "" {
				out = append(out, line)
			}
			line = word
			for s.pdf.GetStringWidth(line) > width && utf8.RuneCountInString(line) > 1 {
				n := s.fitting(line, width)
				out, line = append(out, line[:n]), line[n:]
			}
		}
		out = append(out, line)
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

// fitting returns how many bytes of a word fit into a width; at least its first character.
func (s *sheet) fitting(word string, width float64) int {
	n := 0
	for i, r := range word {
		if i > 0 && s.pdf.GetStringWidth(word[:i+utf8.RuneLen(r)]) > width {
			break
		}
		n = i + utf8.RuneLen(r)
	}
	return n
}

// flow sets text in lines from y on, over as many pages as it takes.
func (s *sheet) flow(x, width float64, text string, st style) {
	for _, line := range s.lines(text, width, st) {
		s.need(st.line())
		s.put(x, s.y+st.size*point*1.05, line, st)
		s.y += st.line()
	}
}

// draw sets lines with their top at y, on this page, and returns their height.
func (s *sheet) draw(x, y float64, lines []string, st style) float64 {
	for i, line := range lines {
		s.put(x, y+float64(i)*st.line()+st.size*point*1.05, line, st)
	}
	return float64(len(lines)) * st.line()
}

func (s *sheet) rule(y float64, c Color) { s.stroke(margin, y, s.w-margin, y, 0.2, c) }

func (s *sheet) stroke(x1, y1, x2, y2, width float64, c Color) {
	s.pdf.SetDrawColor(int(c.R), int(c.G), int(c.B))
	s.pdf.SetLineWidth(width)
	s.pdf.Line(x1, y1, x2, y2)
}

func (s *sheet) fill(x, y, w, h, radius float64, c Color) {
	s.pdf.SetFillColor(int(c.R), int(c.G), int(c.B))
	if radius == 0 {
		s.pdf.Rect(x, y, w, h, "F")
		return
	}
	s.pdf.RoundedRect(x, y, w, h, radius, "1234", "F")
}

// image draws a picture of w by h.
func (s *sheet) image(p *Picture, x, y, w, h float64) {
	name := fmt.Sprintf("%x", sha256.Sum256(p.data)) // the same picture is kept once
	o := fpdf.ImageOptions{ImageType: p.kind}
	s.pdf.RegisterImageOptionsReader(name, o, bytes.NewReader(p.data))
	s.pdf.ImageOptions(name, x, y, w, h, false, o, 0, "")
}

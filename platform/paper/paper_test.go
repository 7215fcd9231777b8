package paper_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"truckroll/platform/paper"
)

// photo draws a picture as a camera would take it.
func photo(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// scrawl draws a line on nothing, as a signature pad does.
func scrawl(t testing.TB) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 400, 140))
	for x := range 360 {
		y := 70 + int(40*float64((x*x/97)%100-50)/50)
		for d := range 4 {
			img.Set(20+x, y+d, color.NRGBA{10, 20, 90, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func picture(t testing.TB, data []byte) *paper.Picture {
	t.Helper()
	p, err := paper.ReadPicture(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func sample(t testing.TB) *paper.Document {
	sign, err := paper.ReadDrawing(bytes.NewReader(scrawl(t)))
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("Der Verdichter wurde geprüft; die Drücke sind in Ordnung. ", 14)
	d := &paper.Document{
		Title: "Servicebericht", Number: "SRPT-0007", Subtitle: "Wartung der Kälteanlage, Προληπτική συντήρηση, Обслуживание", Language: "de-DE", Accent: paper.DefaultAccent,
		From: []string{"Muster Kältetechnik GmbH", "Hauptstraße 1", "10115 Berlin"}, Foot: "Muster Kältetechnik GmbH · +49 30 123456", Made: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		Words: paper.Words{PageOf: "Seite %d von %d", Unprintable: "Einige Zeichen dieses Berichts lassen sich nicht drucken."},
	}
	steps := paper.Checklist{{Name: "Wartungsplan"}}
	for i := range 30 {
		s := paper.Step{Mark: paper.Mark(i % 4), Name: fmt.Sprintf("Schritt %d: Sichtprüfung der Anlage und der Anschlüsse", i+1), Answer: "3,5 bar"}
		if i%5 == 2 {
			s.Flag = "Außerhalb der Grenzen (4 bis 6 bar)"
		}
		if i%6 == 1 {
			s.Pictures = []paper.Picture{*picture(t, photo(t, 640, 480)), *picture(t, photo(t, 300, 500))}
		}
		steps[0].Steps = append(steps[0].Steps, s)
	}
	steps[0].Steps = append(steps[0].Steps, paper.Step{Mark: paper.Done, Name: "Bemerkungen", Answer: long})
	parts := paper.Table{
		Columns: []paper.Column{{Title: "Artikel", Weight: 4}, {Title: "Menge", Right: true}, {Title: "Preis", Weight: 1.4, Right: true}, {Title: "Betrag", Weight: 1.5, Right: true}},
		Totals:  []paper.Total{{Label: "Zwischensumme", Value: "1.234,50 €"}, {Label: "Steuer", Value: "234,56 €"}, {Label: "Gesamt", Value: "1.469,06 €", Strong: true}},
	}
	for i := range 40 {
		parts.Rows = append(parts.Rows, []string{fmt.Sprintf("Ersatzteil %d", i+1), "2", "12,50 €", "25,00 €"})
	}
	parts.Rows = append(parts.Rows, []string{strings.Repeat(long, 6), "1", "9,00 €", "9,00 €"})
	d.Sections = []paper.Section{
		{Heading: "Kunde", Block: paper.Facts{{"Kunde", "Charité"}, {"Ansprechpartner", "Herr Łukasz Ångström"}, {"Anschrift", "Charitéplatz 1\n10117 Berlin"}, {"Anlage", "Kältemaschine 4"}, {"Bericht", long}}},
		{Heading: "Checkliste", Block: steps},
		{Heading: "Material", Block: parts},
		{Heading: "Anmerkung", Block: paper.Text("שלום 漢字 😀")},
		{Heading: "Unterschriften", Block: paper.Signatures{{Role: "Kunde", Name: "Eva Muster", Where: "Berlin, 02.03.2026 10:15", Picture: sign}, {Role: "Techniker"}}},
	}
	return d
}

func pdf(t testing.TB, d *paper.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := paper.PDF(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSameDocumentSameBytes(t *testing.T) {
	d := sample(t)
	if !bytes.Equal(pdf(t, d), pdf(t, d)) {
		t.Error("two PDFs of one document differ")
	}
	var a, b bytes.Buffer
	if err := errors.Join(paper.HTML(&a, d), paper.HTML(&b, d)); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("two pages of one document differ: %v", err)
	}
}

// text returns what a reader finds in a PDF; the test is skipped where there is no reader.
func text(t *testing.T, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("PAPER_KEEP"); dir != "" { // to look at
		if err := os.WriteFile(filepath.Join(dir, t.Name()+".pdf"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if q, err := exec.LookPath("qpdf"); err == nil {
		if out, err := exec.Command(q, "--check", file).CombinedOutput(); err != nil {
			t.Errorf("qpdf: %v\n%s", err, out)
		}
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("no pdftotext here")
	}
	out, err := exec.Command(tool, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestTextOfThePDF(t *testing.T) {
	got := text(t, pdf(t, sample(t)))
	for _, want := range []string{"Servicebericht", "SRPT-0007", "Προληπτική συντήρηση", "Обслуживание", "Łukasz Ångström", "Schritt 30: Sichtprüfung", "Außerhalb der Grenzen",
		"Ersatzteil 40", "1.469,06 €", "Eva Muster", "Einige Zeichen dieses Berichts", "\uFFFD\uFFFD\uFFFD\uFFFD \uFFFD\uFFFD \uFFFD"} {
		if !strings.Contains(got, want) {
			t.Errorf("the PDF lacks %q", want)
		}
	}
	pages := strings.Count(got, "\f")
	if last := fmt.Sprintf("Seite %d von %d", pages, pages); !strings.Contains(got, last) {
		t.Errorf("the PDF lacks %q", last)
	}
	if n := strings.Count(got, "Artikel"); n < 3 {
		t.Errorf("the titles of a table over several pages stand %d times", n)
	}
	// Nothing runs over the edge: 92 repetitions of the sentence are all there.
	if n := strings.Count(strings.Join(strings.Fields(got), " "), "Verdichter"); n != 14*8 {
		t.Errorf("%d of %d long sentences are there", n, 14*8)
	}
}

func TestHTMLHasNoLifeOfItsOwn(t *testing.T) {
	d := sample(t)
	d.Title = `<script>alert(1)</script>`
	d.Sections = append(d.Sections, paper.Section{Heading: `"><img src=x onerror=alert(1)>`, Block: paper.Text("a\x00b\u202Ec")})
	var b bytes.Buffer
	if err := paper.HTML(&b, d); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, never := range []string{"<script", "<img src=x", "\x00", "\u202E", "ZgotmplZ"} {
		if strings.Contains(page, never) {
			t.Errorf("the page holds %q", never)
		}
	}
	for _, want := range []string{"שלום 漢字 😀", "Ersatzteil 40", "data:image/png;base64,", "data:image/jpeg;base64,", "abc"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestPictures(t *testing.T) {
	if p := picture(t, photo(t, 4000, 3000)); p.Width != 900 || p.Height != 675 {
		t.Errorf("a large photo became %d × %d", p.Width, p.Height)
	}
	for name, data := range map[string][]byte{"text": []byte("not a picture"), "nothing": nil, "half": photo(t, 400, 300)[:500], "huge": hugePNG(t)} {
		if _, err := paper.ReadPicture(bytes.NewReader(data)); !errors.Is(err, paper.ErrPicture) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// hugePNG is a small file that says it is 50,000 pixels wide and high.
func hugePNG(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	copy(data[16:], []byte{0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50})
	copy(data[29:], []byte{0x4B, 0x8E, 0x7C, 0x30}) // its checksum need not hold: the size is looked at first
	return data
}

// TestUpright reads a photo that a camera took with its right side down.
func TestUpright(t *testing.T) {
	data := photo(t, 400, 200)
	exif := []byte{0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0}
	turned := append(append(bytes.Clone(data[:2]), exif...), data[2:]...)
	if p := picture(t, turned); p.Width != 200 || p.Height != 400 {
		t.Errorf("the photo is %d × %d", p.Width, p.Height)
	}
}

func TestParseColor(t *testing.T) {
	for in, want := range map[string]string{"#0b5c8e": "#0b5c8e", "#FFFFFF": "#ffffff", "red": "", "": "", "#12345": "", "#12345g": ""} {
		c, err := paper.ParseColor(in)
		if want == "" != (err != nil) || want != "" && c.String() != want {
			t.Errorf("%q: %v, %v", in, c, err)
		}
	}
}

func FuzzReadPicture(f *testing.F) {
	f.Add(photo(f, 40, 30))
	f.Add(scrawl(f))
	f.Add(append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8}, make([]byte, 30)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := paper.ReadPicture(bytes.NewReader(data))
		if err == nil && (p.Width < 1 || p.Height < 1 || p.Width > 900 || p.Height > 900) {
			t.Errorf("a picture of %d × %d", p.Width, p.Height)
		}
	})
}

func BenchmarkPDF(b *testing.B) {
	d := sample(b)
	for b.Loop() {
		pdf(b, d)
	}
}

// BenchmarkReadPicture reads a photo of 12 megapixels.
func BenchmarkReadPicture(b *testing.B) {
	data := photo(b, 4000, 3000)
	for b.Loop() {
		picture(b, data)
	}
}

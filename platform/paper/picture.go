package paper

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // decoders of what phones, scanners and drawing programs make
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

const (
	// MaxPixels is how large a picture may be that is read: 40 megapixels.
	MaxPixels = 40_000_000

	maxPicture = 32 << 20 // bytes
	photoSide  = 900      // pixels of the longer side of a photo that is set
	quality    = 82
)

// ErrPicture is returned for what is not a picture, or too large a one.
var ErrPicture = errors.New("not a picture that can be printed")

// Picture is a picture that can be set: small enough, upright, and nothing but its pixels.
type Picture struct {
	Width, Height int
	data          []byte
	kind          string // "JPG" or "PNG"
}

// ReadPicture reads a photo as JPEG, PNG, GIF or WebP. Its size is looked at before it is decoded; it is scaled down
// to what paper can show, turned as its camera says, and loses everything else that its file told, such as the place.
func ReadPicture(r io.Reader) (*Picture, error) {
	img, err := decode(r)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	return &Picture{img.Bounds().Dx(), img.Bounds().Dy(), b.Bytes(), "JPG"}, nil
}

// ReadDrawing is [ReadPicture] for logos and signatures: their lines stay sharp.
func ReadDrawing(r io.Reader) (*Picture, error) {
	img, err := decode(r)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, err
	}
	return &Picture{img.Bounds().Dx(), img.Bounds().Dy(), b.Bytes(), "PNG"}, nil
}

// decode returns a picture on white, upright, and scaled down.
func decode(r io.Reader) (*image.RGBA, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxPicture+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxPicture {
		return nil, fmt.Errorf("%w: it has more than %d MiB", ErrPicture, maxPicture>>20)
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPicture, err)
	}
	if c.Width < 1 || c.Height < 1 || c.Width*c.Height > MaxPixels {
		return nil, fmt.Errorf("%w: it has %d × %d pixels; %d megapixels are the most", ErrPicture, c.Width, c.Height, MaxPixels/1_000_000)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPicture, err)
	}
	return turn(shrink(img), orientation(data)), nil
}

// shrink draws a picture on white, no larger than paper can show. It goes by way of twice that size: halving averages
// pixels exactly, which costs far less time and memory than a filter over a whole photo.
func shrink(img image.Image) *image.RGBA {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	long := max(w, h)
	if long > 2*photoSide {
		img = scaled(img, max(1, w*2*photoSide/long), max(1, h*2*photoSide/long))
	}
	if long > photoSide {
		w, h = max(1, w*photoSide/long), max(1, h*photoSide/long)
	}
	return scaled(img, w, h)
}

// scaled draws a picture on white with another size.
func scaled(img image.Image, w, h int) *image.RGBA {
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(to, to.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(to, to.Bounds(), img, img.Bounds(), draw.Over, nil)
	return to
}

// turn sets a picture upright that was taken in one of the eight ways of EXIF.
func turn(img *image.RGBA, way int) *image.RGBA {
	if way < 2 || way > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if way >= 5 {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range to.Bounds().Dy() {
		for x := range to.Bounds().Dx() {
			u, v := x, y
			if way >= 5 {
				u, v = y, x
			}
			if way == 2 || way == 3 || way == 7 || way == 8 {
				u = w - 1 - u
			}
			if way == 3 || way == 4 || way == 6 || way == 7 {
				v = h - 1 - v
			}
			to.SetRGBA(x, y, img.RGBAAt(u, v))
		}
	}
	return to
}

// dataURI returns the picture as part of a page.
func (p *Picture) dataURI() string {
	kind := "image/jpeg"
	if p.kind == "PNG" {
		kind = "image/png"
	}
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(p.data)
}

// within returns the size of the picture that fits into a box, never enlarged beyond 96 points an inch in millimetres.
func (p *Picture) within(w, h float64) (float64, float64) {
	const mm = 25.4 / 96
	pw, ph := float64(p.Width)*mm, float64(p.Height)*mm
	scale := min(1, w/pw, h/ph)
	return pw * scale, ph * scale
}

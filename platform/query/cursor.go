package query

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"truckroll/platform/schema"
)

// Cursors makes and reads the locators of next pages. A locator holds the query and where its next page begins, sealed
// so that nobody can read or change it, and bound to the user who asked. It looks like 01g…-2000, where 2000 is the
// number of the records before it, and is valid for two days on every server that has the same secret.
type Cursors struct {
	seal cipher.AEAD
	now  func() time.Time
}

const (
	cursorLife   = 48 * time.Hour
	cursorPrefix = "01g"
	maxCursor    = 14_000 // characters; a longer one would not fit into an address
)

// cursorText is base64 in characters that are safe in an address, without the dash that parts the offset.
var cursorText = base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~").WithPadding(base64.NoPadding)

// NewCursors returns Cursors that seal by a secret, which may have any length from 16 bytes.
func NewCursors(secret []byte, now func() time.Time) (*Cursors, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "query locators", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	seal, err := cipher.NewGCM(block)
	return &Cursors{seal, now}, err
}

// cursor is where a page begins.
type cursor struct {
	Text    string    `json:"q"`
	Deleted bool      `json:"d,omitempty"`
	Issued  int64     `json:"t"` // seconds
	Offset  int       `json:"n"` // records before it
	Total   int       `json:"s"`
	Batch   int       `json:"b"`
	After   []keyText `json:"k"`
	Set     []int     `json:"c,omitempty"` // the set of children, by its place at each level
	Parent  string    `json:"p,omitempty"` // whose children
}

// keyText is a sort key; at most one of its fields is set.
type keyText struct {
	S *string  `json:"s,omitempty"`
	I *int64   `json:"i,omitempty"`
	F *float64 `json:"f,omitempty"`
	B *bool    `json:"b,omitempty"`
}

func keyTexts(keys []any) []keyText {
	out := make([]keyText, len(keys))
	for i, k := range keys {
		switch k := k.(type) {
		case string:
			out[i].S = &k
		case int64:
			out[i].I = &k
		case float64:
			out[i].F = &k
		case bool:
			out[i].B = &k
		}
	}
	return out
}

func (k keyText) key() any {
	switch {
	case k.S != nil:
		return *k.S
	case k.I != nil:
		return *k.I
	case k.F != nil:
		return *k.F
	case k.B != nil:
		return *k.B
	}
	return nil
}

// keys is what the page begins after; nil at the beginning.
func (c *cursor) keys() []any {
	var out []any
	for _, k := range c.After {
		out = append(out, k.key())
	}
	return out
}

// locator seals c for a user.
func (cs *Cursors) locator(c cursor, user schema.Id) (string, error) {
	c.Issued = cs.now().Unix()
	plain, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	var packed bytes.Buffer
	z, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		return "", err
	}
	if _, err := z.Write(plain); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	nonce := make([]byte, cs.seal.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return "", err
	}
	text := cursorPrefix + cursorText.EncodeToString(cs.seal.Seal(nonce, nonce, packed.Bytes(), []byte(user))) + "-" + strconv.Itoa(c.Offset)
	if len(text) > maxCursor {
		return "", schema.Refuse(CodeComplicated, "The query is too long to be answered in several pages. Shorten its lists of values, or give it a LIMIT that one page can hold.")
	}
	return text, nil
}

// open reads a locator that was made for the user.
func (cs *Cursors) open(locator string, user schema.Id) (*cursor, error) {
	body, _, _ := strings.Cut(strings.TrimPrefix(locator, cursorPrefix), "-")
	sealed, err := cursorText.DecodeString(body)
	if err != nil || len(locator) > maxCursor || len(sealed) < cs.seal.NonceSize() {
		return nil, errLocator()
	}
	nonce, sealed := sealed[:cs.seal.NonceSize()], sealed[cs.seal.NonceSize():]
	packed, err := cs.seal.Open(nil, nonce, sealed, []byte(user))
	if err != nil {
		return nil, errLocator()
	}
	var c cursor
	if err := json.NewDecoder(flate.NewReader(bytes.NewReader(packed))).Decode(&c); err != nil && err != io.EOF {
		return nil, errLocator()
	}
	if age := cs.now().Sub(time.Unix(c.Issued, 0)); age > cursorLife || age < -time.Hour {
		return nil, errLocator()
	}
	return &c, nil
}

func errLocator() error {
	return schema.Refuse(CodeLocator, "The query locator is not valid: it was not made here for you, or is older than two days. Ask the query again.")
}

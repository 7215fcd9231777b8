package audit

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

const (
	keySize   = 32
	nonceSize = 12
)

// SiteKey wraps the keys that values are sealed under. It is kept outside of the database.
type SiteKey [keySize]byte

// LoadKey reads the site key from a file of 64 hexadecimal digits. A file that is missing is made, for its owner alone.
func LoadKey(file string) (SiteKey, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return makeKey(file)
	}
	if err != nil {
		return SiteKey{}, fmt.Errorf("audit key: %w", err)
	}
	b, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(b) != keySize {
		return SiteKey{}, fmt.Errorf("audit key: %s does not hold 64 hexadecimal digits; put back the file that the database was used with", file)
	}
	return SiteKey(b), nil
}

func makeKey(file string) (SiteKey, error) {
	var k SiteKey
	rand.Read(k[:])
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return k, fmt.Errorf("audit key: %w", err)
	}
	_, err = f.WriteString(hex.EncodeToString(k[:]) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return k, fmt.Errorf("audit key: %w", err)
	}
	return k, nil
}

// aead returns AES-256-GCM under key.
func aead(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// seal encrypts text, which belongs to what about says.
func seal(a cipher.AEAD, nonce, text, about []byte) []byte {
	out := make([]byte, nonceSize, nonceSize+len(text)+a.Overhead())
	copy(out, nonce)
	return a.Seal(out, nonce, text, about)
}

// unseal decrypts what seal made.
func unseal(a cipher.AEAD, sealed, about []byte) ([]byte, error) {
	if len(sealed) < nonceSize {
		return nil, errors.New("the sealed values are cut short")
	}
	return a.Open(nil, sealed[:nonceSize], sealed[nonceSize:], about)
}

// payload is what is sealed beside an entry, after its seed.
type payload struct {
	Fields [][3]json.RawMessage `json:"f,omitempty"` // name, old, new
	Reason string               `json:"reason,omitempty"`
}

// payload writes the values of e behind the seed.
func (e *Entry) payload(seed []byte) []byte {
	b := append(make([]byte, 0, 64+64*len(e.Fields)), seed...)
	b = append(b, `{"f":[`...)
	for i, f := range e.Fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(append(b, '['), f.Name), ',')
		b = append(append(b, orNull(f.Old)...), ',')
		b = append(append(b, orNull(f.New)...), ']')
	}
	b = append(b, ']')
	if e.Reason.Text != "" {
		b = appendString(append(b, `,"reason":`...), e.Reason.Text)
	}
	return append(b, '}')
}

func orNull(value []byte) []byte {
	if value == nil {
		return []byte("null")
	}
	return value
}

// readPayload reads what payload wrote.
func readPayload(b []byte) (seed []byte, p payload, err error) {
	if len(b) < keySize {
		return nil, p, errors.New("the values have no seed")
	}
	return b[:keySize], p, json.Unmarshal(b[keySize:], &p)
}

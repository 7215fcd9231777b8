package schema

import (
	"errors"
	"strings"
)

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// ErrId is returned for text that cannot be the id of a record.
var ErrId = errors.New("not a record id of 15 or 18 characters")

// MakeId returns the 18-character id of the n-th record of the object with the given key prefix.
func MakeId(prefix string, n uint64) Id {
	b := [15]byte{3: '0', 4: '0', 5: '0'}
	copy(b[:3], prefix)
	for i := 14; i >= 6; i-- {
		b[i] = base62[n%62]
		n /= 62
	}
	return Id(string(b[:]) + checksum(string(b[:])))
}

// ParseId reads an id of 15 or 18 characters and returns its 18-character form.
func ParseId(s string) (Id, error) {
	if len(s) != 15 && len(s) != 18 {
		return "", ErrId
	}
	for i := range len(s) {
		if !alphanumeric(s[i]) {
			return "", ErrId
		}
	}
	sum := checksum(s[:15])
	if len(s) == 18 && !strings.EqualFold(s[15:], sum) {
		return "", ErrId
	}
	return Id(s[:15] + sum), nil
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// checksum returns the three characters that make a 15-character id safe where case is lost.
func checksum(s string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
	var sum [3]byte
	for part := range 3 {
		bits := 0
		for i := range 5 {
			if c := s[part*5+i]; 'A' <= c && c <= 'Z' {
				bits |= 1 << i
			}
		}
		sum[part] = alphabet[bits]
	}
	return string(sum[:])
}

// Prefix returns the key prefix of id, which tells its object; "" when id is too short.
func (id Id) Prefix() string {
	if len(id) < 3 {
		return ""
	}
	return string(id[:3])
}

// Short returns the 15-character form of id.
func (id Id) Short() string { return string(id[:min(15, len(id))]) }

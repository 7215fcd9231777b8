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

// ParseId reads an id of 15 or 18 characters and returns its 18-character form. The last three characters of 18 say
// which letters are capitals, so that an id that lost its case on the way is read as it was.
func ParseId(s string) (Id, error) {
	if len(s) != 15 && len(s) != 18 {
		return "", ErrId
	}
	for i := range len(s) {
		if !alphanumeric(s[i]) {
			return "", ErrId
		}
	}
	if len(s) == 15 {
		return Id(s + checksum(s)), nil
	}
	return restoreCase(s)
}

// restoreCase gives the first 15 characters of s the case that the last three tell.
func restoreCase(s string) (Id, error) {
	b := []byte(s)
	for part := range 3 {
		b[15+part] = upper(s[15+part])
		bits := strings.IndexByte(capitals, b[15+part])
		if bits < 0 {
			return "", ErrId
		}
		for i := part * 5; i < part*5+5; i++ {
			capital := bits&(1<<(i-part*5)) != 0
			switch {
			case b[i] <= '9' && capital:
				return "", ErrId
			case b[i] <= '9':
			case capital:
				b[i] = upper(b[i])
			default:
				b[i] |= 0x20
			}
		}
	}
	return Id(b), nil
}

func upper(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - 0x20
	}
	return c
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// capitals are the 32 signs for which of five characters are capital letters, the first in the lowest bit.
const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

// checksum returns the three characters that make a 15-character id safe where case is lost.
func checksum(s string) string {
	var sum [3]byte
	for part := range 3 {
		bits := 0
		for i := range 5 {
			if c := s[part*5+i]; 'A' <= c && c <= 'Z' {
				bits |= 1 << i
			}
		}
		sum[part] = capitals[bits]
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

package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"strings"
)

// sealer keeps secrets that have to be read again, as opposed to those of which a hash is enough: AES-256-GCM under a
// key that is derived from the installation's secret.
type sealer struct {
	aead cipher.AEAD
	root []byte
}

func newSealer(secret []byte) (*sealer, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "truckroll second factor", 32)
	if err != nil {
		return nil, err
	}
	root, err := hkdf.Key(sha256.New, secret, nil, "truckroll first run", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &sealer{aead, root}, err
}

// seal returns plain so that only open can read it, and only for the same owner.
func (s *sealer) seal(plain []byte, owner string) []byte {
	return s.aead.Seal(nil, nil, plain, []byte(owner))
}

// errSealed is returned when a sealed secret can't be read: the installation's secret is another one.
var errSealed = errors.New("the secret of a second factor can't be opened: the installation's secret has changed since it was set up")

func (s *sealer) open(sealed []byte, owner string) ([]byte, error) {
	plain, err := s.aead.Open(nil, nil, sealed, []byte(owner))
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

// firstCode is the code that proves, to a server without users, that who asks can read its log: the same on every node,
// and with every start.
func (s *sealer) firstCode() string {
	mac := hmac.New(sha256.New, s.root)
	mac.Write([]byte("set-up code"))
	return grouped(mac.Sum(nil), 3)
}

// grouped writes bytes, two for each letter, as groups of four letters that people can type.
func grouped(b []byte, groups int) string {
	var out []byte
	for i := range groups * 4 {
		if i > 0 && i%4 == 0 {
			out = append(out, '-')
		}
		n := int(b[2*i])<<8 | int(b[2*i+1])
		out = append(out, userAlphabet[n%len(userAlphabet)])
	}
	return string(out)
}

// ungrouped undoes how people write such a code.
func ungrouped(s string) string {
	return strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(strings.TrimSpace(s)))
}

package org

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"

	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// EndSessions ends all sessions, tokens, codes and sign-ins under way of a user.
func EndSessions(tx *store.Tx, user schema.Id) error {
	for _, table := range []string{"oauth_token", "oauth_code", "session", "sign_in_ticket"} {
		if _, err := tx.Exec(`DELETE FROM `+table+` WHERE user_id = ?`, string(user)); err != nil {
			return err
		}
	}
	return nil
}

// NewClientId returns a consumer key, by which a connected app names itself.
func NewClientId() string {
	var b [32]byte
	rand.Read(b[:]) // never fails: the program ends when the system has no randomness
	return "3MVG9" + strings.ReplaceAll(base64.RawURLEncoding.EncodeToString(b[:]), "-", ".")
}

// fillApplication gives a connected app its consumer key, and refuses a certificate that nothing could be verified with.
func fillApplication(_ *record.Tx, c *record.Change[ConnectedApplication]) error {
	if c.New.ClientId == "" {
		c.New.ClientId = NewClientId()
	}
	if c.New.Certificate == "" || c.New.Certificate == c.Old.Certificate {
		return nil
	}
	block, _ := pem.Decode([]byte(c.New.Certificate))
	var err error
	switch {
	case block == nil:
	case block.Type == "CERTIFICATE":
		_, err = x509.ParseCertificate(block.Bytes)
	default:
		_, err = x509.ParsePKIXPublicKey(block.Bytes)
	}
	if block == nil || err != nil {
		return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", "the certificate is not an X.509 certificate or public key in PEM", "Certificate")
	}
	return nil
}

// followApplication ends the tokens of a connected app that may not be used any more.
func followApplication(tx *record.Tx, c record.Change[ConnectedApplication]) error {
	if c.New.IsActive || c.Insert {
		return nil
	}
	return endApplication(tx, c.New)
}

func endApplication(tx *record.Tx, app *ConnectedApplication) error {
	_, err := tx.Store().Exec(`DELETE FROM oauth_token WHERE client = ?`, app.ClientId)
	return err
}

package auth

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"truckroll/platform/store"
)

// keyring holds the keys that identity tokens are signed with: RS256, which every OpenID client must know. The first
// key is made when it is first needed.
type keyring struct {
	mu   sync.Mutex
	keys []signingKey // newest first
}

type signingKey struct {
	id  string
	key *rsa.PrivateKey
}

// signingKeys returns the keys, newest first. Another node may have made one meanwhile; it is found when this one
// starts anew, or has none yet.
func (a *Auth) signingKeys(ctx context.Context) ([]signingKey, error) {
	a.keys.mu.Lock()
	defer a.keys.mu.Unlock()
	if len(a.keys.keys) > 0 {
		return a.keys.keys, nil
	}
	fresh, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	var keys []signingKey
	err = a.db.Write(ctx, func(tx *store.Tx) (err error) {
		if keys, err = readKeys(tx); err != nil || len(keys) > 0 {
			return err
		}
		keys = []signingKey{{keyId(fresh), fresh}}
		der, err := x509.MarshalPKCS8PrivateKey(fresh)
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO oauth_key (id, private, created) VALUES (?, ?, ?)`, keys[0].id, der, tx.DB().Now().UnixMilli())
		return err
	})
	if err == nil {
		a.keys.keys = keys
	}
	return keys, err
}

func readKeys(tx *store.Tx) ([]signingKey, error) {
	rows, err := tx.Query(`SELECT id, private FROM oauth_key ORDER BY created DESC, id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var keys []signingKey
	for rows.Next() {
		var id string
		var der []byte
		if err := rows.Scan(&id, &der); err != nil {
			return nil, err
		}
		key, err := x509.ParsePKCS8PrivateKey(der)
		if err != nil {
			return nil, err
		}
		if key, ok := key.(*rsa.PrivateKey); ok {
			keys = append(keys, signingKey{id, key})
		}
	}
	return keys, rows.Err()
}

// keyId names a key by its public half.
func keyId(key *rsa.PrivateKey) string {
	sum := sha256.Sum256(x509.MarshalPKCS1PublicKey(&key.PublicKey))
	return hex.EncodeToString(sum[:8])
}

// jwks answers GET /id/keys with the public keys.
func (a *Auth) jwks(w http.ResponseWriter, r *http.Request) {
	keys, err := a.signingKeys(r.Context())
	if err != nil {
		a.fail(w, r, err)
		return
	}
	set := jose.JSONWebKeySet{Keys: []jose.JSONWebKey{}}
	for _, k := range keys {
		set.Keys = append(set.Keys, jose.JSONWebKey{Key: &k.key.PublicKey, KeyID: k.id, Algorithm: string(jose.RS256), Use: "sig"})
	}
	answer(w, http.StatusOK, set)
}

// idToken returns a signed statement of who signed in, for the app.
func (a *Auth) idToken(r *http.Request, client string, k *consented, access string) (string, error) {
	keys, err := a.signingKeys(r.Context())
	if err != nil {
		return "", err
	}
	options := (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", keys[0].id)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: keys[0].key}, options)
	if err != nil {
		return "", err
	}
	organization, err := a.people.Organization(r.Context())
	if err != nil {
		return "", err
	}
	now, origin, hash := a.now(), a.origin(r), sha256.Sum256([]byte(access))
	claims := map[string]any{
		"iss": origin, "aud": client, "sub": origin + "/id/" + string(organization.Id) + "/" + string(k.person.Id),
		"iat": now.Unix(), "exp": now.Add(2 * time.Minute).Unix(), "auth_time": k.since.Unix(),
		"at_hash": base64.RawURLEncoding.EncodeToString(hash[:16]),
	}
	if k.nonce != "" {
		claims["nonce"] = k.nonce
	}
	for _, s := range strings.Fields(k.scope) {
		if s == "email" {
			claims["email"] = k.person.Email
		}
		if s == "profile" {
			claims["name"], claims["preferred_username"] = k.person.Name, k.person.Username
		}
	}
	return jwt.Signed(signer).Claims(claims).Serialize()
}

// discovery answers GET /.well-known/openid-configuration.
func (a *Auth) discovery(w http.ResponseWriter, r *http.Request) {
	origin := a.origin(r)
	answer(w, http.StatusOK, map[string]any{
		"issuer":                                         origin,
		"authorization_endpoint":                         origin + "/services/oauth2/authorize",
		"token_endpoint":                                 origin + "/services/oauth2/token",
		"revocation_endpoint":                            origin + "/services/oauth2/revoke",
		"introspection_endpoint":                         origin + "/services/oauth2/introspect",
		"userinfo_endpoint":                              origin + "/services/oauth2/userinfo",
		"jwks_uri":                                       origin + "/id/keys",
		"scopes_supported":                               []string{"api", "full", "web", "refresh_token", "offline_access", "openid", "profile", "email", "id"},
		"response_types_supported":                       []string{"code"},
		"response_modes_supported":                       []string{"query"},
		"grant_types_supported":                          []string{"authorization_code", "refresh_token", "client_credentials", "password", bearerGrant, "urn:ietf:params:oauth:grant-type:device_code"},
		"subject_types_supported":                        []string{"public"},
		"id_token_signing_alg_values_supported":          []string{string(jose.RS256)},
		"token_endpoint_auth_methods_supported":          []string{"client_secret_post", "client_secret_basic", "none"},
		"code_challenge_methods_supported":               []string{"S256"},
		"claims_supported":                               []string{"sub", "iss", "aud", "iat", "exp", "auth_time", "nonce", "at_hash", "name", "preferred_username", "email"},
		"authorization_response_iss_parameter_supported": true,
	})
}

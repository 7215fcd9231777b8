package app

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// Config is what is set from outside, by flags or by environment variables that begin with TRUCKROLL_. All else is a
// record.
type Config struct {
	Data     string   `default:"truckroll-data" env:"TRUCKROLL_DATA" type:"path" help:"Directory for the database, files and keys." placeholder:"DIR"`
	Database string   `env:"TRUCKROLL_DATABASE" help:"PostgreSQL to use instead of the embedded database: postgres://user@host/name." placeholder:"URL"`
	Secret   string   `env:"TRUCKROLL_SECRET" help:"Secret that seals the cursors of paged answers and second factors, at least 32 characters; without it one is made and kept in the data directory. Several servers on one database need the same." placeholder:"TEXT"`
	BaseURL  string   `env:"TRUCKROLL_BASE_URL" name:"base-url" help:"Address under which clients reach the server, when it is not the one they ask for." placeholder:"URL"`
	Hosts    []string `env:"TRUCKROLL_HOSTS" help:"Further names of this server that clients may ask for." placeholder:"NAME"`
	Proxies  []string `env:"TRUCKROLL_PROXIES" help:"Addresses or networks of proxies that are believed about who asks, by X-Forwarded-For." placeholder:"ADDRESS"`
	Rate     float64  `default:"2000" env:"TRUCKROLL_RATE" help:"Requests a second that one user of one app may send on average; twice as many at once." placeholder:"N"`
	LogLevel string   `default:"info" enum:"debug,info,warn,error" env:"TRUCKROLL_LOG_LEVEL" help:"What to log: debug, info, warn or error." placeholder:"LEVEL"`
	Contact  string   `env:"TRUCKROLL_CONTACT" help:"Whom people are told to ask who can't sign in: a name, an address or a telephone number." placeholder:"TEXT"`

	SMTP SMTPConfig `embed:"" prefix:"smtp-" envprefix:"TRUCKROLL_SMTP_"`
	OIDC OIDCConfig `embed:"" prefix:"oidc-" envprefix:"TRUCKROLL_OIDC_"`
}

// databaseURL returns what the store opens.
func (c *Config) databaseURL() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "truckroll.db")
}

// logger returns the log, on standard error, one line of JSON an entry.
func (c *Config) logger() (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return nil, fmt.Errorf("--log-level: %w", err)
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})), nil
}

// prepare makes the data directory, open to its owner alone.
func (c *Config) prepare() error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("the data directory: %w", err)
	}
	return nil
}

// minSecret is the shortest secret that is accepted from outside.
const minSecret = 32

// secret returns the secret of this installation. It is made once and kept beside the data, readable to the owner
// alone, unless it was given from outside.
func (c *Config) secret() ([]byte, error) {
	if c.Secret != "" {
		if len(c.Secret) < minSecret {
			return nil, fmt.Errorf("--secret: give at least %d characters", minSecret)
		}
		return []byte(c.Secret), nil
	}
	path := filepath.Join(c.Data, "secret")
	data, err := os.ReadFile(path)
	if err == nil {
		return []byte(strings.TrimSpace(string(data))), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the secret: %w", err)
	}
	made := hex.EncodeToString(randomBytes(32))
	return []byte(made), writePrivate(path, []byte(made+"\n"))
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails
	return b
}

// writePrivate writes a file that only its owner can read, whole or not at all.
func writePrivate(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // made with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// Package app puts the house together: it is the only package that knows every room. It lists the objects, the rules,
// the jobs and the actions in order, and holds the commands of the program.
package app

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"truckroll/fieldservice/price"
	"truckroll/fieldservice/report"
	"truckroll/fieldservice/work"
	"truckroll/platform/audit"
	"truckroll/platform/bulk"
	"truckroll/platform/event"
	"truckroll/platform/file"
	"truckroll/platform/history"
	"truckroll/platform/job"
	"truckroll/platform/layout"
	"truckroll/platform/mail"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/server/api"
	"truckroll/server/auth"
	"truckroll/server/live"
)

// House is one organisation, ready to work.
type House struct {
	DB          *store.DB
	Audit       *audit.Log
	Keeper      *record.Keeper
	Directory   *org.Directory
	Definitions *org.Definitions
	Auth        *auth.Auth
	Engine      *query.Engine
	Files       *file.Dir
	API         *api.Server
	Feed        *event.Feed
	Live        *live.Live
	Bulk        *bulk.Bulk
	Queue       *job.Queue[*House]

	config   Config
	log      *slog.Logger
	metrics  *metrics
	proxies  proxies
	now      func() time.Time
	recorder *record.Recorder // of what rules did, in tests; nil is none
	demo     bool             // its records are made up
	mail     *mail.Sender     // nil sends none
	started  time.Time
	draining atomic.Bool // it answers no new requests
}

// Open opens the organisation whose data the configuration names, bringing its database to the form of this program
// and planting an organisation in an empty one.
func Open(ctx context.Context, c Config, log *slog.Logger) (*House, error) {
	return Trial{Now: time.Now}.Open(ctx, c, log)
}

// Trial is how tests open a house: with a clock of their own, and a recorder of what the rules did.
type Trial struct {
	Now      func() time.Time
	Recorder *record.Recorder
}

// Open is [Open] under the conditions of a trial.
func (t Trial) Open(ctx context.Context, c Config, log *slog.Logger) (*House, error) {
	if err := c.prepare(); err != nil {
		return nil, err
	}
	secret, err := c.secret()
	if err != nil {
		return nil, err
	}
	trusted, err := c.proxies()
	if err != nil {
		return nil, err
	}
	h := &House{config: c, log: log, now: t.Now, recorder: t.Recorder, metrics: newMetrics(), proxies: trusted, started: t.Now()}
	if err := h.openStore(ctx); err != nil {
		return nil, err
	}
	if err := h.assemble(ctx, secret); err != nil {
		h.DB.Close()
		return nil, err
	}
	return h, nil
}

// openStore opens the database and lets its tables follow the catalogue.
func (h *House) openStore(ctx context.Context) (err error) {
	h.DB, err = store.Open(ctx, h.config.databaseURL(), store.Options{Now: h.now, Log: h.log, Functions: record.Functions()})
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	if err := h.DB.Migrate(ctx); err != nil {
		h.DB.Close()
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

func (h *House) assemble(ctx context.Context, secret []byte) error {
	catalog, err := Catalog()
	if err != nil {
		return fmt.Errorf("the catalogue: %w", err)
	}
	if err := h.follow(ctx, catalog); err != nil {
		return err
	}
	if err := h.openAudit(); err != nil {
		return err
	}
	if err := h.openFiles(); err != nil {
		return err
	}
	if h.Keeper, err = record.New(record.Options{DB: h.DB, Catalog: catalog, Book: slices.Concat(Rules, org.FileRules(h.Files), report.Rules(h.Files)), Audit: h.Audit, Now: h.now, Recorder: h.recorder}); err != nil {
		return err
	}
	if err := h.define(ctx); err != nil {
		return err
	}
	if err := h.plant(ctx); err != nil {
		return fmt.Errorf("plant the organisation: %w", err)
	}
	if err := h.readMarks(ctx); err != nil {
		return err
	}
	h.Directory = org.NewDirectory(h.DB, h.Keeper.Catalog, Scopes)
	if err := h.openDoor(secret); err != nil {
		return err
	}
	cursors, err := query.NewCursors(secret, h.now)
	if err != nil {
		return err
	}
	named, err := actions(h.Files)
	if err != nil {
		return fmt.Errorf("the actions: %w", err)
	}
	virtuals, err := h.virtuals(&history.Histories{DB: h.DB, Log: h.Audit}, org.Shares{})
	if err != nil {
		return err
	}
	h.Engine = &query.Engine{DB: h.DB, Cursors: cursors, Now: h.now, FiscalStart: h.Directory.FiscalStart, Virtual: virtuals}
	if err := h.prepareBackground(ctx); err != nil {
		return err
	}
	designs, err := layout.NewBook(catalog, Layouts)
	if err != nil {
		return fmt.Errorf("the layouts: %w", err)
	}
	var send func(context.Context, mail.Mail) error
	if h.mail != nil {
		send = h.mail.Send
	}
	h.API = api.New(api.Options{Mail: send, Keeper: h.Keeper, Engine: h.Engine, Directory: h.Directory, Door: h.Auth.Require, Actions: named, Layouts: designs, Files: h.Files, Limits: api.Limits{Rate: h.config.Rate}, Now: h.now, Log: h.log, Version: Version})
	return nil
}

// openDoor prepares how people sign in.
func (h *House) openDoor(secret []byte) (err error) {
	if h.mail, err = h.config.SMTP.open(); err != nil {
		return err
	}
	provider, err := h.config.OIDC.provider()
	if err != nil {
		return err
	}
	h.Auth, err = auth.New(auth.Options{Keeper: h.Keeper, Directory: h.Directory, BaseURL: h.config.BaseURL, Hosts: h.config.Hosts, Now: h.now, Log: h.log,
		Secret: secret, SSO: provider, Contact: h.config.Contact, Founder: founder, Forgot: h.forget()})
	return err
}

// follow lets the tables follow a catalogue.
func (h *House) follow(ctx context.Context, c *schema.Catalog) error {
	report, err := h.DB.Sync(ctx, c)
	if err != nil {
		return fmt.Errorf("let the tables follow the catalogue: %w", err)
	}
	if !report.Empty() {
		h.log.Info("tables follow the catalogue", "tables", len(report.Tables), "columns", len(report.Columns), "indexes", len(report.Indexes), "rescaled", len(report.Rescaled))
	}
	return nil
}

// define extends the catalogue by what administrators have defined. The tables follow it once more, because a new
// version of the program may have other needs of the columns of custom fields.
func (h *House) define(ctx context.Context) (err error) {
	if h.Definitions, err = org.LoadDefinitions(ctx, h.Keeper); err != nil {
		return err
	}
	return h.follow(ctx, h.Keeper.Catalog())
}

// openAudit opens the audit log; the key that its values are sealed under stays beside the data, not in it.
func (h *House) openAudit() error {
	key, err := audit.LoadKey(filepath.Join(h.config.Data, "audit.key"))
	if err != nil {
		return err
	}
	h.Audit, err = audit.Open(h.DB, audit.Options{Name: "truckroll/audit", Node: hex.EncodeToString(randomBytes(4)), Key: key})
	return err
}

// plant gives an empty database its organisation, profiles and settings, and one that is there the permissions that
// were added since.
func (h *House) plant(ctx context.Context) error {
	return h.Keeper.Do(ctx, record.Cause{By: "job", Of: "seed"}, func(tx *record.Tx) error {
		if _, err := org.Plant(tx, seed); err != nil {
			return err
		}
		given, err := org.Grow(tx, seed)
		if err != nil {
			return fmt.Errorf("new permissions: %w", err)
		}
		if len(given) > 0 {
			h.log.Info("profiles got permissions that are new in this version", "given", given)
		}
		return errors.Join(work.Plant(tx), price.Plant(tx), report.Plant(tx))
	})
}

// readMarks reads what is noted about the database as a whole.
func (h *House) readMarks(ctx context.Context) error {
	return h.DB.View(ctx, func(tx *store.Tx) error {
		mark, err := tx.Meta(metaDemo)
		h.demo = mark != ""
		return err
	})
}

// profile returns the id of the named profile.
func (h *House) profile(ctx context.Context, name string) (id schema.Ref[org.Profile], err error) {
	err = h.Keeper.View(ctx, func(v *record.View) error {
		p, err := record.First[org.Profile](v, "Name = ?", name)
		if err == nil && p == nil {
			err = fmt.Errorf("there is no profile %q", name)
		}
		if err == nil {
			id = schema.Ref[org.Profile](p.Id)
		}
		return err
	})
	return id, err
}

// Close ends the house's work and closes its database.
func (h *House) Close() error {
	h.Auth.Wait()
	return errors.Join(h.DB.Close(), h.Files.Close())
}

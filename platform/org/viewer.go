package org

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Directory answers who a user is and what they may do, from the records of the organisation. It keeps what it has
// read until one of these records changes; see [Directory.Viewer].
type Directory struct {
	db      *store.DB
	catalog func() *schema.Catalog
	scopes  []access.Scope

	mu   sync.Mutex
	seen *snapshot // what is known of the newest version that was asked for
}

// snapshot is everything that has been read of one version of the rights, under one catalogue.
type snapshot struct {
	version int64
	catalog *schema.Catalog
	sharing *access.Sharing
	hierarchy
	sets      map[schema.Id]*access.Set // by the id of the permission set
	ofProfile map[schema.Id]schema.Id   // from a profile to its permission set
	currency  string
	fiscal    int // the first month of the fiscal year

	mu      sync.Mutex
	viewers map[schema.Id]seat
}

// seat is a viewer and until when it holds, whatever the version; zero is for ever.
type seat struct {
	grants *access.Grants
	until  time.Time
}

// NewDirectory returns the directory of an organisation. Catalog returns the catalogue as it is at the moment; scopes
// are what rooms open beyond the general sharing.
func NewDirectory(db *store.DB, catalog func() *schema.Catalog, scopes []access.Scope) *Directory {
	return &Directory{db: db, catalog: catalog, scopes: append(ownScopes(catalog), scopes...)}
}

// ErrNoViewer is returned for a user who is not there or not active.
var ErrNoViewer = errors.New("no such user, or the user is not active")

// Viewer returns what a user may do. Whatever decides about that carries a version, which changes in the same
// transaction; Viewer looks at it each time, so that a right that was taken away is gone with the next request, on
// every node.
func (d *Directory) Viewer(ctx context.Context, user schema.Id) (g *access.Grants, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		g, err = d.ViewerIn(tx, user)
		return err
	})
	return g, err
}

// ViewerIn is [Directory.Viewer] as of a transaction that is running.
func (d *Directory) ViewerIn(tx *store.Tx, user schema.Id) (*access.Grants, error) {
	s, err := d.snapshot(tx)
	if err != nil {
		return nil, err
	}
	return s.viewer(tx, user)
}

// snapshot returns the snapshot of the version that tx sees.
func (d *Directory) snapshot(tx *store.Tx) (*snapshot, error) {
	v, err := version(tx)
	if err != nil {
		return nil, err
	}
	c := d.catalog()
	d.mu.Lock()
	s := d.seen
	d.mu.Unlock()
	if s != nil && s.version == v && s.catalog == c {
		return s, nil
	}
	if s, err = d.read(tx, v, c); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.seen == nil || d.seen.version <= v {
		d.seen = s
	}
	return s, nil
}

// viewer returns the grants of a user, from memory if they were asked for before.
func (s *snapshot) viewer(tx *store.Tx, user schema.Id) (*access.Grants, error) {
	s.mu.Lock()
	known := s.viewers[user]
	s.mu.Unlock()
	if known.grants != nil && (known.until.IsZero() || tx.DB().Now().Before(known.until)) {
		return known.grants, nil
	}
	p, until, err := s.readPerson(tx, user)
	if err != nil {
		return nil, err
	}
	g := access.Grant(s.sharing, p)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.viewers[user] = seat{g, until}
	return g, nil
}

// version returns the version of all records that decide about rights.
func version(tx *store.Tx) (int64, error) {
	var v int64
	err := tx.QueryRow(`SELECT version FROM access_version WHERE id = 1`).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return v, err
}

// RightsChanged has every viewer be read anew, once the transaction is done.
func RightsChanged(tx *store.Tx) error {
	_, err := tx.Exec(`INSERT INTO access_version (id, version) VALUES (1, 1)
		ON CONFLICT (id) DO UPDATE SET version = access_version.version + 1`)
	return err
}

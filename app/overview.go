package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"truckroll/platform/job"
	"truckroll/platform/mail"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/server/system"
)

// Overview tells how the server is at a glance.
func (h *House) Overview(ctx context.Context) (*system.Overview, error) {
	o := &system.Overview{Version: Version, Started: h.started, Live: h.Live.Readers(), SSO: h.config.OIDC.Issuer, Address: h.config.BaseURL}
	o.Go, o.Revision = build()
	var err error
	if o.Database, err = h.DB.Engine(ctx); err != nil {
		return nil, err
	}
	if h.mail != nil {
		o.Mail = &system.Mail{Server: h.mail.Server(), From: h.mail.From()}
	}
	most, left := h.API.Requests()
	o.Limits = []system.Limit{{Name: "requests", Most: most, Left: left}}
	err = h.Keeper.View(ctx, func(v *record.View) (err error) {
		if o.Users, err = record.Count[org.User](v, "IsActive = true"); err != nil {
			return err
		}
		return v.Store().QueryRow("SELECT COUNT(*) FROM session WHERE expires > ?", h.now().UnixMilli()).Scan(&o.Sessions)
	})
	if err == nil {
		o.Checks, err = h.checks(ctx)
	}
	return o, err
}

// build tells what the program was built with and of.
func build() (version, revision string) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = s.Value
		}
	}
	return info.GoVersion, revision
}

// checks looks at what should be well, the most important first.
func (h *House) checks(ctx context.Context) ([]system.Check, error) {
	counts, err := h.Queue.Counts(ctx)
	if err != nil {
		return nil, err
	}
	backups, err := h.copies().List()
	if err != nil {
		return nil, err
	}
	return []system.Check{
		{Name: "database", State: system.Well, Text: "The database answers."}, // or nothing of this would have come
		h.checkDisk(),
		checkWork(counts),
		h.checkBackups(backups),
		h.checkMail(),
		h.checkAddress(),
	}, nil
}

// Bounds of what is still well.
const (
	scarce     = 1 << 30 // bytes free on the disk: less is worth a warning
	almostFull = 200 << 20
	oldBackup  = 7 * day
)

func (h *House) checkDisk() system.Check {
	free, size, err := disk(h.config.Data)
	c := system.Check{Name: "disk", State: system.Well, Text: fmt.Sprintf("%d %% of the disk is free.", free*100/max(size, 1))}
	switch {
	case err != nil:
		c.State, c.Text = system.Warn, "How much of the disk is free is not known: "+err.Error()
	case free < almostFull:
		c.State, c.Text = system.Ill, fmt.Sprintf("Only %d MB are free. Make room now: when the disk is full the server stops.", free>>20)
	case free < scarce:
		c.State, c.Text = system.Warn, fmt.Sprintf("Only %d MB are free. Make room, or move the data directory to a larger disk.", free>>20)
	}
	return c
}

func checkWork(counts map[job.State]int) system.Check {
	if n := counts[job.Parked]; n > 0 {
		return system.Check{Name: "jobs", State: system.Warn, Text: fmt.Sprintf("%d jobs failed for good. Look at why, mend it and try them again.", n)}
	}
	return system.Check{Name: "jobs", State: system.Well, Text: fmt.Sprintf("No job has failed; %d are waiting.", counts[job.Ready])}
}

func (h *House) checkBackups(list []system.Backup) system.Check {
	c := system.Check{Name: "backup", State: system.Well}
	switch {
	case h.config.Database != "":
		c.Text = "PostgreSQL is backed up with its own tools."
	case len(list) == 0:
		c.State, c.Text = system.Warn, "No backup was made here yet. Make one now, and keep it on another machine."
	case h.now().Sub(list[0].Made) > oldBackup:
		c.State, c.Text = system.Warn, fmt.Sprintf("The last backup here is %d days old.", int(h.now().Sub(list[0].Made)/day))
	default:
		c.Text = "The last backup is less than a week old."
	}
	return c
}

func (h *House) checkMail() system.Check {
	if h.mail == nil {
		return system.Check{Name: "mail", State: system.Warn, Text: "No e-mail can be sent, so that nobody can choose a new password by themself. Start the server with --smtp-server and --smtp-from."}
	}
	return system.Check{Name: "mail", State: system.Well, Text: "E-mail goes through " + h.mail.Server() + "."}
}

func (h *House) checkAddress() system.Check {
	if h.config.BaseURL == "" {
		return system.Check{Name: "address", State: system.Warn, Text: "The server does not know its own address. Start it with --base-url https://… so that links in e-mails lead here and passkeys work."}
	}
	return system.Check{Name: "address", State: system.Well, Text: "Clients reach the server at " + h.config.BaseURL + "."}
}

// Storage tells what the server keeps.
func (h *House) Storage(ctx context.Context) (*system.Storage, error) {
	s := &system.Storage{Objects: []system.Count{}}
	var err error
	if s.Database, err = h.DB.Size(ctx); err != nil {
		return nil, err
	}
	s.Free, s.Disk, err = disk(h.config.Data)
	if err != nil {
		h.log.Warn("the disk does not tell its size", "error", err.Error())
	}
	if s.Files, s.FileN, err = weigh(filepath.Join(h.config.Data, "files")); err != nil {
		return nil, err
	}
	if s.Backups, _, err = weigh(h.copies().dir); err != nil {
		return nil, err
	}
	err = h.DB.View(ctx, func(tx *store.Tx) error {
		if err := tx.QueryRow("SELECT COALESCE(MAX(n), 0) FROM audit_entry").Scan(&s.Audit); err != nil {
			return err
		}
		for _, o := range h.Keeper.Catalog().Objects {
			c := system.Count{Object: o.Name, Label: o.LabelPlural}
			if err := tx.QueryRow("SELECT COUNT(*) FROM " + store.Quote(o.Name)).Scan(&c.Rows); err != nil {
				return err
			}
			if c.Rows > 0 {
				s.Objects = append(s.Objects, c)
			}
		}
		return nil
	})
	slices.SortStableFunc(s.Objects, func(a, b system.Count) int { return cmp.Compare(b.Rows, a.Rows) })
	s.Objects = s.Objects[:min(len(s.Objects), 15)]
	return s, err
}

// weigh adds up the files below a directory; one that is not there holds none.
func weigh(dir string) (bytes, n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			bytes, n = bytes+info.Size(), n+1
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) { // or a file went while it was looked at
		err = nil
	}
	return bytes, n, err
}

// mailTrial is how long a trial of the mail server may take.
const mailTrial = 20 * time.Second

// TryMail sends a message to a user.
func (h *House) TryMail(ctx context.Context, user schema.Id) error {
	if h.mail == nil {
		return schema.Refuse("FUNCTIONALITY_NOT_ENABLED", "no e-mail can be sent: start the server with --smtp-server and --smtp-from")
	}
	p, err := h.Directory.Person(ctx, user)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, mailTrial)
	defer cancel()
	err = h.mail.Send(ctx, mail.Mail{To: p.Email, Name: p.Name, Subject: "A message from Truckroll", Text: "This message shows that Truckroll can send e-mail.\n"})
	if err != nil {
		return schema.Refuse("MAIL_FAILED", "the mail server did not take the message: "+err.Error())
	}
	return nil
}

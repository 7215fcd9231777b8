package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"truckroll/app/demo"
	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/server/auth"
)

// DemoCmd is the command that starts a server with a demo company.
type DemoCmd struct {
	Config
	Addr       string `default:"127.0.0.1:8080" env:"TRUCKROLL_ADDR" help:"Address to listen on." placeholder:"HOST:PORT"`
	WorkOrders int    `default:"900" help:"How many work orders to make up; a million take hours, as each goes through every rule." placeholder:"N"`
	Seed       uint64 `default:"1" help:"Another seed, another company."`
	FillOnly   bool   `help:"End once the data is there."`
}

// Run fills an empty data directory with the demo company, or opens the one that is there, and serves.
func (c *DemoCmd) Run() error {
	log, err := c.logger()
	if err != nil {
		return err
	}
	ctx, stop := untilStopped()
	defer stop()
	h, err := Open(ctx, c.Config, log)
	if err != nil {
		return err
	}
	defer h.Close()
	if err := c.fill(ctx, h); err != nil {
		return err
	}
	if c.FillOnly {
		return nil
	}
	var failed error
	err = h.Serve(ctx, c.Addr, func(address string) { failed = errors.Join(c.tell(h, address), failed) })
	return errors.Join(err, failed)
}

// metaDemo marks a database whose records are made up.
const metaDemo = "demo"

// fill makes the demo company up, once.
func (c *DemoCmd) fill(ctx context.Context, h *House) error {
	if h.demo {
		return nil
	}
	if n, err := h.countUsers(ctx); err != nil || n > 0 {
		return errors.Join(err, refuseDemo(n, c.Data))
	}
	start := time.Now()
	fmt.Fprintf(os.Stderr, "Making up a company with %d work orders…\n", c.WorkOrders)
	creds, err := h.addDemoUsers(ctx)
	if err != nil {
		return err
	}
	technician, err := h.profile(ctx, "Field Technician")
	if err != nil {
		return err
	}
	owner, err := h.demoOwner(ctx)
	if err != nil {
		return err
	}
	if err := demo.Fill(ctx, h.Keeper, demo.Options{WorkOrders: c.WorkOrders, Seed: c.Seed, Now: h.now(), Technician: technician, Viewer: owner, Files: h.Files, Progress: progress(start)}); err != nil {
		return err
	}
	if err := h.seatDemoUsers(ctx); err != nil {
		return err
	}
	if err := c.writeCredentials(creds); err != nil {
		return err
	}
	h.demo = true
	return h.DB.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta(metaDemo, "true") })
}

func refuseDemo(users int, dir string) error {
	if users == 0 {
		return nil
	}
	return fmt.Errorf("%s holds an organisation with users: give another directory with --data", dir)
}

func (h *House) countUsers(ctx context.Context) (n int, err error) {
	err = h.Keeper.View(ctx, func(v *record.View) error {
		n, err = record.Count[org.User](v, "")
		return err
	})
	return n, err
}

// progress reports how far the making up is, about once a second.
func progress(start time.Time) func(done, total int) {
	last := start
	return func(done, total int) {
		if now := time.Now(); done == total || now.Sub(last) > time.Second {
			last = now
			fmt.Fprintf(os.Stderr, "\r%d of %d work orders, %.0f/s ", done, total, float64(done)/now.Sub(start).Seconds())
			if done == total {
				fmt.Fprintln(os.Stderr)
			}
		}
	}
}

// credentials is what credentials.json holds.
type credentials struct {
	BaseURL      string     `json:"base_url"`
	ClientId     string     `json:"client_id"`
	ClientSecret string     `json:"client_secret"`
	Users        []demoUser `json:"users"`
}

type demoUser struct {
	Username string `json:"username"`
	Password string `json:"password"`
	Profile  string `json:"profile"`
}

// demoUsers are the people who can sign in to the demo, one of each profile, an administrator first.
var demoUsers = []struct{ name, first, last, profile string }{
	{"admin", "Ada", "Admin", "System Administrator"},
	{"manager", "Mark", "Manager", "Service Manager"},
	{"dispatcher", "Dora", "Dispatcher", "Dispatcher"},
	{"technician", "Theo", "Technician", "Field Technician"},
	{"agent", "Agnes", "Agent", "Service Agent"},
	{"auditor", "Otto", "Auditor", "Auditor"},
	{"customer", "Cora", "Customer", "Customer Community"},
}

// addDemoUsers adds the users and a connected app through which they sign in.
func (h *House) addDemoUsers(ctx context.Context) (*credentials, error) {
	why := record.Cause{By: "job", Of: "demo"}
	c := &credentials{}
	for _, u := range demoUsers {
		password := newPassword()
		username := u.name + "@demo.example"
		id, err := h.Auth.AddUser(ctx, why, auth.NewUser{Username: username, FirstName: u.first, LastName: u.last, Profile: u.profile, Password: password, Zone: "America/New_York"})
		if err != nil {
			return nil, fmt.Errorf("user %s: %w", username, err)
		}
		c.Users = append(c.Users, demoUser{username, password, u.profile})
		if len(c.Users) > 1 {
			continue
		}
		app := org.ConnectedApplication{Name: "Demo client", IsActive: true, RefreshTokenRotation: true, RunAsUserId: schema.Ref[org.User](id), GrantTypes: "password client_credentials authorization_code device",
			CallbackUrls: "http://localhost:1717/OauthRedirect"}
		if c.ClientId, c.ClientSecret, err = h.Auth.AddClient(ctx, why, app, false); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// demoOwner returns the administrator, to whom the records of the demo belong.
func (h *House) demoOwner(ctx context.Context) (access.Viewer, error) {
	p, err := h.Directory.PersonByName(ctx, demoUsers[0].name+"@demo.example")
	if err != nil {
		return nil, err
	}
	return h.Directory.Viewer(ctx, p.Id)
}

// seatDemoUsers gives those who see by their place in the business one.
func (h *House) seatDemoUsers(ctx context.Context) error {
	var seats demo.Seats
	for name, seat := range map[string]*schema.Id{"technician": &seats.Technician, "dispatcher": &seats.Dispatcher, "customer": &seats.Customer} {
		p, err := h.Directory.PersonByName(ctx, name+"@demo.example")
		if err != nil {
			return err
		}
		*seat = p.Id
	}
	return demo.Seat(ctx, h.Keeper, seats)
}

func (c *DemoCmd) credentialsFile() string { return filepath.Join(c.Data, "credentials.json") }

func (c *DemoCmd) writeCredentials(creds *credentials) error {
	data, err := json.MarshalIndent(creds, "", "  ")
	if err != nil {
		return err
	}
	return writePrivate(c.credentialsFile(), append(data, '\n'))
}

// tell writes the address into the credentials and prints how to sign in.
func (c *DemoCmd) tell(h *House, address string) error {
	data, err := os.ReadFile(c.credentialsFile())
	if err != nil {
		return err
	}
	var creds credentials
	if err := json.Unmarshal(data, &creds); err != nil {
		return fmt.Errorf("%s: %w", c.credentialsFile(), err)
	}
	creds.BaseURL = address
	if h.config.BaseURL != "" {
		creds.BaseURL = h.config.BaseURL
	}
	if err := c.writeCredentials(&creds); err != nil {
		return err
	}
	admin := creds.Users[0]
	_, err = fmt.Printf("\nTruckroll is at %s\nSign in as %s with the password %s\nAll users and the API client stand in %s\n", creds.BaseURL, admin.Username, admin.Password, c.credentialsFile())
	return err
}

package app

import (
	"context"
	"encoding/json"
	"os"
	"strings"

	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// ClientCmd holds the commands about connected apps.
type ClientCmd struct {
	Add clientAddCmd `cmd:"" help:"Add a connected app; its secret is shown this once."`
}

type clientAddCmd struct {
	Config
	Name     string   `arg:"" help:"As users read it when they are asked for consent."`
	Flow     []string `default:"authorization_code" help:"How it may obtain tokens: authorization_code, client_credentials, password, jwt_bearer, device. May be repeated." placeholder:"FLOW"`
	RunAs    string   `help:"User as whom an app with client_credentials works." placeholder:"USERNAME"`
	Redirect []string `help:"Address to which users come back. May be repeated." placeholder:"URL"`
	Key      string   `help:"File with the public key or certificate of jwt_bearer, in PEM." type:"existingfile" placeholder:"FILE"`
	Public   bool     `help:"The app runs on its users' devices and can keep no secret."`
}

// Run adds the app and prints its id, and its secret if it has one, as JSON.
func (c *clientAddCmd) Run() error {
	return c.Config.with(func(ctx context.Context, h *House) error {
		app, err := c.app(ctx, h)
		if err != nil {
			return err
		}
		id, secret, err := h.Auth.AddClient(ctx, byHand, app, c.Public)
		if err != nil {
			return err
		}
		out := map[string]string{"client_id": id}
		if !c.Public {
			out["client_secret"] = secret
		}
		return json.NewEncoder(os.Stdout).Encode(out)
	})
}

func (c *clientAddCmd) app(ctx context.Context, h *House) (org.ConnectedApplication, error) {
	app := org.ConnectedApplication{Name: c.Name, IsActive: true, RefreshTokenRotation: true,
		GrantTypes: strings.Join(c.Flow, " "), CallbackUrls: schema.LongText(strings.Join(c.Redirect, "\n"))}
	if c.Key != "" {
		pem, err := os.ReadFile(c.Key)
		if err != nil {
			return app, err
		}
		app.Certificate = schema.LongText(pem)
	}
	if c.RunAs != "" {
		p, err := h.Directory.PersonByName(ctx, c.RunAs)
		if err != nil {
			return app, err
		}
		app.RunAsUserId = schema.Ref[org.User](p.Id)
	}
	return app, nil
}

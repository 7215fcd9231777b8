package app

import (
	"context"
	"fmt"
	"time"

	"truckroll/platform/job"
	"truckroll/platform/mail"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/server/auth"
)

// SMTPConfig is how mail is sent. Without it none is.
type SMTPConfig struct {
	Server string `env:"SERVER" help:"Mail server: smtps://user:password@host:465, or smtp://user:password@host:587 for STARTTLS. Without it no mail is sent." placeholder:"URL"`
	From   string `env:"FROM" help:"Address that mail comes from: Harbor Heating <service@harbor.example>." placeholder:"ADDRESS"`
}

// open returns the sender; nil when there is none.
func (c SMTPConfig) open() (*mail.Sender, error) {
	if c.Server == "" {
		return nil, nil
	}
	s, err := mail.Open(c.Server, c.From)
	if err != nil {
		return nil, fmt.Errorf("--smtp-server, --smtp-from: %w", err)
	}
	return s, nil
}

// lost asks for links to be mailed to who forgot their password.
type lost struct {
	Name   string // that was typed: a user name or an e-mail address
	Origin string // address of this server
}

// sendLinks mails links to choose a new password. The links are made as it runs, so that none is kept in the queue.
var sendLinks = job.Define("mail a link for a new password", job.Plan{Attempts: 5, Backoff: func(int) time.Duration { return time.Minute }},
	func(ctx context.Context, h *House, t job.Task[lost]) error {
		users, err := h.Auth.Forgetful(ctx, t.Args.Name)
		if err != nil || h.mail == nil {
			return err
		}
		for _, u := range users {
			link, err := h.Auth.ResetLink(ctx, u.Id, t.Args.Origin)
			if err != nil {
				return err
			}
			if err := h.mail.Send(ctx, linkMail(string(u.Email), u.Name, u.Username, link)); err != nil {
				return err
			}
		}
		return nil
	})

func linkMail(to, name, username, link string) mail.Mail {
	return mail.Mail{To: to, Name: name, Subject: "Choose a new password for Truckroll", Text: fmt.Sprintf(`Hello %s,

somebody, most likely you, asked for a new password for the user %s.

Choose it here:
%s

The link is good for %d minutes, and once. If you did not ask for it, do nothing: your password stays as it is.
`, name, username, link, int(auth.ResetLife/time.Minute))}
}

// forget is what signing in asks for when somebody forgot their password; nil when no mail can be sent.
func (h *House) forget() func(tx *store.Tx, name, origin string) error {
	if h.mail == nil {
		return nil
	}
	return func(tx *store.Tx, name, origin string) error {
		return sendLinks.Enqueue(tx, lost{name, origin})
	}
}

// OIDCConfig is single sign-on by OpenID Connect. Without an issuer there is none.
type OIDCConfig struct {
	Issuer       string `env:"ISSUER" help:"Address of the OpenID Connect provider for single sign-on: https://login.example. Without it there is none." placeholder:"URL"`
	ClientId     string `env:"CLIENT_ID" name:"client-id" help:"By which the provider knows this server." placeholder:"ID"`
	ClientSecret string `env:"CLIENT_SECRET" name:"client-secret" help:"Secret shared with the provider; better given by the environment." placeholder:"TEXT"`
	Name         string `env:"NAME" help:"What people call the provider, for the button of the sign-in page." placeholder:"TEXT"`
	Match        string `env:"MATCH" default:"email" enum:"email,username" help:"How users are found who come for the first time: by a verified e-mail address, or by preferred_username." placeholder:"CLAIM"`
	Profile      string `env:"PROFILE" help:"Profile of users who are added when they first sign in; without it none are added." placeholder:"NAME"`
}

// provider returns the provider; nil when there is none.
func (c OIDCConfig) provider() (*auth.Provider, error) {
	switch {
	case c.Issuer == "" && c.ClientId == "":
		return nil, nil
	case c.Issuer == "" || c.ClientId == "":
		return nil, schema.Refuse("REQUIRED_FIELD_MISSING", "single sign-on needs both --oidc-issuer and --oidc-client-id")
	}
	return &auth.Provider{Issuer: c.Issuer, ClientId: c.ClientId, ClientSecret: c.ClientSecret, Name: c.Name, Match: auth.Match(c.Match), Profile: c.Profile}, nil
}

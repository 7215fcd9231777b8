package app

import (
	"bufio"
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"truckroll/platform/record"
	"truckroll/server/auth"
)

// UserCmd holds the commands about users.
type UserCmd struct {
	Add      userAddCmd      `cmd:"" help:"Add a user."`
	Password userPasswordCmd `cmd:"" help:"Give a user a new password; their sessions end."`
	Reset    userResetCmd    `cmd:"" name:"reset-password" help:"Make a link by which a user can choose a new password, once, within an hour."`
	Factors  userFactorsCmd  `cmd:"" name:"reset-factors" help:"Forget the second factor and the passkeys of a user who has lost them; their sessions end."`
	Disable  userDisableCmd  `cmd:"" help:"Keep a user from signing in; their sessions end."`
}

// byHand is the cause of what is done on the command line.
var byHand = record.Cause{By: "command"}

type userAddCmd struct {
	Config
	Username      string `arg:"" help:"Of the form of an e-mail address."`
	Profile       string `default:"System Administrator" help:"Name of the profile that says what the user may do." placeholder:"NAME"`
	First         string `help:"First name."`
	Last          string `help:"Last name; what stands before the @ by default."`
	Zone          string `help:"Time zone, such as Europe/Madrid; the organisation's by default."`
	PasswordStdin bool   `help:"Read the password from standard input. Without it one is made and printed."`
}

// Run adds the user.
func (c *userAddCmd) Run() error {
	password, made, err := choosePassword(c.PasswordStdin)
	if err != nil {
		return err
	}
	return c.Config.with(func(ctx context.Context, h *House) error {
		_, err := h.Auth.AddUser(ctx, byHand, auth.NewUser{Username: c.Username, FirstName: c.First, LastName: c.Last, Profile: c.Profile, Zone: c.Zone, Password: password})
		return told(err, c.Username, password, made)
	})
}

type userPasswordCmd struct {
	Config
	Username      string `arg:"" help:"Whose password."`
	PasswordStdin bool   `help:"Read the password from standard input. Without it one is made and printed."`
}

// Run changes the password.
func (c *userPasswordCmd) Run() error {
	password, made, err := choosePassword(c.PasswordStdin)
	if err != nil {
		return err
	}
	return c.Config.with(func(ctx context.Context, h *House) error {
		return told(h.Auth.SetPassword(ctx, byHand, c.Username, password), c.Username, password, made)
	})
}

type userResetCmd struct {
	Config
	Username string `arg:"" help:"Whose password."`
	Origin   string `default:"http://127.0.0.1:8080" help:"Address under which the user reaches the server, when --base-url does not say." placeholder:"URL"`
}

// Run prints the link.
func (c *userResetCmd) Run() error {
	origin := cmp.Or(c.BaseURL, c.Origin)
	return c.Config.with(func(ctx context.Context, h *House) error {
		link, until, err := h.Auth.LinkFor(ctx, byHand, c.Username, strings.TrimSuffix(origin, "/"))
		if err == nil {
			_, err = fmt.Printf("%s\ngood once, until %s\n", link, until.Format(time.RFC3339))
		}
		return err
	})
}

type userFactorsCmd struct {
	Config
	Username string `arg:"" help:"Whose second factor and passkeys."`
}

// Run forgets them.
func (c *userFactorsCmd) Run() error {
	return c.Config.with(func(ctx context.Context, h *House) error { return h.Auth.DropFactors(ctx, byHand, c.Username) })
}

type userDisableCmd struct {
	Config
	Username string `arg:"" help:"Who shall not sign in any more."`
}

// Run disables the user.
func (c *userDisableCmd) Run() error {
	return c.Config.with(func(ctx context.Context, h *House) error { return h.Auth.Disable(ctx, byHand, c.Username) })
}

// with opens the house for a command and closes it afterwards.
func (c Config) with(f func(context.Context, *House) error) error {
	log, err := c.logger()
	if err != nil {
		return err
	}
	ctx, stop := untilStopped()
	defer stop()
	h, err := Open(ctx, c, log)
	if err != nil {
		return err
	}
	return errors.Join(f(ctx, h), h.Close())
}

// choosePassword reads a password or makes one.
func choosePassword(stdin bool) (password string, made bool, err error) {
	if !stdin {
		return newPassword(), true, nil
	}
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", false, errors.Join(errors.New("standard input holds no password"), err)
	}
	return line, false, nil
}

// newPassword returns a random password of 24 characters.
func newPassword() string { return base64.RawURLEncoding.EncodeToString(randomBytes(18)) }

// told prints a password that was made, this once.
func told(err error, username, password string, made bool) error {
	if err == nil && made {
		_, err = fmt.Printf("%s\t%s\n", username, password)
	}
	return err
}

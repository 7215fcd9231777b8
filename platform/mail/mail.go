// Package mail sends e-mail through a server that speaks SMTP.
//
// It does not know who gets mail or why, and keeps none: what must not be lost is sent by a job, which tries again.
package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// Sender sends mail from one address.
type Sender struct {
	from   string
	host   string
	client []mail.Option
}

// Mail is one message.
type Mail struct {
	To      string // address
	Name    string // of whom it is to; "" is none
	Subject string
	Text    string
	HTML    string // the same as HTML, for who reads it so; "" is none
}

// sendTime bounds how long a server may take for one message.
const sendTime = 30 * time.Second

// Open returns a sender. The server is smtps://user:password@host:465 for TLS from the start, or
// smtp://user:password@host:587 for TLS once the server offers it, which it must unless it is this machine. Name and
// password, in the form of a URL, may be missing, and so may the port. From is an address, with or without a name:
// "Harbor Heating <service@harbor.example>".
func Open(server, from string) (*Sender, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, fmt.Errorf("the mail server %q is not of the form smtp://user:password@host:587 or smtps://user:password@host:465", redacted(u))
	}
	if err := mail.NewMsg().From(from); err != nil {
		return nil, fmt.Errorf("the sender %q is not an e-mail address: %w", from, err)
	}
	s := &Sender{from: from, host: u.Hostname(), client: []mail.Option{mail.WithTimeout(sendTime)}}
	port, policy := 587, mail.TLSMandatory
	if u.Scheme == "smtps" {
		port = 465
		s.client = append(s.client, mail.WithSSL())
	} else if ip := net.ParseIP(s.host); s.host == "localhost" || ip != nil && ip.IsLoopback() {
		policy = mail.TLSOpportunistic
	}
	if p, err := strconv.Atoi(u.Port()); err == nil {
		port = p
	}
	s.client = append(s.client, mail.WithPort(port), mail.WithTLSPolicy(policy), mail.WithTLSConfig(&tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12}))
	if password, ok := u.User.Password(); ok {
		s.client = append(s.client, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	return s, nil
}

func redacted(u *url.URL) string {
	if u == nil {
		return "…"
	}
	return u.Redacted()
}

// Server names the server that mail goes through.
func (s *Sender) Server() string { return s.host }

// From is the address that mail comes from.
func (s *Sender) From() string { return s.from }

// Send hands one message to the server.
func (s *Sender) Send(ctx context.Context, m Mail) error {
	msg := mail.NewMsg()
	if err := msg.From(s.from); err != nil {
		return err
	}
	if err := msg.AddToFormat(m.Name, m.To); err != nil {
		return fmt.Errorf("send to %q: %w", m.To, err)
	}
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageID()
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	client, err := mail.NewClient(s.host, s.client...)
	if err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return fmt.Errorf("send mail through %s: %w", s.host, err)
	}
	return nil
}

package mail_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
	"testing"

	"truckroll/platform/mail"
)

// inbox is a mail server that takes one message and hands over what it was told, when either side has hung up.
func inbox(t *testing.T) (address string, told <-chan string, hangUp func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	ch, line := make(chan string, 1), make(chan net.Conn, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		line <- c
		ch <- converse(c)
	}()
	return l.Addr().String(), ch, func() { (<-line).Close() }
}

func converse(c net.Conn) string {
	var all strings.Builder
	fmt.Fprint(c, "220 inbox\r\n")
	in, data := bufio.NewScanner(c), false
	for in.Scan() {
		line := in.Text()
		all.WriteString(line + "\n")
		switch {
		case data && line == ".":
			data = false
			fmt.Fprint(c, "250 kept\r\n")
		case data:
		case line == "DATA":
			data = true
			fmt.Fprint(c, "354 go on\r\n")
		case line == "QUIT":
			fmt.Fprint(c, "221 bye\r\n")
			return all.String()
		case strings.HasPrefix(line, "EHLO"):
			fmt.Fprint(c, "250-inbox\r\n250 8BITMIME\r\n")
		default:
			fmt.Fprint(c, "250 ok\r\n")
		}
	}
	return all.String()
}

func TestSend(t *testing.T) {
	address, told, _ := inbox(t)
	s, err := mail.Open("smtp://"+address, "Harbor Heating <service@harbor.example>")
	if err != nil {
		t.Fatal(err)
	}
	err = s.Send(context.Background(), mail.Mail{To: "ada@harbor.example", Name: "Ada Admin", Subject: "A new password\r\nBcc: eve@evil.example", Text: "Hello Ada"})
	if err != nil {
		t.Fatal(err)
	}
	got := <-told
	for _, want := range []string{"MAIL FROM:<service@harbor.example>", "RCPT TO:<ada@harbor.example>", "Hello Ada", "Message-ID: "} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "\nBcc:") || strings.Count(got, "RCPT TO") != 1 {
		t.Errorf("a subject made a header:\n%s", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, tc := range []struct{ server, from, want string }{
		{"mail.example:25", "a@b.example", "is not of the form"},
		{"http://mail.example", "a@b.example", "is not of the form"},
		{"smtp://mail.example", "nobody", "not an e-mail address"},
		{"ftp://u:hush@mail.example", "a@b.example", "u:xxxxx@"},
	} {
		_, err := mail.Open(tc.server, tc.from)
		if err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s from %s: %v", tc.server, tc.from, err)
		}
	}
}

// A server elsewhere that offers no TLS gets neither the password nor the message. The address is this machine's by
// another name than those by which it is known to be near.
func TestNoMailInTheClear(t *testing.T) {
	address, told, hangUp := inbox(t)
	_, port, _ := net.SplitHostPort(address)
	s, err := mail.Open("smtp://ada:hush@0.0.0.0:"+port, "a@b.example")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Send(context.Background(), mail.Mail{To: "ada@harbor.example", Subject: "x", Text: "secret"}); err == nil || !strings.Contains(err.Error(), "STARTTLS") {
		t.Errorf("sent, or refused for another reason than that TLS is missing: %v", err)
	}
	hangUp()
	if got := <-told; !strings.HasPrefix(got, "EHLO") || strings.Contains(got, "secret") || strings.Contains(got, "AUTH") || strings.Contains(got, "MAIL") {
		t.Errorf("told in the clear:\n%s", got)
	}
}

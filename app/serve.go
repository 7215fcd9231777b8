package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"truckroll/server/api"
)

// ServeCmd is the command that runs the server.
type ServeCmd struct {
	Config
	Addr string `default:"127.0.0.1:8080" env:"TRUCKROLL_ADDR" help:"Address to listen on." placeholder:"HOST:PORT"`
}

// Run serves until it is told to stop.
func (c *ServeCmd) Run() error {
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
	var failed error
	err = h.Serve(ctx, c.Addr, func(address string) {
		log.Info("serving", "address", address)
		failed = h.tellFirst(ctx, address)
	})
	return errors.Join(err, failed)
}

// tellFirst tells whoever started a server without users how to set it up. The code keeps the server from whoever on the
// network finds it first; it is asked for of everybody, because behind a proxy all seem to come from this machine.
func (h *House) tellFirst(ctx context.Context, address string) error {
	empty, err := h.Auth.Empty(ctx)
	if err != nil || !empty {
		return err
	}
	if h.config.BaseURL != "" {
		address = h.config.BaseURL
	}
	_, err = fmt.Fprintf(os.Stderr, "\nThere are no users yet. Set the server up at\n\n    %s/#setup=%s\n\nor at any address of it with the set-up code %s.\n\n", address, h.Auth.SetUpCode(), h.Auth.SetUpCode())
	return err
}

// untilStopped returns a context that ends when the program is told to stop.
func untilStopped() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}

// drain is how long requests under way may take once the server is told to stop.
const drain = 9 * time.Second

// Serve answers requests on addr until ctx ends; then it lets those under way finish and ends background work. Once
// it listens it tells the address under which it can be reached.
func (h *House) Serve(ctx context.Context, addr string, listening func(address string)) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("--addr %s: %w", addr, err)
	}
	s := &http.Server{Handler: h.Handler(), ErrorLog: slog.NewLogLogger(h.log.Handler(), slog.LevelDebug)}
	api.Harden(s)
	s.RegisterOnShutdown(h.Live.Close)
	disk, deaf := h.diskFailed()
	defer deaf()
	work := h.start()
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	listening("http://" + l.Addr().String())
	select {
	case err = <-ended:
	case <-disk:
		err = errDisk
	case <-ctx.Done():
	}
	return errors.Join(err, h.drain(s, work))
}

// drain lets requests and background work that are under way finish, side by side.
func (h *House) drain(s *http.Server, work *background) error {
	h.log.Info("stopping: requests under way may finish", "within", drain.String())
	h.draining.Store(true)
	within, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- work.end(within) }()
	err := s.Shutdown(within)
	if err != nil {
		err = errors.Join(err, s.Close())
	}
	return errors.Join(err, <-ended)
}

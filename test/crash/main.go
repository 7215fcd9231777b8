// Command crash kills the server with SIGKILL in the middle of work, again and again, and holds what is there
// afterwards to what was acknowledged: every acknowledged change is present once, and no change is there by half.
//
//	go run ./test/crash -kills 200
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sync"
	"time"

	"truckroll/test/process"
)

func main() {
	var c campaign
	flag.IntVar(&c.kills, "kills", 200, "how often to kill the server")
	flag.IntVar(&c.clients, "clients", 8, "clients at work")
	flag.StringVar(&c.database, "database", "", "PostgreSQL database, empty, to use instead of the embedded one")
	flag.Uint64Var(&c.seed, "seed", uint64(time.Now().UnixNano()), "of the moments at which the server is killed")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := c.do(ctx); err != nil {
		log.Fatal(err)
	}
}

const (
	address = "127.0.0.1:18481"
	base    = "http://" + address
	data    = base + "/services/data/v60.0"
)

// campaign is a run of kills on one database.
type campaign struct {
	kills, clients int
	database       string
	seed           uint64

	dir    string
	client *http.Client
	header http.Header
	book   ledger
	acked  int // changes that were acknowledged and looked for
}

func (c *campaign) do(ctx context.Context) (err error) {
	if c.dir, err = os.MkdirTemp("", "truckroll-crash"); err != nil {
		return err
	}
	defer os.RemoveAll(c.dir)
	binary := filepath.Join(c.dir, "truckroll")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/truckroll").CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, out)
	}
	if out, err := exec.CommandContext(ctx, binary, append([]string{"demo", "--fill-only", "--work-orders", "50"}, c.where()...)...).CombinedOutput(); err != nil {
		return fmt.Errorf("demo: %w: %s", err, out)
	}
	dice := rand.New(rand.NewPCG(c.seed, 2))
	fmt.Printf("seed %d\n", c.seed)
	c.client = &http.Client{Timeout: 10 * time.Second}
	for n := range c.kills {
		if err := c.once(ctx, binary, time.Duration(30+dice.IntN(400))*time.Millisecond); err != nil {
			return fmt.Errorf("kill %d: %w", n+1, err)
		}
	}
	return c.settle(ctx, binary)
}

// where are the flags that name the database.
func (c *campaign) where() []string {
	flags := []string{"--data", filepath.Join(c.dir, "data")}
	if c.database != "" {
		flags = append(flags, "--database", c.database)
	}
	return flags
}

// open starts the server and signs in.
func (c *campaign) open(ctx context.Context, binary string) (*exec.Cmd, error) {
	server, err := process.Start(ctx, "serving", binary, append([]string{"serve", "--addr", address}, c.where()...)...)
	if err != nil {
		return nil, err
	}
	login, err := process.DemoCredentials(filepath.Join(c.dir, "data"))
	if err == nil {
		c.header, err = process.SignIn(base, login)
	}
	return server, err
}

// once lets clients work until the server is killed, and looks at what the last kill left before that.
func (c *campaign) once(ctx context.Context, binary string, after time.Duration) error {
	server, err := c.open(ctx, binary)
	if err != nil {
		return err
	}
	if err := c.verify(ctx, c.book.take()); err != nil {
		_ = server.Process.Kill()
		return err
	}
	work, cancel := context.WithCancel(ctx)
	var clients sync.WaitGroup
	for range c.clients {
		clients.Go(func() {
			for work.Err() == nil {
				c.write(work)
			}
		})
	}
	time.Sleep(after)
	err = server.Process.Kill()
	cancel()
	clients.Wait()
	_ = server.Wait()
	return err
}

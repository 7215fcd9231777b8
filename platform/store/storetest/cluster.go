package storetest

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// shared is the one cluster of a test binary, started by the first test that asks for it.
var shared cluster

// errAbsent says that no PostgreSQL server is installed.
var errAbsent = errors.New("no PostgreSQL server programs")

// cluster is a PostgreSQL server on a Unix socket in a temporary directory.
type cluster struct {
	once   sync.Once
	err    error
	dir    string
	server *exec.Cmd
}

func (c *cluster) start() (string, error) {
	c.once.Do(func() { c.err = c.make() })
	q := url.Values{"host": {c.dir}, "user": {"postgres"}, "dbname": {"postgres"}, "sslmode": {"disable"}}
	return "postgres:///?" + q.Encode(), c.err
}

// programs returns the directory of the newest installed server's programs, or "".
func programs() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	sort.Slice(found, func(i, j int) bool { return version(found[i]) < version(found[j]) })
	if len(found) == 0 {
		return ""
	}
	return filepath.Dir(found[len(found)-1])
}

func version(initdb string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb))))
	return n
}

// unprivileged returns how to run the server: as it refuses to run as root, as the user postgres then.
func unprivileged() (*syscall.SysProcAttr, int, int, error) {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGINT}
	if os.Getuid() != 0 {
		return attr, os.Getuid(), os.Getgid(), nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, 0, 0, err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return nil, 0, 0, err
	}
	gid, err := strconv.Atoi(u.Gid)
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, uid, gid, err
}

func (c *cluster) make() error {
	bin := programs()
	if bin == "" {
		return errAbsent
	}
	attr, uid, gid, err := unprivileged()
	if err != nil {
		return err
	}
	if c.dir, err = os.MkdirTemp("", "pg"); err != nil {
		return err
	}
	if err := os.Chown(c.dir, uid, gid); err != nil {
		return err
	}
	data := filepath.Join(c.dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = attr, c.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return c.serve(bin, data, attr)
}

// serve starts the server and waits until it takes connections. What it writes goes to a file, because a pipe would
// keep the test binary waiting for the server's children.
func (c *cluster) serve(bin, data string, attr *syscall.SysProcAttr) error {
	log, err := os.Create(filepath.Join(c.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	c.server = exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", c.dir, "-c", "listen_addresses=", "-c", "fsync=off",
		"-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "shared_buffers=64MB")
	c.server.SysProcAttr, c.server.Stdout, c.server.Stderr, c.server.Dir = attr, log, log, c.dir
	if err := c.server.Start(); err != nil {
		return err
	}
	for range 300 {
		if err = exec.Command(filepath.Join(bin, "pg_isready"), "-q", "-h", c.dir).Run(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	out, _ := os.ReadFile(log.Name())
	return fmt.Errorf("PostgreSQL did not start: %w: %s", err, out)
}

// stop ends the server at once and removes its directory.
func (c *cluster) stop() error {
	if c.dir == "" {
		return nil
	}
	var err error
	if c.server != nil && c.server.Process != nil {
		err = c.server.Process.Signal(syscall.SIGQUIT)
		c.server.Wait() // it always reports the signal
	}
	return errors.Join(err, os.RemoveAll(c.dir))
}

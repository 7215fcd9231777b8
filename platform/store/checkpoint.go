package store

import (
	"os"
	"time"
)

const (
	checkpointEvery = time.Second // as long as something was written
	walSoft         = 16 << 20    // to which SQLite cuts the log when it begins anew
	walHard         = 96 << 20    // from which the writer itself finishes the checkpoint, so that the log can begin anew
)

// checkpointer copies what commits have written from the log into the database file, on a connection of its own, so
// that a commit waits for one file and not for two. Readers and the writer go on meanwhile.
type checkpointer struct {
	conn    *conn
	log     string // the path of the write-ahead log
	written chan struct{}
	quit    chan struct{}
	gone    chan struct{}
	helped  time.Time // when the writer last finished a checkpoint
}

func newCheckpointer(c *conn, path string) *checkpointer {
	p := &checkpointer{conn: c, log: path + "-wal", written: make(chan struct{}, 1), quit: make(chan struct{}), gone: make(chan struct{})}
	go p.work()
	return p
}

// work checkpoints about once a second while there are commits.
func (p *checkpointer) work() {
	defer close(p.gone)
	for {
		select {
		case <-p.written:
		case <-p.quit:
			return
		}
		_ = p.conn.do(passive) // what fails is tried again; a failed disk shows in the writer's next commit
		select {
		case <-time.After(checkpointEvery):
		case <-p.quit:
			return
		}
	}
}

// passive copies as much as can be copied without waiting for anybody.
const passive = "PRAGMA wal_checkpoint(PASSIVE)"

// committed hears of a commit on the writer's connection. While writers never pause, a checkpoint beside them never
// reaches the end of the log: when the log has grown long the writer copies the small rest itself, and begins it anew.
func (p *checkpointer) committed(w *conn) {
	select {
	case p.written <- struct{}{}:
	default:
	}
	info, err := os.Stat(p.log)
	if err != nil || info.Size() < walHard || time.Since(p.helped) < checkpointEvery {
		return
	}
	p.helped = time.Now()
	_ = w.do(passive)
}

// close ends the work. What is in the log stays there, and is as durable as the database.
func (p *checkpointer) close() error {
	close(p.quit)
	<-p.gone
	return p.conn.Close()
}

package store

import "sync"

// DiskFailed is signalled when the database file could not be written and nothing more will be: whoever serves from it
// stops, and a restart reads what the disk truly holds.
const DiskFailed = "disk failed"

// signals wake those of this process who wait for something to be committed.
type signals struct {
	mu      sync.Mutex
	waiting map[string][]chan struct{}
}

// Signal wakes everybody of this process who listens to topic. Signals that come while one is under way are one.
func (db *DB) Signal(topic string) {
	db.signals.mu.Lock()
	defer db.signals.mu.Unlock()
	for _, c := range db.signals.waiting[topic] {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Listen returns a channel that receives after each [DB.Signal] on topic. Those of other processes do not come this
// way, so a listener also looks by itself from time to time. The function returned ends the listening.
func (db *DB) Listen(topic string) (woken <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	s := &db.signals
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiting == nil {
		s.waiting = map[string][]chan struct{}{}
	}
	s.waiting[topic] = append(s.waiting[topic], c)
	return c, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		kept := s.waiting[topic][:0:0]
		for _, other := range s.waiting[topic] {
			if other != c {
				kept = append(kept, other)
			}
		}
		s.waiting[topic] = kept
	}
}

// SignalOnCommit wakes the listeners of topic once tx is durable.
func (tx *Tx) SignalOnCommit(topic string) { tx.OnCommit(func() { tx.db.Signal(topic) }) }

package record

import "sync"

// Recorder counts what the rules of a book did, for tests that want every rule to have mattered once. It costs a
// comparison per rule and record, so that only tests hand one to [New].
type Recorder struct {
	mu    sync.Mutex
	rules map[string]Firing
}

// Firing is how often a rule ran, and how often that had an effect: a Fill that set a field, a Check that refused, a
// Follow that saved, deleted or enqueued something.
type Firing struct{ Runs, Effects int }

// Of returns what the named rule did.
func (r *Recorder) Of(rule string) Firing {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rules[rule]
}

// Idle returns the names of the rules of b that never had an effect, in order.
func (r *Recorder) Idle(b Book) []string {
	var names []string
	for _, rule := range b {
		if r.Of(rule.Name).Effects == 0 {
			names = append(names, rule.Name)
		}
	}
	return names
}

func (r *Recorder) add(rule string, effect bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.rules == nil {
		r.rules = map[string]Firing{}
	}
	f := r.rules[rule]
	f.Runs++
	if effect {
		f.Effects++
	}
	r.rules[rule] = f
}

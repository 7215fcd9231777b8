package live

// Readers returns how many browsers and programs listen to changes on this node.
func (l *Live) Readers() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.readers
}

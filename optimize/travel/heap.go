package travel

// queue is a binary heap of nodes by key, least first. A node may stand in it several times;
// whoever takes it out skips the outdated ones. It is typed and inlined because it is the
// inner loop of every search.
type queue[K interface{ ~int64 | ~uint64 }] struct {
	items []queued[K]
}

type queued[K interface{ ~int64 | ~uint64 }] struct {
	key  K
	node int32
}

func (q *queue[K]) push(node int32, key K) {
	q.items = append(q.items, queued[K]{key, node})
	i := len(q.items) - 1
	for i > 0 {
		parent := (i - 1) / 2
		if q.items[parent].key <= key {
			break
		}
		q.items[i] = q.items[parent]
		i = parent
	}
	q.items[i] = queued[K]{key, node}
}

func (q *queue[K]) pop() (node int32, key K) {
	top := q.items[0]
	last := q.items[len(q.items)-1]
	q.items = q.items[:len(q.items)-1]
	if len(q.items) == 0 {
		return top.node, top.key
	}
	i := 0
	for {
		child := 2*i + 1
		if child >= len(q.items) {
			break
		}
		if child+1 < len(q.items) && q.items[child+1].key < q.items[child].key {
			child++
		}
		if last.key <= q.items[child].key {
			break
		}
		q.items[i] = q.items[child]
		i = child
	}
	q.items[i] = last
	return top.node, top.key
}

func (q *queue[K]) empty() bool { return len(q.items) == 0 }
func (q *queue[K]) clear()      { q.items = q.items[:0] }

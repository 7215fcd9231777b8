package live

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/event"
	"truckroll/platform/schema"
)

// maxWaiting is how many events wait for one client. When there are more, its subscriptions wait with the feed.
const maxWaiting = 500

// maxChannels is how many channels one client may follow.
const maxChannels = 100

// pending is an event that waits for a client. What its user may know of it is decided when it is told.
type pending struct {
	channel string
	event   event.Event
}

// client is one client of CometD. Its subscriptions fill its queue, and a connect empties it.
type client struct {
	id   string
	user schema.Id
	ctx  context.Context // ends with the client
	stop context.CancelFunc
	idle *time.Timer

	mu      sync.Mutex
	begun   bool
	subs    map[string]context.CancelFunc
	waiting []pending
	come    chan struct{} // receives when events wait
	room    chan struct{} // receives when there is room again
}

var errFull = errors.New("there are too many clients; try again later")

func (l *Live) newClient(user schema.Id) (*client, error) {
	if l.ctx.Err() != nil || !l.enter() {
		return nil, errFull
	}
	c := &client{id: rand.Text(), user: user, subs: map[string]context.CancelFunc{}, come: make(chan struct{}, 1), room: make(chan struct{}, 1)}
	c.ctx, c.stop = context.WithCancel(l.ctx)
	l.mu.Lock()
	l.clients[c.id] = c
	l.mu.Unlock()
	c.idle = time.AfterFunc(l.o.Hold+idle, func() { l.drop(c) })
	return c, nil
}

// client returns a client that a user made, and keeps it alive; nil when there is none.
func (l *Live) client(id string, user schema.Id) *client {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.clients[id]
	if c == nil || c.user != user {
		return nil
	}
	c.idle.Reset(l.o.Hold + idle)
	return c
}

// drop forgets a client.
func (l *Live) drop(c *client) {
	l.mu.Lock()
	known := l.clients[c.id] == c
	delete(l.clients, c.id)
	if known {
		l.readers--
	}
	l.mu.Unlock()
	c.idle.Stop()
	c.stop()
}

// begin reports whether this is the client's first connect.
func (c *client) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	first := !c.begun
	c.begun = true
	return first
}

// take waits until events are there or ctx ends, and returns them.
func (c *client) take(ctx context.Context) []pending {
	for {
		c.mu.Lock()
		got := c.waiting
		c.waiting = nil
		c.mu.Unlock()
		if len(got) > 0 {
			signal(c.room)
			return got
		}
		select {
		case <-c.come:
		case <-ctx.Done():
			return nil
		case <-c.ctx.Done():
			return nil
		}
	}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// put has an event wait for the client, once there is room.
func (c *client) put(ctx context.Context, p pending) error {
	for {
		c.mu.Lock()
		if len(c.waiting) < maxWaiting {
			c.waiting = append(c.waiting, p)
			full := len(c.waiting) >= maxWaiting
			c.mu.Unlock()
			signal(c.come)
			if !full {
				signal(c.room) // another subscription may wait for it
			}
			return nil
		}
		c.mu.Unlock()
		select {
		case <-c.room:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (c *client) unsubscribe(channel string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if stop := c.subs[channel]; stop != nil {
		stop()
		delete(c.subs, channel)
	}
}

// subscribe has the channels of m fill the client's queue.
func (l *Live) subscribe(ctx context.Context, v access.Viewer, c *client, m message, reply *message) {
	reply.Subscription = m.Subscription
	names := channels(m.Subscription)
	if len(names) == 0 {
		reply.fail("400::name a channel as the subscription")
		return
	}
	replay := map[string]int64{}
	if m.Ext != nil {
		_ = json.Unmarshal(m.Ext.Replay, &replay) // what is no map says nothing
	}
	for _, name := range names {
		if err := l.open(ctx, v, c, name, replay); err != nil {
			reply.fail(fmt.Sprintf("403:%s:%v", name, err))
			return
		}
	}
	reply.succeed()
}

// open opens one channel. Replay ids are looked up by the channel, whose name some clients end with a slash.
func (l *Live) open(ctx context.Context, v access.Viewer, c *client, channel string, replay map[string]int64) error {
	object, err := objectOf(strings.TrimSuffix(channel, "/"))
	if err != nil {
		return err
	}
	wanted, unknown := l.wanted(v, object)
	if unknown != "" {
		return errChannel
	}
	from := event.Latest
	for name, n := range replay {
		if strings.TrimSuffix(name, "/") == strings.TrimSuffix(channel, "/") {
			from = n
		}
	}
	reader, err := l.o.Feed.Subscribe(ctx, from)
	if err != nil {
		return err
	}
	running, stop := context.WithCancel(c.ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.subs[channel]; old != nil {
		old()
	}
	if len(c.subs) >= maxChannels {
		stop()
		return fmt.Errorf("a client follows %d channels at most", maxChannels)
	}
	c.subs[channel] = stop
	l.pumps.Go(func() {
		defer stop()
		l.pump(running, c, channel, wanted, reader)
	})
	return nil
}

// pump moves events from the feed to the client's queue. A client that is too slow is dropped, and told to begin anew
// when it comes back.
func (l *Live) pump(ctx context.Context, c *client, channel string, wanted map[string]bool, reader *event.Reader) {
	for {
		e, err := reader.Next(ctx)
		if err == nil && (wanted == nil || wanted[e.Object]) {
			err = c.put(ctx, pending{channel, e})
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			l.o.Log.InfoContext(ctx, "a client of the streams is dropped", "user", string(c.user), "channel", channel, "error", err.Error())
			l.drop(c)
			return
		}
	}
}

// tell returns what v may know of events, as messages.
func (l *Live) tell(ctx context.Context, v access.Viewer, events []pending) (out []message, err error) {
	for _, p := range events {
		changes, err := l.seen(ctx, v, p.event)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			out = append(out, message{Channel: p.channel, Data: dataOf(c)})
		}
	}
	return out, nil
}

// changeData is a change as it is told over CometD.
type changeData struct {
	Schema  string         `json:"schema"`
	Payload map[string]any `json:"payload"`
	Event   struct {
		Replay int64 `json:"replayId"`
	} `json:"event"`
}

// header is the ChangeEventHeader of a change.
type header struct {
	EntityName      string       `json:"entityName"`
	RecordIds       []schema.Id  `json:"recordIds"`
	ChangeType      event.Change `json:"changeType"`
	ChangeOrigin    string       `json:"changeOrigin"`
	TransactionKey  string       `json:"transactionKey"`
	SequenceNumber  int          `json:"sequenceNumber"`
	CommitTimestamp int64        `json:"commitTimestamp"` // milliseconds since 1970
	CommitNumber    int64        `json:"commitNumber"`
	CommitUser      schema.Id    `json:"commitUser"`
	NulledFields    []string     `json:"nulledFields"`
	DiffFields      []string     `json:"diffFields"`
	ChangedFields   []string     `json:"changedFields"`
}

func dataOf(c change) changeData {
	e := c.event
	d := changeData{Schema: e.Object + "ChangeEvent", Payload: map[string]any{}}
	for name, value := range c.values {
		d.Payload[name] = value
	}
	d.Payload["ChangeEventHeader"] = header{e.Object, []schema.Id{c.id}, e.Change, "", e.Transaction, e.Sequence, e.At.Milli(), e.Replay, e.User, c.nulled, []string{}, c.fields}
	d.Event.Replay = e.Replay
	return d
}

package live

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"truckroll/server/auth"
)

// message is a message of the Bayeux protocol, in either direction.
type message struct {
	Channel      string          `json:"channel"`
	Id           json.RawMessage `json:"id,omitempty"`
	ClientId     string          `json:"clientId,omitempty"`
	Version      string          `json:"version,omitempty"`
	MinVersion   string          `json:"minimumVersion,omitempty"`
	Types        []string        `json:"supportedConnectionTypes,omitempty"`
	Subscription json.RawMessage `json:"subscription,omitempty"` // a channel, or several
	Successful   *bool           `json:"successful,omitempty"`
	Error        string          `json:"error,omitempty"`
	Advice       *advice         `json:"advice,omitempty"`
	Ext          *extension      `json:"ext,omitempty"`
	Data         any             `json:"data,omitempty"`
}

// advice tells a client how to go on.
type advice struct {
	Reconnect string `json:"reconnect"`
	Interval  int64  `json:"interval"`
	Timeout   int64  `json:"timeout,omitempty"` // milliseconds
}

// extension carries where subscriptions begin, by their channels. In a handshake it is true or false.
type extension struct {
	Replay json.RawMessage `json:"replay,omitempty"`
}

// maxMessages is the size of the largest body that is read.
const maxMessages = 64 << 10

// bayeux answers a request of the Bayeux protocol: one message or several, answered in order.
func (l *Live) bayeux(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxMessages))
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, "REQUEST_TOO_LARGE", "The messages can't be read: "+err.Error())
		return
	}
	var in []message
	if err := json.Unmarshal(body, &in); err != nil {
		var one message
		if json.Unmarshal(body, &one) != nil {
			refuse(w, http.StatusBadRequest, "JSON_PARSER_ERROR", "The messages can't be read: "+err.Error())
			return
		}
		in = []message{one}
	}
	var out []message
	for _, m := range in {
		out = append(out, l.answer(r, m)...)
	}
	if out == nil {
		out = []message{}
	}
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	s := &sender{w: w, control: http.NewResponseController(w), patience: l.o.Write}
	data, err := json.Marshal(out)
	if err != nil {
		l.o.Log.ErrorContext(r.Context(), "cometd", "error", err.Error())
		return
	}
	_ = s.send(data) // the client is gone; it comes back and goes on where it was
}

// answer answers one message. The answer to a connect carries the events that have come.
func (l *Live) answer(r *http.Request, m message) []message {
	reply := message{Channel: m.Channel, Id: m.Id, ClientId: m.ClientId}
	if m.Channel == "/meta/handshake" {
		return []message{l.handshake(r, reply)}
	}
	c := l.client(m.ClientId, auth.SessionOf(r).User)
	if c == nil {
		reply.fail("403::Unknown client")
		reply.Advice = &advice{Reconnect: "handshake"}
		return []message{reply}
	}
	switch m.Channel {
	case "/meta/connect":
		return l.connect(r, c, reply)
	case "/meta/subscribe":
		l.subscribe(r.Context(), auth.ViewerOf(r), c, m, &reply)
	case "/meta/unsubscribe":
		for _, name := range channels(m.Subscription) {
			c.unsubscribe(name)
		}
		reply.Subscription = m.Subscription
		reply.succeed()
	case "/meta/disconnect":
		l.drop(c)
		reply.succeed()
	default:
		reply.fail("403:" + m.Channel + ":publish_denied")
	}
	return []message{reply}
}

func (m *message) succeed() {
	yes := true
	m.Successful = &yes
}

func (m *message) fail(why string) {
	no := false
	m.Successful, m.Error = &no, why
}

func (l *Live) advice() *advice {
	return &advice{Reconnect: "retry", Timeout: l.o.Hold.Milliseconds()}
}

func (l *Live) handshake(r *http.Request, reply message) message {
	reply.Version, reply.MinVersion, reply.Types = "1.0", "1.0", []string{"long-polling"}
	reply.Ext = &extension{Replay: json.RawMessage("true")}
	c, err := l.newClient(auth.SessionOf(r).User)
	if err != nil {
		reply.fail("503::" + err.Error())
		reply.Advice = &advice{Reconnect: "retry", Interval: 30_000}
		return reply
	}
	reply.ClientId, reply.Advice = c.id, l.advice()
	reply.succeed()
	return reply
}

// connect waits until there are events. The first one is answered at once, so that the client knows that it is
// connected.
func (l *Live) connect(r *http.Request, c *client, reply message) []message {
	reply.Advice = l.advice()
	if c.begin() {
		reply.succeed()
		return []message{reply}
	}
	ctx, cancel := context.WithTimeout(r.Context(), l.o.Hold)
	defer cancel()
	defer context.AfterFunc(l.ctx, cancel)()
	for {
		events := c.take(ctx)
		v := l.still(r)
		if v == nil {
			l.drop(c)
			reply.fail("401::Authentication invalid")
			reply.Advice = &advice{Reconnect: "none"}
			return []message{reply}
		}
		out, err := l.tell(r.Context(), v, events)
		if err != nil {
			l.o.Log.ErrorContext(r.Context(), "cometd", "error", err.Error())
			l.drop(c) // it begins anew where it was, so that nothing is lost
		}
		if len(out) > 0 || len(events) == 0 || err != nil {
			reply.succeed()
			return append(out, reply)
		}
	}
}

// channels reads a subscription: one channel or several.
func channels(raw json.RawMessage) []string {
	var one string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		return []string{one}
	}
	var several []string
	_ = json.Unmarshal(raw, &several) // what is neither subscribes to nothing
	return several
}

// errChannel is why a channel can't be followed.
var errChannel = errors.New("unknown channel; there are /data/ChangeEvents and /data/<Object>ChangeEvent")

// objectOf returns the object that a channel is about; "" is every object.
func objectOf(channel string) (string, error) {
	name, ok := strings.CutPrefix(channel, "/data/")
	switch {
	case !ok:
		return "", errChannel
	case name == "ChangeEvents":
		return "", nil
	case strings.HasSuffix(name, "__ChangeEvent"):
		return strings.TrimSuffix(name, "ChangeEvent") + "c", nil
	case strings.HasSuffix(name, "ChangeEvent"):
		return strings.TrimSuffix(name, "ChangeEvent"), nil
	}
	return "", errChannel
}

// idle is how long after its last request a client of CometD is forgotten, beyond the time that a connect may wait.
const idle = time.Minute

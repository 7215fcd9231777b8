package live

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/event"
	"truckroll/platform/schema"
	"truckroll/server/auth"
)

// streamed is a change as server-sent events tell it.
type streamed struct {
	Object      string                     `json:"object"`
	Id          schema.Id                  `json:"id"`
	Change      event.Change               `json:"change"`
	Fields      []string                   `json:"changedFields"`
	Values      map[string]json.RawMessage `json:"values,omitempty"`
	User        schema.Id                  `json:"user,omitempty"`
	At          string                     `json:"at"`
	Transaction string                     `json:"transaction"`
	Sequence    int                        `json:"sequence"`
	Replay      int64                      `json:"replayId"`
}

// refusal is an error in the shape of the REST API.
type refusal struct {
	Message   string `json:"message"`
	ErrorCode string `json:"errorCode"`
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode([]refusal{{message, code}}) // the connection is gone; there is nobody to tell
}

// stream answers GET /events?objects=Account,Contact with server-sent events, from now on or after the event that
// Last-Event-ID, or replayId, names. GET /events?record=001… is about one record, and tells who else has it open.
func (l *Live) stream(w http.ResponseWriter, r *http.Request) {
	at, there := l.place(r)
	if !there {
		refuse(w, http.StatusNotFound, "NOT_FOUND", "The requested resource does not exist")
		return
	}
	wanted, unknown := l.wanted(auth.ViewerOf(r), r.URL.Query().Get("objects"))
	if unknown != "" {
		refuse(w, http.StatusBadRequest, "INVALID_TYPE", "sObject type '"+unknown+"' is not supported.")
		return
	}
	from, err := replayOf(r)
	if err != nil {
		refuse(w, http.StatusBadRequest, "INVALID_REPLAY_ID", err.Error())
		return
	}
	reader, err := l.o.Feed.Subscribe(r.Context(), from)
	switch {
	case errors.Is(err, event.ErrReplay):
		refuse(w, http.StatusBadRequest, "INVALID_REPLAY_ID", err.Error())
		return
	case err != nil:
		l.o.Log.ErrorContext(r.Context(), "subscribe", "error", err.Error())
		refuse(w, http.StatusServiceUnavailable, "SERVER_UNAVAILABLE", "The stream can't be opened now. Try again in a moment")
		return
	case !l.enter():
		w.Header().Set("Retry-After", "30")
		refuse(w, http.StatusServiceUnavailable, "SERVER_UNAVAILABLE", "There are too many streams. Try again later")
		return
	}
	defer l.leave()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	s := &sender{w: w, control: http.NewResponseController(w), patience: l.o.Write}
	if s.send([]byte(": open\n\n")) != nil {
		return
	}
	if err := l.follow(r, reader, wanted, at, s); err != nil {
		s.say("error", 0, refusal{err.Error(), "STREAM_ENDED"})
	}
}

// wanted reads the list of objects that a client asks for; nil is all. unknown is the first that is not there for v.
func (l *Live) wanted(v access.Viewer, list string) (wanted map[string]bool, unknown string) {
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		o := l.o.Keeper.Catalog().Object(name)
		if o == nil || !v.Object(o).Has(access.Read) {
			return nil, name
		}
		if wanted == nil {
			wanted = map[string]bool{}
		}
		wanted[o.Name] = true
	}
	return wanted, ""
}

// replayOf reads where a stream shall begin.
func replayOf(r *http.Request) (int64, error) {
	text := r.Header.Get("Last-Event-ID")
	if text == "" {
		text = r.URL.Query().Get("replayId")
	}
	if text == "" {
		return event.Latest, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < event.Earliest {
		return 0, fmt.Errorf("replayId: %q is no number of an event; -1 is from now on, -2 all that is kept", text)
	}
	return n, nil
}

// Reasons for which a stream ends, in words for the client.
var (
	errEnded   = errors.New("the session has ended; sign in again")
	errStopped = errors.New("the server stops; connect again and go on from the last event")
)

// follow sends events until the client goes, may no longer see them, is too slow, or the server stops.
func (l *Live) follow(r *http.Request, reader *event.Reader, wanted map[string]bool, at *place, s *sender) error {
	bell, end := l.bell(at)
	defer end()
	for {
		if err := l.tellPeople(r, at, s); err != nil {
			return err
		}
		e, err := l.next(r.Context(), reader, bell)
		switch {
		case r.Context().Err() != nil:
			return nil
		case l.ctx.Err() != nil:
			return errStopped
		case errors.Is(err, errRang):
			continue
		case errors.Is(err, context.DeadlineExceeded):
			if l.still(r) == nil {
				return errEnded
			}
			if s.send([]byte(": beat\n\n")) != nil {
				return nil
			}
			continue
		case err != nil:
			return err
		case wanted != nil && !wanted[e.Object] || at != nil && !slices.Contains(e.Ids, at.id):
			continue
		}
		v := l.still(r)
		if v == nil {
			return errEnded
		}
		changes, err := l.seen(r.Context(), v, e)
		if err != nil {
			l.o.Log.ErrorContext(r.Context(), "stream", "error", err.Error())
			return errors.New("the stream failed; connect again and go on from the last event")
		}
		if at != nil {
			changes = slices.DeleteFunc(changes, func(c change) bool { return c.id != at.id })
		}
		for i, c := range changes {
			replay := e.Replay
			if i < len(changes)-1 {
				replay = 0 // a client that comes back after a part of an event gets all of it again
			}
			if s.say("change", replay, streamed{e.Object, c.id, e.Change, c.fields, c.values, e.User, e.At.String(), e.Transaction, e.Sequence, e.Replay}) != nil {
				return nil
			}
		}
	}
}

// next waits for the next event, at most until a sign of life is due or a bell rings; no bell is nil.
func (l *Live) next(ctx context.Context, reader *event.Reader, bell <-chan struct{}) (event.Event, error) {
	ctx, cancel := context.WithTimeout(ctx, l.o.Beat)
	defer cancel()
	defer context.AfterFunc(l.ctx, cancel)()
	if bell == nil {
		return reader.Next(ctx)
	}
	ctx, rang := context.WithCancelCause(ctx)
	defer rang(nil)
	go func() {
		select {
		case <-bell:
			rang(errRang)
		case <-ctx.Done():
		}
	}()
	e, err := reader.Next(ctx)
	if err != nil && errors.Is(context.Cause(ctx), errRang) {
		return e, errRang
	}
	return e, err
}

// sender writes to one client, which may take some time for each piece.
type sender struct {
	w        http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration
}

func (s *sender) send(b []byte) error {
	_ = s.control.SetWriteDeadline(time.Now().Add(s.patience)) // not every connection has deadlines
	if _, err := s.w.Write(b); err != nil {
		return err
	}
	return s.control.Flush()
}

// say sends one event. replay 0 has no id to go on from.
func (s *sender) say(name string, replay int64, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if replay != 0 {
		fmt.Fprintf(&b, "id: %d\n", replay)
	}
	fmt.Fprintf(&b, "event: %s\ndata: %s\n\n", name, data)
	return s.send(b.Bytes())
}

package live

import (
	"errors"
	"net/http"
	"reflect"

	"truckroll/platform/schema"
	"truckroll/server/auth"
)

// errRang says that somebody came to a record, left it or does something else there.
var errRang = errors.New("somebody came or went")

// place is the one record that a stream is about.
type place struct {
	id     schema.Id
	object *schema.Object
	alone  bool     // who reads is no one of the organisation: they are not told of anybody
	said   []looker // who was told last; nil before the first
}

// place reads the record that a stream shall be about; nil is all. there is false for one that is not open to the user.
func (l *Live) place(r *http.Request) (at *place, there bool) {
	text := r.URL.Query().Get("record")
	if text == "" {
		return nil, true
	}
	id, o := l.recordOf(text)
	if o == nil || !l.reads(r, auth.ViewerOf(r), o, id) {
		return nil, false
	}
	p, err := l.o.Directory.Person(r.Context(), auth.ViewerOf(r).User())
	if err != nil || p == nil {
		return nil, false
	}
	return &place{id: id, object: o, alone: p.External()}, true
}

// bell rings when something changes among those who are at a place.
func (l *Live) bell(at *place) (bell <-chan struct{}, end func()) {
	if at == nil {
		return nil, func() {}
	}
	return l.presence.watch(at.id)
}

// tellPeople tells who else is at a place, when that is not what was told last. The stream ends when the record is not
// open to the reader any more.
func (l *Live) tellPeople(r *http.Request, at *place, s *sender) error {
	if at == nil {
		return nil
	}
	list := []looker{}
	if !at.alone {
		list = l.presence.others(at.id, auth.ViewerOf(r).User())
	}
	if reflect.DeepEqual(list, at.said) {
		return nil
	}
	v := l.still(r)
	if v == nil {
		return errEnded
	}
	if !l.reads(r, v, at.object, at.id) {
		return errors.New("the record is not open to you any more")
	}
	at.said = list
	return s.say("presence", 0, map[string]any{"record": at.id, "people": list})
}

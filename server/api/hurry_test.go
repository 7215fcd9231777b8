package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// deadlines notes which deadlines are set on a connection.
type deadlines struct {
	http.ResponseWriter
	set []time.Time
}

func (d *deadlines) SetReadDeadline(t time.Time) error {
	d.set = append(d.set, t)
	return nil
}

// Every body has its time, which begins when it is read and counts no more once it is there.
func TestBodiesHaveTheirTime(t *testing.T) {
	w := &deadlines{ResponseWriter: httptest.NewRecorder()}
	r := httptest.NewRequest("POST", "/", strings.NewReader("body"))
	beginTime(w, r)
	if len(w.set) != 0 {
		t.Error("the time began before the body was read")
	}
	if data, err := io.ReadAll(r.Body); err != nil || string(data) != "body" {
		t.Fatalf("%q, %v", data, err)
	}
	if len(w.set) != 2 || w.set[0].IsZero() || !w.set[1].IsZero() {
		t.Errorf("deadlines %v, want one and its end", w.set)
	}
}

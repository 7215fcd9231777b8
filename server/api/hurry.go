package api

import (
	"io"
	"net/http"
	"time"
)

// hurried is the body of a request whose sender has bodyTime for it. A handler that takes large bodies piece by piece
// extends the time itself. Once the body is read no time counts any more: what is read from the connection then is
// whether the sender is still there.
type hurried struct {
	io.ReadCloser
	control *http.ResponseController
	begun   bool
}

// beginTime has the time for r's body begin with its first read.
func beginTime(w http.ResponseWriter, r *http.Request) {
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = &hurried{ReadCloser: r.Body, control: http.NewResponseController(w)}
	}
}

func (h *hurried) Read(b []byte) (int, error) {
	if !h.begun {
		h.begun = true
		_ = h.control.SetReadDeadline(time.Now().Add(bodyTime)) // not every connection has deadlines
	}
	n, err := h.ReadCloser.Read(b)
	if err == io.EOF {
		_ = h.control.SetReadDeadline(time.Time{})
	}
	return n, err
}

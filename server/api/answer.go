package api

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// answer is what an operation answers with.
type answer struct {
	status int
	header http.Header // beside the content type; nil is none
	body   []byte      // JSON; nil is none
	file   *content    // instead of body
}

// jsonType is the content type that clients match literally.
const jsonType = "application/json;charset=UTF-8"

// ok answers with v.
func ok(v any) (*answer, error) { return answerWith(http.StatusOK, v) }

// answerWith answers with v under a status.
func answerWith(status int, v any) (*answer, error) {
	b, err := marshal(v)
	return &answer{status: status, body: b}, err
}

// done answers that there is nothing to tell.
func done() (*answer, error) { return &answer{status: http.StatusNoContent}, nil }

// set adds a header.
func (a *answer) set(name, value string) {
	if a.header == nil {
		a.header = http.Header{}
	}
	a.header.Set(name, value)
}

// marshal writes v as JSON, leaving <, > and & as they are.
func marshal(v any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("write an answer: %w", err)
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}

// minPacked is from how many bytes on an answer is worth packing.
const minPacked = 8 << 10

// packers are kept because each is a large piece of memory. The pool holds no state of an answer.
var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // the level is valid
	return z
}}

// reply sends a to the client.
func reply(w http.ResponseWriter, r *http.Request, a *answer) error {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerTime)) // not every writer has deadlines
	h := w.Header()
	for name, values := range a.header {
		h[name] = values
	}
	if a.file != nil {
		return a.file.send(w, r)
	}
	if a.body == nil {
		w.WriteHeader(a.status)
		return nil
	}
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", jsonType)
	}
	body := a.body
	if r.Header.Get("X-PrettyPrint") == "1" {
		if b, err := json.MarshalIndent(json.RawMessage(body), "", "  "); err == nil {
			body = b
		}
	}
	h.Add("Vary", "Accept-Encoding")
	if len(body) < minPacked || !accepts(r, "gzip") {
		h.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(a.status)
		_, _ = w.Write(body) // the connection is gone; there is nobody to tell
		return nil
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(a.status)
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(w)
	_, _ = z.Write(body) // as above
	_ = z.Close()
	return nil
}

// accepts reports whether the client takes answers in an encoding.
func accepts(r *http.Request, encoding string) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(name, encoding) {
			return strings.ReplaceAll(q, " ", "") != "q=0"
		}
	}
	return false
}

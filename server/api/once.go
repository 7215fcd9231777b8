package api

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"

	"truckroll/platform/record"
)

// perform has a call answered. A request that carries an Idempotency-Key happens once: whoever sends it again gets the
// first answer.
func (s *Server) perform(c *call, rt *route) (*answer, error) {
	key := c.header.Get("Idempotency-Key")
	if key == "" || c.tx != nil || rt.own || rt.method == http.MethodGet {
		return rt.do(c)
	}
	return s.once(c, key, digest(c), rt.do)
}

// digest tells two requests apart.
func digest(c *call) []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s?%s\n", c.method, c.target, c.query.Encode())
	h.Write(c.body)
	return h.Sum(nil)
}

// kept is an answer as it is kept for repeated requests.
type kept struct {
	Header http.Header     `json:"header,omitempty"`
	Body   json.RawMessage `json:"body,omitempty"`
}

// once has a call answered in one transaction with the note that it was.
func (s *Server) once(c *call, key string, digest []byte, do operation) (*answer, error) {
	a, replayed, err := s.keeper.Once(c.ctx, c.cause(), record.Key{Text: key, Digest: digest}, func(tx *record.Tx) (record.Answer, error) {
		within := *c
		within.tx = tx
		a, err := do(&within)
		if err != nil {
			return record.Answer{}, err
		}
		body, err := json.Marshal(kept{a.header, a.body})
		return record.Answer{Status: a.status, Body: body}, err
	})
	if err != nil {
		return nil, err
	}
	var k kept
	if err := json.Unmarshal(a.Body, &k); err != nil {
		return nil, fmt.Errorf("read a kept answer: %w", err)
	}
	out := &answer{status: a.Status, header: k.Header, body: k.Body}
	if replayed {
		out.set("Idempotency-Replayed", "true")
	}
	return out, nil
}

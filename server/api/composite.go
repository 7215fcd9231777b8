package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// The most parts of one request.
const (
	maxSubrequests = 25
	maxGraphs      = 75
	maxGraphNodes  = 500
	maxGraphDepth  = 15
)

// part is one request within a composite one.
type part struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Ref     string            `json:"referenceId"`
	Body    json.RawMessage   `json:"body"`
	Headers map[string]string `json:"httpHeaders"`
}

// partAnswer is the answer to a part.
type partAnswer struct {
	Body    json.RawMessage   `json:"body"`
	Headers map[string]string `json:"httpHeaders"`
	Status  int               `json:"httpStatusCode"`
	Ref     string            `json:"referenceId"`
}

// compositeBody is the body of POST /composite. That parts of one kind may be joined (collateSubrequests) is a
// permission which is not made use of: each part runs by itself.
type compositeBody struct {
	AllOrNone bool   `json:"allOrNone"`
	Parts     []part `json:"compositeRequest"`
}

// composite answers POST /composite: parts one after the other, each of which may refer to the answers before it.
func (s *Server) composite(c *call) (*answer, error) {
	var in compositeBody
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	if err := checkParts(in.Parts, maxSubrequests); err != nil {
		return nil, err
	}
	answers, _, err := s.runParts(c, in.Parts, in.AllOrNone)
	if err != nil {
		return nil, err
	}
	return ok(map[string][]partAnswer{"compositeResponse": answers})
}

var refName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,79}$`)

// checkParts holds parts to what can be run.
func checkParts(parts []part, most int) error {
	if len(parts) == 0 {
		return schema.Refuse("MISSING_ARGUMENT", "The body has no compositeRequest, or an empty one", "compositeRequest")
	}
	if len(parts) > most {
		return tooMany("subrequests", most)
	}
	seen := map[string]bool{}
	for _, p := range parts {
		switch {
		case !refName.MatchString(p.Ref):
			return schema.Refuse("JSON_PARSER_ERROR", fmt.Sprintf("referenceId '%s' must begin with a letter and consist of letters, digits and underscores", p.Ref), "referenceId")
		case seen[p.Ref]:
			return schema.Refuse("JSON_PARSER_ERROR", fmt.Sprintf("Duplicate referenceId '%s'", p.Ref), "referenceId")
		}
		seen[p.Ref] = true
	}
	return nil
}

// errHalted undoes the parts of a request that stands or falls as one.
var errHalted = errors.New("a part of the request failed")

// runParts answers parts in order, in one transaction when all shall stand or fall together. It reports whether all
// succeeded.
func (s *Server) runParts(c *call, parts []part, together bool) (answers []partAnswer, success bool, err error) {
	if !together {
		answers, failed := s.eachPart(c, parts, false)
		return answers, failed < 0, nil
	}
	failed := -1
	err = s.write(c, func(tx *record.Tx) error {
		within := *c
		within.tx = tx
		if answers, failed = s.eachPart(&within, parts, true); failed >= 0 {
			return errHalted
		}
		return nil
	})
	if errors.Is(err, errHalted) {
		for i := range answers {
			if i != failed {
				answers[i] = halted(parts[i].Ref, "The transaction was rolled back since another operation in the same transaction failed.")
			}
		}
		return answers, false, nil
	}
	return answers, true, err
}

// halted answers a part that was not run, or was undone.
func halted(ref, why string) partAnswer {
	body, _ := marshal([]problem{{Message: why, ErrorCode: "PROCESSING_HALTED"}}) // texts are always written
	return partAnswer{body, map[string]string{}, http.StatusBadRequest, ref}
}

// eachPart answers parts in order; failed is the first that failed, or -1. With stop those after it are left out.
func (s *Server) eachPart(c *call, parts []part, stop bool) (answers []partAnswer, failed int) {
	failed = -1
	known := answersByRef{}
	for _, p := range parts {
		if stop && failed >= 0 {
			answers = append(answers, partAnswer{Ref: p.Ref})
			continue
		}
		a := s.runPart(c, p, known)
		answers = append(answers, a)
		if a.Status >= 300 {
			if failed < 0 {
				failed = len(answers) - 1
			}
			continue
		}
		known[p.Ref] = a.Body
	}
	return answers, failed
}

// runPart answers one part, whose references lead to known answers.
func (s *Server) runPart(c *call, p part, known answersByRef) partAnswer {
	p, err := known.resolve(p)
	if err != nil {
		return halted(p.Ref, err.Error())
	}
	a := s.answerPart(c, p.Method, p.URL, p.Body, p.Headers)
	out := partAnswer{a.body, map[string]string{}, a.status, p.Ref}
	for _, name := range []string{"Location", "ETag", "Last-Modified"} {
		if v := a.header.Get(name); v != "" {
			out.Headers[name] = v
		}
	}
	return out
}

// answerPart answers a request within another as if it had come alone.
func (s *Server) answerPart(c *call, method, address string, body json.RawMessage, headers map[string]string) *answer {
	sub := &call{ctx: c.ctx, viewer: c.viewer, client: c.client, request: c.request, method: strings.ToUpper(method), header: http.Header{}, body: body, tx: c.tx, part: true, by: c.by, looking: c.looking}
	if string(body) == "null" {
		sub.body = nil
	}
	for name, value := range headers {
		sub.header.Set(name, value)
	}
	for _, name := range []string{"X-Change-Reason", "X-Change-Reason-Code", "Sforce-Mru", "Sforce-Query-Options"} {
		if v := c.header.Get(name); v != "" && sub.header.Get(name) == "" {
			sub.header.Set(name, v)
		}
	}
	a, err := s.partOf(sub, address)
	if err != nil {
		return s.refusal(sub, err)
	}
	return a
}

func (s *Server) partOf(c *call, address string) (*answer, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" {
		return nil, schema.Refuse("INVALID_ARGUMENT", "url: '"+address+"' is not an address that begins with /services/data")
	}
	c.target, c.query = strings.TrimSuffix(u.EscapedPath(), "/"), u.Query()
	rt, err := s.table.find(c)
	switch {
	case err != nil:
		return nil, err
	case rt.do == nil || rt.alone || rt.own:
		return nil, schema.Refuse("INVALID_ARGUMENT", "url: "+c.target+" can't be a part of a composite request")
	case rt.limit == small && len(c.body) > maxBody:
		return nil, tooLarge(maxBody)
	}
	if err := s.mayPass(c, rt); err != nil {
		return nil, err
	}
	c.header.Del("Idempotency-Key") // the whole request has one
	return rt.do(c)
}

// batchPart is one request of a batch.
type batchPart struct {
	Method string          `json:"method"`
	URL    string          `json:"url"`
	Input  json.RawMessage `json:"richInput"`
}

type batchAnswer struct {
	Status int             `json:"statusCode"`
	Result json.RawMessage `json:"result"`
}

// batch answers POST /composite/batch: parts that have nothing to do with each other.
func (s *Server) batch(c *call) (*answer, error) {
	var in struct {
		Halt  bool        `json:"haltOnError"`
		Parts []batchPart `json:"batchRequests"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	switch {
	case len(in.Parts) == 0:
		return nil, schema.Refuse("MISSING_ARGUMENT", "The body has no batchRequests, or an empty list", "batchRequests")
	case len(in.Parts) > maxSubrequests:
		return nil, tooMany("subrequests", maxSubrequests)
	}
	out := struct {
		Errors  bool          `json:"hasErrors"`
		Results []batchAnswer `json:"results"`
	}{Results: []batchAnswer{}}
	for _, p := range in.Parts {
		if out.Errors && in.Halt {
			body, _ := marshal([]problem{{Message: "Batch processing halted per request", ErrorCode: "BATCH_PROCESSING_HALTED"}}) // texts are always written
			out.Results = append(out.Results, batchAnswer{http.StatusPreconditionFailed, body})
			continue
		}
		a := s.answerPart(c, p.Method, batchURL(p.URL), p.Input, nil)
		out.Errors = out.Errors || a.status >= 400
		out.Results = append(out.Results, batchAnswer{a.status, a.body})
	}
	return ok(out)
}

// batchURL completes an address, which in batches may begin with the version.
func batchURL(u string) string {
	if rest := strings.TrimPrefix(u, "/"); strings.HasPrefix(rest, "v") {
		return root + "/" + rest
	}
	return u
}

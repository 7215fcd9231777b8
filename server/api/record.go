package api

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// saved is the answer to a change of one record.
type saved struct {
	Id      *schema.Id   `json:"id"`
	Success bool         `json:"success"`
	Errors  []rowProblem `json:"errors"`
	Created *bool        `json:"created,omitempty"`
}

// rowProblem is one error of a record among others, which has its code under another name than [problem].
type rowProblem struct {
	StatusCode string   `json:"statusCode"`
	Message    string   `json:"message"`
	Fields     []string `json:"fields"`
}

// createRecord answers POST /sobjects/{object}.
func (s *Server) createRecord(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	patch, err := s.patch(c, o, c.body, true)
	if err != nil {
		return nil, err
	}
	return s.insert(c, o, patch)
}

func (s *Server) insert(c *call, o *schema.Object, patch record.Patch) (*answer, error) {
	r, err := s.apply(c, record.Batch{Op: record.Insert, Object: o, Patches: []record.Patch{patch}})
	if err != nil {
		return nil, err
	}
	a, err := answerWith(http.StatusCreated, saved{Id: &r.Id, Success: true, Errors: []rowProblem{}})
	if err != nil {
		return nil, err
	}
	a.set("Location", c.base()+"/sobjects/"+o.Name+"/"+string(r.Id))
	a.set("ETag", etag(r.Version))
	return a, s.remember(c, o, r.Id)
}

// readRecord answers GET /sobjects/{object}/{id}.
func (s *Server) readRecord(c *call) (*answer, error) {
	o, id, err := s.target(c)
	if err != nil {
		return nil, err
	}
	return s.showRecord(c, o, id)
}

// updateRecord answers PATCH /sobjects/{object}/{id}.
func (s *Server) updateRecord(c *call) (*answer, error) {
	o, id, err := s.target(c)
	if err != nil {
		return nil, err
	}
	return s.update(c, o, id)
}

func (s *Server) update(c *call, o *schema.Object, id schema.Id) (*answer, error) {
	patch, err := s.patch(c, o, c.body, false)
	if err != nil {
		return nil, err
	}
	return s.change(c, o, id, patch)
}

func (s *Server) change(c *call, o *schema.Object, id schema.Id, patch record.Patch) (*answer, error) {
	if patch.Id != "" {
		return nil, schema.Refuse("INVALID_FIELD", "The Id field should not be specified in the sobject data.", "Id")
	}
	if err := c.precondition(&patch); err != nil {
		return nil, err
	}
	patch.Id = id
	r, err := s.apply(c, record.Batch{Op: record.Update, Object: o, Patches: []record.Patch{patch}})
	if err != nil {
		return nil, gone(err, id)
	}
	a, _ := done()
	a.set("ETag", etag(r.Version))
	return a, s.remember(c, o, id)
}

// deleteRecord answers DELETE /sobjects/{object}/{id}.
func (s *Server) deleteRecord(c *call) (*answer, error) {
	o, id, err := s.target(c)
	if err != nil {
		return nil, err
	}
	return s.remove(c, o, id)
}

func (s *Server) remove(c *call, o *schema.Object, id schema.Id) (*answer, error) {
	patch := record.Patch{Id: id}
	if err := c.precondition(&patch); err != nil {
		return nil, err
	}
	if _, err := s.apply(c, record.Batch{Op: record.Delete, Object: o, Patches: []record.Patch{patch}}); err != nil {
		return nil, gone(err, id)
	}
	return done()
}

// target returns the object and the id that the address names.
func (s *Server) target(c *call) (*schema.Object, schema.Id, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, "", err
	}
	id, err := schema.ParseId(c.args["key"])
	if err != nil || id.Prefix() != o.Prefix && o.Prefix != "" {
		return nil, "", noRecord(c.args["key"])
	}
	return o, id, nil
}

// noRecord says that there is no record under a key, whether it is not there or out of reach.
func noRecord(key string) error {
	return schema.Refuse("NOT_FOUND", "Provided external ID field does not exist or is not accessible: "+key)
}

// gone words the refusal of a change of the record with an id that is not there.
func gone(err error, id schema.Id) error {
	var f *schema.Fault
	if errors.As(err, &f) && f.Code == "INVALID_CROSS_REFERENCE_KEY" && len(f.Fields) == 0 {
		return noRecord(string(id))
	}
	return err
}

// patch reads a record that the caller sent.
func (s *Server) patch(c *call, o *schema.Object, data []byte, insert bool) (record.Patch, error) {
	if len(data) == 0 {
		return record.Patch{}, schema.Refuse("JSON_PARSER_ERROR", "The body is empty; send the fields of the record as a JSON object")
	}
	p, err := record.NewPatchReader(s.catalog(c), o, c.viewer, insert).JSON(data)
	if err != nil {
		return p, err
	}
	return p, s.storeBlobs(c, &p)
}

// apply changes one record. Its refusal is an error.
func (s *Server) apply(c *call, b record.Batch) (r record.Result, err error) {
	err = s.write(c, func(tx *record.Tx) error {
		results, err := tx.Apply(b)
		if err != nil {
			return err
		}
		r = results[0]
		if r.Matches != nil {
			return r.Matches
		}
		if len(r.Faults) > 0 {
			return r.Faults
		}
		return nil
	})
	return r, err
}

// etag is the version of a record as a header.
func etag(version int64) string { return `"v` + strconv.FormatInt(version, 10) + `"` }

// precondition adds to a patch what the headers say that the caller saw of the record.
func (c *call) precondition(p *record.Patch) error {
	if m := c.header.Get("If-Match"); m != "" && m != "*" {
		text, ok := strings.CutPrefix(strings.Trim(strings.TrimPrefix(m, "W/"), `"`), "v")
		n, err := strconv.ParseInt(text, 10, 64)
		if !ok || err != nil || n < 1 {
			return schema.Refuse("PRECONDITION_FAILED", fmt.Sprintf("If-Match: %s is no version of the record; use the ETag that a read gave", m))
		}
		p.Version = n
	}
	if since := c.header.Get("If-Unmodified-Since"); since != "" {
		t, err := httpTime(since)
		if err != nil {
			return schema.Refuse("INVALID_ARGUMENT", "If-Unmodified-Since: "+since+" is not a date such as Tue, 10 Mar 2026 08:00:00 GMT")
		}
		p.UnmodifiedSince = t
	}
	return nil
}

// httpTime reads a date of a header.
func httpTime(s string) (time.Time, error) {
	t, err := http.ParseTime(s)
	if err != nil {
		t, err = time.Parse(time.RFC1123Z, s)
	}
	return t, err
}

// readable lists the names of the fields of o that the viewer may read, in the catalogue's order.
func (c *call) readable(o *schema.Object) []string {
	names := make([]string, 0, len(o.Fields))
	for _, f := range o.Fields {
		if c.viewer.Reads(o, f) && !f.Hidden {
			names = append(names, f.Name)
		}
	}
	return names
}

// asked reads a list of fields that a caller wants, separated by commas; "" is all.
func (c *call) asked(o *schema.Object, list string) ([]string, error) {
	if list == "" {
		return c.readable(o), nil
	}
	names := []string{"Id"}
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		f := o.Field(name)
		if f == nil || f.Hidden || !c.viewer.Reads(o, f) {
			return nil, schema.Refuse("INVALID_FIELD", fmt.Sprintf("No such column '%s' on sobject of type %s", name, o.Name), name)
		}
		if !slices.Contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	return names, nil
}

package api

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// multipartType reports whether a request's body has several parts.
func multipartType(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && strings.HasPrefix(kind, "multipart/")
}

// maxParts is how many parts a body may have: the record, and the content of one field. Some clients send an empty one.
const maxParts = 4

// createWithFile answers POST /sobjects/{object} of a body of several parts: the record as JSON, then the content of a
// blob field, whose name is that of the part.
func (s *Server) createWithFile(w http.ResponseWriter, r *http.Request, c *call) error {
	o, err := s.object(c)
	if err != nil {
		return err
	}
	patch, err := s.readParts(w, r, c, o, true)
	if err != nil {
		return err
	}
	a, err := s.performWith(c, func(c *call) (*answer, error) { return s.insert(c, o, patch) })
	if err != nil {
		return err
	}
	return reply(w, r, a)
}

// updateWithFile answers PATCH /sobjects/{object}/{id} of a body of several parts.
func (s *Server) updateWithFile(w http.ResponseWriter, r *http.Request, c *call) error {
	o, id, err := s.target(c)
	if err != nil {
		return err
	}
	patch, err := s.readParts(w, r, c, o, false)
	if err != nil {
		return err
	}
	a, err := s.performWith(c, func(c *call) (*answer, error) { return s.change(c, o, id, patch) })
	if err != nil {
		return err
	}
	return reply(w, r, a)
}

// performWith is [Server.perform] for a call whose body was read elsewhere.
func (s *Server) performWith(c *call, do operation) (*answer, error) {
	return s.perform(c, &route{method: c.method, do: do})
}

// readParts reads a record in JSON and the content of one of its blob fields.
func (s *Server) readParts(w http.ResponseWriter, r *http.Request, c *call, o *schema.Object, insert bool) (record.Patch, error) {
	r.Body = &patient{http.MaxBytesReader(w, r.Body, maxUpload), http.NewResponseController(w)}
	parts, err := r.MultipartReader()
	if err != nil {
		return record.Patch{}, schema.Refuse("JSON_PARSER_ERROR", "The body can't be read as parts: "+err.Error())
	}
	var patch record.Patch
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		switch {
		case err == io.EOF && c.body == nil:
			return patch, schema.Refuse("MISSING_ARGUMENT", "The body has no part in JSON with the fields of the record")
		case err == io.EOF:
			return patch, nil
		case err != nil:
			return patch, bodyFault(err)
		case n == maxParts:
			return patch, schema.Refuse("INVALID_ARGUMENT", "The body has too many parts; send the record and one file")
		}
		if c.body == nil {
			err = s.readRecordPart(c, o, part, insert, &patch)
		} else {
			err = s.readFilePart(c, o, part, &patch)
		}
		if err != nil {
			return patch, err
		}
	}
}

// readRecordPart reads the first part, the fields of the record.
func (s *Server) readRecordPart(c *call, o *schema.Object, part *multipart.Part, insert bool, patch *record.Patch) error {
	data, err := io.ReadAll(io.LimitReader(part, maxBody+1))
	if err != nil {
		return bodyFault(err)
	}
	if len(data) > maxBody {
		return tooLarge(maxBody)
	}
	if err := inspect(data, maxKeys); err != nil {
		return err
	}
	c.body = data
	*patch, err = s.patch(c, o, data, insert)
	return err
}

// readFilePart keeps the content of the field that the part is named after.
func (s *Server) readFilePart(c *call, o *schema.Object, part *multipart.Part, patch *record.Patch) error {
	f := o.Field(part.FormName())
	if f == nil || f.Kind != schema.KindBlob || !c.viewer.Reads(o, f) {
		return schema.Refuse("INVALID_FIELD", "The part '"+part.FormName()+"' is not named after a field of "+o.Name+" that holds a file", part.FormName())
	}
	if !c.viewer.Edits(o, f) {
		return schema.Refuse("INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: "+f.Name, f.Name)
	}
	name, err := s.putBlob(c, f, part)
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		return tooLarge(over.Limit)
	}
	if err != nil {
		return err
	}
	c.body = append(append(c.body, '\n'), name...) // the digest of a repeated request covers the file, too
	patch.Set(f, name)
	return nil
}

// patient reads a large body, and gives its sender new time with each piece.
type patient struct {
	io.ReadCloser
	control *http.ResponseController
}

func (p *patient) Read(b []byte) (int, error) {
	_ = p.control.SetReadDeadline(time.Now().Add(bodyTime)) // not every connection has deadlines
	return p.ReadCloser.Read(b)
}

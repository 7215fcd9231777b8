package api

import (
	"database/sql"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
	"time"

	"truckroll/platform/file"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// storeBlobs keeps the contents that a patch brings as base64, and has the patch refer to them.
func (s *Server) storeBlobs(c *call, p *record.Patch) error {
	for _, v := range p.Values {
		text, _ := v.Value.(string)
		if v.Field.Kind != schema.KindBlob || text == "" {
			continue
		}
		name, err := s.putBlob(c, v.Field, base64.NewDecoder(base64.StdEncoding, strings.NewReader(text)))
		if err != nil {
			return err
		}
		p.Set(v.Field, name)
	}
	return nil
}

func (s *Server) putBlob(c *call, f *schema.Field, r io.Reader) (string, error) {
	if s.files == nil {
		return "", schema.Refuse("FUNCTIONALITY_NOT_ENABLED", f.Name+": this server keeps no files", f.Name)
	}
	kept, err := s.files.Put(c.ctx, r)
	var corrupt base64.CorruptInputError
	switch {
	case errors.As(err, &corrupt):
		return "", schema.Refuse("JSON_PARSER_ERROR", f.Name+": the value is not base64", f.Name)
	case errors.Is(err, file.ErrTooLarge):
		return "", schema.Refuse("REQUEST_TOO_LARGE", f.Name+": "+err.Error(), f.Name)
	}
	return kept.Hash, err
}

// content is what an answer reads from where it is kept instead of holding it.
type content struct {
	io.ReadSeekCloser
	kind string
	name string
}

// readBlob answers with the content of a blob field.
func (s *Server) readBlob(c *call, o *schema.Object, id schema.Id, f *schema.Field) (*answer, error) {
	if c.part {
		return nil, schema.Refuse("INVALID_ARGUMENT", "The content of "+f.Name+" can't be a part of a composite request; read it by its own address", f.Name)
	}
	names := []string{"Id", f.Name}
	for _, about := range []string{"ContentType", "PathOnClient", "Name", "Title"} {
		if a := o.Field(about); a != nil && c.viewer.Reads(o, a) {
			names = append(names, a.Name)
		}
	}
	about := map[string]string{}
	err := s.read(c, func(tx *store.Tx) error {
		text := "SELECT " + strings.Join(names, ", ") + " FROM " + o.Name + " WHERE Id = '" + string(id) + "'"
		st, err := query.Compile(text, s.catalog(c), c.viewer, s.queryOptions(false))
		if err != nil {
			return err
		}
		err = st.Each(tx, func(r query.Row) error {
			for i, n := range names {
				about[n], _ = r.Value(i).(string)
			}
			about["Id"] = string(r.Id())
			return nil
		})
		if err != nil || about["Id"] == "" {
			return err
		}
		about[f.Name], err = contentName(tx, o, id, f)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case about["Id"] == "" || s.files == nil || about[f.Name] == "":
		return nil, notFound()
	}
	in, err := s.files.Get(about[f.Name])
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, file: &content{in, about["ContentType"], firstOf(about, "PathOnClient", "Name", "Title")}}, nil
}

// active are the types that a browser runs, or styles a page with: a page of ours would take them for its own.
var active = regexp.MustCompile(`html|[/+]xml|xsl|(java|ecma|j|live)script|css`)

// send streams the content. A browser is told to save it, never to show it, because anyone may have put it there.
func (c *content) send(w http.ResponseWriter, r *http.Request) error {
	defer c.Close()
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	if kind, _, err := mime.ParseMediaType(c.kind); err == nil && !active.MatchString(kind) {
		h.Set("Content-Type", kind)
	}
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": path.Base(strings.ReplaceAll(c.name, `\`, "/"))}))
	http.ServeContent(&steady{w, http.NewResponseController(w)}, r, "", time.Time{}, c)
	return nil
}

// steady writes a large answer, and gives its reader new time with each piece.
type steady struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (s *steady) Write(b []byte) (int, error) {
	_ = s.control.SetWriteDeadline(time.Now().Add(answerTime)) // not every connection has deadlines
	return s.ResponseWriter.Write(b)
}

// contentName returns the name of the content that a blob field of a record refers to. Queries never tell it.
func contentName(tx *store.Tx, o *schema.Object, id schema.Id, f *schema.Field) (string, error) {
	var name sql.NullString
	err := tx.QueryRow("SELECT "+store.Quote(f.Name)+" FROM "+store.Quote(o.Name)+` WHERE "Id" = ?`, string(id)).Scan(&name)
	return name.String, err
}

func firstOf(m map[string]string, keys ...string) string {
	for _, k := range keys {
		if m[k] != "" {
			return m[k]
		}
	}
	return ""
}

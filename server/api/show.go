package api

import (
	"database/sql"
	"errors"
	"net/http"
	"strings"
	"time"

	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// showRecord answers with one record.
func (s *Server) showRecord(c *call, o *schema.Object, id schema.Id) (*answer, error) {
	names, err := c.asked(o, c.query.Get("fields"))
	if err != nil {
		return nil, err
	}
	st, err := s.plan(c, o, names)
	if err != nil {
		return nil, err
	}
	var page *query.Page
	var version, stamp int64
	err = s.read(c, func(tx *store.Tx) error {
		if page, err = s.engine.Within(tx, st.Of(id), s.ask(c, "")); err != nil || page.Len() == 0 {
			return err
		}
		version, stamp, err = versionOf(tx, o, id)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case page.Len() == 0:
		return nil, noRecord(string(id))
	}
	modified := time.UnixMilli(stamp).UTC().Truncate(time.Second)
	if t, err := httpTime(c.header.Get("If-Modified-Since")); err == nil && !modified.After(t) {
		return &answer{status: http.StatusNotModified}, nil
	}
	a := &answer{status: http.StatusOK, body: page.AppendRecords(nil)}
	if version > 0 {
		a.set("ETag", etag(version))
		a.set("Last-Modified", modified.Format(http.TimeFormat))
	}
	return a, s.remember(c, o, id)
}

// versionOf returns the version of a record and when it was last written; zeros for one that is not stored.
func versionOf(tx *store.Tx, o *schema.Object, id schema.Id) (version, stamp int64, err error) {
	if o.Field("SystemModstamp") == nil || !o.Field("SystemModstamp").Stored() {
		return 0, 0, nil
	}
	err = tx.QueryRow(`SELECT "`+store.VersionColumn+`", "SystemModstamp" FROM `+store.Quote(o.Name)+` WHERE "Id" = ?`, string(id)).Scan(&version, &stamp)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	return version, stamp, err
}

// selectWhere reads the fields of the records that have a value in a field.
func (s *Server) selectWhere(c *call, tx *store.Tx, o *schema.Object, names []string, field, value string) (*query.Page, error) {
	text := "SELECT " + strings.Join(names, ", ") + " FROM " + o.Name + " WHERE " + field + " = " + value
	if f := o.Field(field); f.Kind.Store() == schema.StoreText {
		text = "SELECT " + strings.Join(names, ", ") + " FROM " + o.Name + " WHERE " + field + " = " + soql.Quote(value)
	}
	return s.answerQuery(c, tx, s.ask(c, text))
}

// ask is a question on behalf of a call.
func (s *Server) ask(c *call, text string) query.Ask {
	return query.Ask{Catalog: s.catalog(c), Viewer: c.viewer, Text: text, Base: c.base()}
}

// answerQuery answers the first page of a query within a transaction.
func (s *Server) answerQuery(c *call, tx *store.Tx, a query.Ask) (*query.Page, error) {
	st, err := s.engine.Compile(c.ctx, a)
	if err != nil {
		return nil, err
	}
	return s.engine.Within(tx, st, a)
}

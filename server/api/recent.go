package api

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// The records that a user has looked at.
const (
	defaultRecent = 10
	maxRecent     = 200
)

// remember notes that the user has looked at a record, when the caller says so by Sforce-Mru: updateMru=true.
func (s *Server) remember(c *call, o *schema.Object, id schema.Id) error {
	if !strings.Contains(strings.ReplaceAll(c.header.Get("Sforce-Mru"), " ", ""), "updateMru=true") {
		return nil
	}
	return s.looked(c, o, []schema.Id{id}, false)
}

// looked notes that the user has looked at records, or at records that refer to them.
func (s *Server) looked(c *call, o *schema.Object, ids []schema.Id, referred bool) error {
	if len(ids) == 0 || c.viewer.User() == "" {
		return nil
	}
	set := "at = excluded.at"
	if referred {
		set = "referenced = excluded.referenced"
	}
	note := func(tx *store.Tx) error {
		for _, id := range ids[:min(len(ids), maxRecent)] {
			at := s.now().UnixMilli()
			_, err := tx.Exec("INSERT INTO recent_view (user_id, record, object, at, referenced) VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_id, record) DO UPDATE SET "+set,
				string(c.viewer.User()), string(id), o.Name, at, at)
			if err != nil {
				return err
			}
		}
		return nil
	}
	if c.tx != nil {
		return note(c.tx.Store())
	}
	return s.keeper.DB().Write(c.ctx, note)
}

// readRecent answers GET /recent?limit.
func (s *Server) readRecent(c *call) (*answer, error) {
	n, err := c.number("limit", defaultRecent, maxRecent)
	if err != nil {
		return nil, err
	}
	body, err := s.recentOf(c, nil, n)
	if err != nil {
		return nil, err
	}
	return &answer{status: 200, body: body}, nil
}

// recentOf returns the n records that the user looked at last, of one object or of all, as a JSON list. What the user
// may no longer see, and what is deleted, is not in it.
func (s *Server) recentOf(c *call, o *schema.Object, n int) ([]byte, error) {
	var list [][]byte
	err := s.read(c, func(tx *store.Tx) error {
		ids, err := recentIds(tx, c.viewer.User(), o)
		if err != nil {
			return err
		}
		found, err := s.namesOf(c, tx, ids)
		for _, id := range ids {
			if rec := found[id]; rec != nil && len(list) < n {
				list = append(list, rec)
			}
		}
		return err
	})
	return append(append([]byte{'['}, bytes.Join(list, []byte{','})...), ']'), err
}

func recentIds(tx *store.Tx, user schema.Id, o *schema.Object) ([]schema.Id, error) {
	text, args := "SELECT record FROM recent_view WHERE user_id = ?", []any{string(user)}
	if o != nil {
		text, args = text+" AND object = ?", append(args, o.Name)
	}
	rows, err := tx.Query(text+" ORDER BY at DESC, record LIMIT ?", append(args, 2*maxRecent)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []schema.Id
	for rows.Next() {
		var id schema.Id
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// namesOf returns the id and name of those of the records that the viewer may see, as JSON by id.
func (s *Server) namesOf(c *call, tx *store.Tx, ids []schema.Id) (map[schema.Id][]byte, error) {
	found := map[schema.Id][]byte{}
	for o, of := range s.byObject(c, ids) {
		if s.visible(c, o.Name) == nil {
			continue
		}
		fields := "Id"
		if f := o.NameField(); f != nil && c.viewer.Reads(o, f) {
			fields += ", " + f.Name
		}
		page, err := s.answerQuery(c, tx, s.ask(c, "SELECT "+fields+" FROM "+o.Name+" WHERE Id IN ("+quoteIds(of)+")"))
		if err != nil {
			return nil, err
		}
		recs, err := recordsOf(page)
		if err != nil {
			return nil, err
		}
		for i, id := range page.Ids() {
			found[id] = recs[i]
		}
	}
	return found, nil
}

// byObject sorts ids by the object that they are of; unknown ones are left out.
func (s *Server) byObject(c *call, ids []schema.Id) map[*schema.Object][]schema.Id {
	by := map[*schema.Object][]schema.Id{}
	for _, id := range ids {
		if o := s.catalog(c).ById(id); o != nil && !slices.Contains(by[o], id) {
			by[o] = append(by[o], id)
		}
	}
	return by
}

// recordsOf returns the records of a page one by one.
func recordsOf(page *query.Page) ([]json.RawMessage, error) {
	var recs []json.RawMessage
	data := append(page.AppendRecords([]byte{'['}), ']')
	return recs, json.Unmarshal(data, &recs)
}

// quoteIds writes ids as the list that stands after IN.
func quoteIds(ids []schema.Id) string {
	quoted := make([]string, len(ids))
	for i, id := range ids {
		quoted[i] = soql.Quote(string(id))
	}
	return strings.Join(quoted, ",")
}

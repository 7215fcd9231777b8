package api

import (
	"strings"

	"truckroll/platform/query"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// Resources that clients look at and that hold nothing here, or little.

// none answers with something empty in the shape that clients expect.
func none(v any) operation {
	return func(*call) (*answer, error) { return ok(v) }
}

// noneOf is none for what an object has.
func (s *Server) noneOf(v any) operation {
	return func(c *call) (*answer, error) {
		if _, err := s.object(c); err != nil {
			return nil, err
		}
		return ok(v)
	}
}

// absent answers an address under which nothing can be.
func absent(*call) (*answer, error) { return nil, notFound() }

// support answers GET /support.
func (s *Server) support(c *call) (*answer, error) {
	return ok(map[string]string{"dataCategoryGroups": c.base() + "/support/dataCategoryGroups", "knowledgeArticles": c.base() + "/support/knowledgeArticles"})
}

// connect answers GET /connect and GET /chatter.
func (s *Server) connect(c *call) (*answer, error) {
	return ok(map[string]string{"users": c.base() + "/chatter/users", "organization": c.base() + "/connect/organization"})
}

// organization answers GET /connect/organization.
func (s *Server) organization(c *call) (*answer, error) {
	o, err := s.people.Organization(c.ctx)
	if err != nil {
		return nil, err
	}
	return ok(map[string]any{"orgId": o.Id, "name": o.Name, "userSettings": map[string]any{"userId": c.viewer.User(), "timeZone": map[string]string{"name": c.viewer.Location().String()}}})
}

// aboutMe are the fields of a user that the user is told, and what they are called there.
var aboutMe = []struct{ field, key string }{
	{"Name", "name"}, {"FirstName", "firstName"}, {"LastName", "lastName"}, {"Username", "username"}, {"Email", "email"}, {"Title", "title"}, {"CompanyName", "companyName"},
}

// me answers GET /chatter/users/me: who asks.
func (s *Server) me(c *call) (*answer, error) {
	id := c.viewer.User()
	who := map[string]any{"id": id, "type": "User", "url": c.base() + "/chatter/users/" + string(id)}
	o := s.visible(c, "User")
	if o == nil {
		return ok(who)
	}
	var names, keys []string
	for _, a := range aboutMe {
		if f := o.Field(a.field); f != nil && c.viewer.Reads(o, f) {
			names, keys = append(names, f.Name), append(keys, a.key)
		}
	}
	st, err := query.Compile("SELECT "+strings.Join(append(names, "Id"), ", ")+" FROM User WHERE Id = "+soql.Quote(string(id)), s.catalog(c), c.viewer, s.queryOptions(false))
	if err != nil {
		return nil, err
	}
	err = s.read(c, func(tx *store.Tx) error {
		return st.Each(tx, func(r query.Row) error {
			for i, key := range keys {
				if who[key] = r.Value(i); r.IsNull(i) {
					who[key] = nil
				}
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return ok(who)
}

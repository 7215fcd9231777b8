package api

import (
	"errors"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
	"truckroll/platform/why"
)

// peopleRoutes are the addresses by which administrators see and set what people may do.
func (s *Server) peopleRoutes() []route {
	return []route{
		{method: "GET", pattern: "/access/records/{key}", about: "Who can see a record, and why; with user, whether that one user can and what is missing", do: s.whoSees},
		{method: "GET", pattern: "/access/users/{key}", about: "What a user may do, and which profile or permission set lets them", do: s.userRights},
		{method: "GET", pattern: "/access/sets/{key}", about: "What a profile or permission set grants on the system and on objects", do: s.readGrants},
		{method: "GET", pattern: "/access/sets/{key}/fields", about: "What a profile or permission set grants on fields", do: s.readFieldGrants},
		{method: "PATCH", pattern: "/access/sets/{key}", about: "Change what a profile or permission set grants, all at once; with check=true say only what would change", do: s.changeGrants, limit: medium},
		{method: "POST", pattern: "/access/sets", about: "Make a profile or permission set, empty or as a copy of another", do: s.makeSet},
		{method: "GET", pattern: "/access/sharing", about: "The organisation-wide default of each object, and what opens its records beyond", do: s.readSharing},
		{method: "POST", pattern: "/access/sharing/preview", about: "How many records a sharing rule would open, and to whom", do: s.previewRule},
	}
}

// mayView refuses those who may not look at the configuration of rights.
func (c *call) mayView() error {
	if c.viewer.May("ViewSetup") || c.viewer.May("ManageUsers") || c.viewer.May(access.CustomizeApplication) {
		return nil
	}
	return schema.Refuse("INSUFFICIENT_ACCESS", "The permission ViewSetup is needed to look at what people may do")
}

// asker explains within a transaction.
func (s *Server) asker(c *call, tx *store.Tx) *why.Asker { return why.New(tx, s.catalog(c), s.now()) }

// seen is a user and what they may do with a record.
type seen struct {
	Id       schema.Id `json:"id"`
	Name     string    `json:"name"`
	Username string    `json:"username"`
	Profile  string    `json:"profile"`
	Role     string    `json:"role"`
	why.Answer
}

// most users are looked at for one answer of [Server.whoSees].
const mostSeen = 100

// whoSees answers GET /access/records/{key}?user= and ?q=&offset=.
func (s *Server) whoSees(c *call) (*answer, error) {
	o, id, err := s.explained(c)
	if err != nil {
		return nil, err
	}
	if c.query.Get("user") != "" {
		return s.whetherSees(c, o, id)
	}
	var out map[string]any
	err = s.read(c, func(tx *store.Tx) error {
		users, err := s.usersLike(c, tx, c.query.Get("q"))
		if err != nil {
			return err
		}
		a := s.asker(c, tx)
		record, err := a.Named([]why.Link{{Id: id, Object: o.Name}})
		if err != nil {
			return err
		}
		next, found := 0, []seen{}
		if len(users) > mostSeen {
			offset, _ := c.offset() // was read to find the users
			next, users = offset+mostSeen, users[:mostSeen]
		}
		for _, u := range users {
			v, err := s.people.ViewerIn(tx, u.Id)
			if errors.Is(err, org.ErrNoViewer) {
				continue
			}
			if err != nil {
				return err
			}
			if u.Answer, err = a.Explain(v, o, id); err != nil {
				return err
			}
			if u.Read {
				found = append(found, u)
			}
		}
		out = map[string]any{"record": record[0], "users": found, "looked": len(users), "next": nil}
		if next > 0 {
			out["next"] = next
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return ok(out)
}

// explained returns the record that the address names, if the viewer may ask who sees it: who may look at the
// configuration, who could share the record, and anyone about themself.
func (s *Server) explained(c *call) (*schema.Object, schema.Id, error) {
	id, err := schema.ParseId(c.args["key"])
	if err != nil {
		return nil, "", schema.Refuse("MALFORMED_ID", c.args["key"]+" is not an id", "key")
	}
	o := s.catalog(c).ById(id)
	if o == nil || s.visible(c, o.Name) == nil {
		return nil, "", notFound()
	}
	switch n, err := s.within(c, o, id, access.ReadLevel); {
	case err != nil:
		return nil, "", err
	case !n:
		return nil, "", notFound()
	}
	if c.mayView() == nil || c.query.Get("user") == string(c.viewer.User()) {
		return o, id, nil
	}
	shares, err := s.within(c, o, id, access.TransferLevel)
	if err == nil && !shares {
		err = schema.Refuse("INSUFFICIENT_ACCESS", "Only who could share a record, or has the permission ViewSetup, can ask who sees it")
	}
	return o, id, err
}

// within reports whether a record is open to the viewer at a level.
func (s *Server) within(c *call, o *schema.Object, id schema.Id, l access.Level) (found bool, err error) {
	options := s.queryOptions(false)
	options.Level = l
	st, err := query.Compile("SELECT Id FROM "+o.Name+" WHERE Id = "+soql.Quote(string(id)), s.catalog(c), c.viewer, options)
	if err != nil {
		return false, err
	}
	err = s.read(c, func(tx *store.Tx) error {
		n, err := st.Count(tx)
		found = n > 0
		return err
	})
	return found, err
}

// offset reads how many rows are to be skipped.
func (c *call) offset() (int, error) {
	if t := c.query.Get("offset"); t == "" || t == "0" {
		return 0, nil
	}
	return c.number("offset", 0, 2000)
}

// usersLike returns active users by name, one more than are looked at.
func (s *Server) usersLike(c *call, tx *store.Tx, text string) ([]seen, error) {
	skip, err := c.offset()
	if err != nil {
		return nil, err
	}
	where := "IsActive = true"
	if text = strings.TrimSpace(text); text != "" {
		like := soql.QuotePattern("%" + soql.EscapePattern(text) + "%")
		where += " AND (Name LIKE " + like + " OR Username LIKE " + like + ")"
	}
	return s.users(c, tx, where+" ORDER BY Name, Id LIMIT "+itoa(mostSeen+1)+" OFFSET "+itoa(skip))
}

// users returns the users that meet a condition, as the viewer may know of them.
func (s *Server) users(c *call, tx *store.Tx, where string) ([]seen, error) {
	st, err := query.Compile("SELECT Id, Name, Username, Profile.Name, UserRole.Name FROM User WHERE "+where, s.catalog(c), c.viewer, s.queryOptions(false))
	if err != nil {
		return nil, err
	}
	var list []seen
	err = st.Each(tx, func(r query.Row) error {
		text := func(i int) string { t, _ := r.Value(i).(string); return t }
		list = append(list, seen{Id: r.Id(), Name: text(1), Username: text(2), Profile: text(3), Role: text(4)})
		return nil
	})
	return list, err
}

// whetherSees answers whether one user sees a record, and what they may do with its object and its fields.
func (s *Server) whetherSees(c *call, o *schema.Object, id schema.Id) (*answer, error) {
	var out map[string]any
	err := s.read(c, func(tx *store.Tx) error {
		u, v, err := s.viewerAt(c, tx, c.query.Get("user"))
		if err != nil {
			return err
		}
		a := s.asker(c, tx)
		if u.Answer, err = a.Explain(v, o, id); err != nil {
			return err
		}
		record, err := a.Named([]why.Link{{Id: id, Object: o.Name}})
		if err != nil {
			return err
		}
		rights, err := a.Rights(v, o)
		out = map[string]any{"record": record[0], "user": u, "object": map[string]any{"name": o.Name, "label": o.Label, "rights": rights, "default": v.Model(o)},
			"fields": why.Withheld(v, o)}
		return err
	})
	if err != nil {
		return nil, err
	}
	return ok(out)
}

// viewerAt returns a user by id and what they may do.
func (s *Server) viewerAt(c *call, tx *store.Tx, key string) (seen, *access.Grants, error) {
	id, err := schema.ParseId(key)
	if err != nil {
		return seen{}, nil, schema.Refuse("MALFORMED_ID", "user: "+key+" is not the id of a user", "user")
	}
	list, err := s.users(c, tx, "Id = "+soql.Quote(string(id)))
	if err != nil {
		return seen{}, nil, err
	}
	if len(list) == 0 {
		return seen{}, nil, notFound()
	}
	v, err := s.people.ViewerIn(tx, id)
	if errors.Is(err, org.ErrNoViewer) {
		return seen{}, nil, schema.Refuse("INACTIVE_OWNER_OR_USER", list[0].Name+" is not active, and may do nothing", "user")
	}
	return list[0], v, err
}

// userRights answers GET /access/users/{key}: the permissions and the rights on objects that a user has, with where
// each comes from, and the groups and roles that records reach them through.
func (s *Server) userRights(c *call) (*answer, error) {
	if err := c.mayView(); err != nil && c.args["key"] != string(c.viewer.User()) {
		return nil, err
	}
	var out map[string]any
	err := s.read(c, func(tx *store.Tx) error {
		u, v, err := s.viewerAt(c, tx, c.args["key"])
		if err != nil {
			return err
		}
		a := s.asker(c, tx)
		permissions, err := a.Permissions(v, org.PermissionNames())
		if err != nil {
			return err
		}
		objects := []map[string]any{}
		for _, o := range s.catalog(c).Objects {
			rights, err := a.Rights(v, o)
			if err != nil {
				return err
			}
			if len(rights) > 0 {
				objects = append(objects, map[string]any{"name": o.Name, "label": o.Label, "setup": o.Setup, "rights": rights, "withheld": len(why.Withheld(v, o))})
			}
		}
		groups := []why.Link{}
		for _, id := range v.Groups() {
			groups = append(groups, why.Link{Id: id, Object: "Group"})
		}
		below := []why.Link{}
		for _, id := range v.Below().Roles {
			below = append(below, why.Link{Id: id, Object: "UserRole"})
		}
		if groups, err = a.Named(groups); err == nil {
			below, err = a.Named(below)
		}
		out = map[string]any{"user": u, "permissions": permissions, "objects": objects, "groups": groups, "below": below}
		return err
	})
	if err != nil {
		return nil, err
	}
	return ok(out)
}

package api

import (
	"context"
	"net/http"
	"net/url"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/server/auth"
)

// root is where the API begins.
const root = "/services/data"

// call is one thing asked of the API: a request, or a part of a composite one.
type call struct {
	ctx     context.Context
	viewer  access.Viewer
	client  string // the app that asks
	request string // the id of the HTTP request
	method  string
	target  string // the escaped path
	version string // v60.0
	args    map[string]string
	query   url.Values
	header  http.Header
	body    []byte
	tx      *record.Tx // the transaction that this is a part of; nil is none
	part    bool       // of a composite request
	by      schema.Id  // who looks through the viewer's eyes; "" is the viewer themself
	looking bool       // by may change nothing
}

// newCall reads everything of a request but its body.
func (s *Server) newCall(r *http.Request) *call {
	c := &call{
		ctx: r.Context(), viewer: auth.ViewerOf(r), request: requestId(r), method: r.Method, target: r.URL.EscapedPath(),
		query: r.URL.Query(), header: r.Header,
	}
	if session := auth.SessionOf(r); session != nil {
		c.client, c.by, c.looking = session.Client, session.By, session.Looking
	}
	if c.by != "" {
		c.header.Del("Sforce-Mru") // what is looked at is none of the user's own
	}
	if m := c.query.Get("_HTTP_METHOD"); m != "" && r.Method == http.MethodPost {
		c.method = m
		c.query.Del("_HTTP_METHOD")
	}
	return c
}

// base is where the version's addresses begin: /services/data/v60.0.
func (c *call) base() string { return root + "/" + c.version }

// object returns the object that the address names. One that the viewer may not read is answered like one that does
// not exist.
func (s *Server) object(c *call) (*schema.Object, error) {
	if o := s.visible(c, c.args["object"]); o != nil {
		return o, nil
	}
	return nil, notFound()
}

// visible returns the named object if the viewer may know that it exists, or nil.
func (s *Server) visible(c *call, name string) *schema.Object {
	o := s.catalog(c).Object(name)
	if o == nil || !c.viewer.Object(o).Has(access.Read) {
		return nil
	}
	return o
}

// catalog is the catalogue that a call sees.
func (s *Server) catalog(c *call) *schema.Catalog {
	if c.tx != nil {
		return c.tx.Catalog()
	}
	return s.keeper.Catalog()
}

// cause is why a transaction happens, for the audit log. Who acts through another's eyes is named as the actor, and the
// user as whom they act for.
func (c *call) cause() record.Cause {
	why := record.Cause{
		Viewer: c.viewer, By: "api", Of: c.client, Request: c.request, Actor: audit.Actor{Id: c.viewer.User()},
		ReasonCode: c.header.Get("X-Change-Reason-Code"), Reason: c.header.Get("X-Change-Reason"),
	}
	if c.by != "" {
		why.Actor.Id, why.OnBehalf = c.by, c.viewer.User()
	}
	return why
}

// write changes records: in the transaction that c is a part of, where it can fail alone, or in one of its own.
func (s *Server) write(c *call, f func(*record.Tx) error) error {
	if c.tx != nil {
		return c.tx.Try(func() error { return f(c.tx) })
	}
	return s.keeper.Do(c.ctx, c.cause(), f)
}

// read looks at the database: in the transaction that c is a part of, whose changes it sees, or at one moment.
func (s *Server) read(c *call, f func(*store.Tx) error) error {
	if c.tx != nil {
		return c.tx.Try(func() error { return f(c.tx.Store()) })
	}
	return s.keeper.DB().View(c.ctx, f)
}

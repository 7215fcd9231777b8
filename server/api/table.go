package api

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"truckroll/platform/schema"
)

// operation answers a call in one piece. It may be a part of a composite request.
type operation func(*call) (*answer, error)

// handler answers a request whose body or answer is too large for one piece. Failures become the API's error body in
// [Server.refusal] and nowhere else.
type handler func(http.ResponseWriter, *http.Request, *call) error

// route is one address and who answers it. One of do and stream is set.
type route struct {
	method  string
	pattern string // below /services/data/{version}
	about   string // what it does, for the OpenAPI document
	do      operation
	upload  handler // of a body of several parts, beside do
	stream  handler
	limit   size // of the body; 0 is small
	alone   bool // never a part of a composite request
	own     bool // has transactions of its own: it is alone, and a repetition of it is not recognised by its key
}

// size is how large the body of a request may be.
type size int

const (
	small  size = iota // a record, a query
	medium             // many records
	large              // a record that may hold a file
)

// most returns how many bytes the body of a call may have.
func (rt *route) most(s *Server, c *call) int64 {
	switch {
	case rt.limit == medium:
		return maxComposite
	case rt.limit == large && hasBlob(s.visible(c, c.args["object"])):
		return maxBlobJSON
	}
	return maxBody
}

// keys returns how many keys the body of a call may have.
func (rt *route) keys() int {
	if rt.limit == medium {
		return maxManyKeys
	}
	return maxKeys
}

func hasBlob(o *schema.Object) bool {
	return o != nil && slices.ContainsFunc(o.Fields, func(f *schema.Field) bool { return f.Kind == schema.KindBlob })
}

// address is the pattern of a route, or of several that differ in their method.
type address struct {
	segments []string
	routes   []*route
}

// table finds routes by method and path. It is not an http.ServeMux because the parts of a composite request are found
// in it, too.
type table []*address

func newTable(routes []route) table {
	byPattern := map[string]*address{}
	var t table
	for i := range routes {
		rt := &routes[i]
		a := byPattern[rt.pattern]
		if a == nil {
			a = &address{segments: strings.Split(rt.pattern, "/")[1:]}
			byPattern[rt.pattern] = a
			t = append(t, a)
		}
		a.routes = append(a.routes, rt)
	}
	slices.SortStableFunc(t, func(a, b *address) int {
		return slices.CompareFunc(a.segments, b.segments, func(x, y string) int { return cmp.Compare(wildness(x), wildness(y)) })
	})
	return t
}

// wildness orders patterns so that what is spelled out comes before what stands for anything.
func wildness(segment string) int {
	if strings.HasPrefix(segment, "{") {
		return 1
	}
	return 0
}

// wrongMethod says which methods an address has.
type wrongMethod struct {
	fault error
	allow string
}

func (w *wrongMethod) Error() string { return w.fault.Error() }
func (w *wrongMethod) Unwrap() error { return w.fault }

// find returns the route of a call and sets the call's version and arguments.
func (t table) find(c *call) (*route, error) {
	rest, ok := strings.CutPrefix(c.target, root+"/")
	if !ok {
		return nil, notFound()
	}
	version, rest, _ := strings.Cut(rest, "/")
	if !validVersion(version) {
		return nil, notFound()
	}
	c.version = version
	segments := strings.Split(rest, "/")
	for _, a := range t {
		if args, ok := a.match(segments); ok {
			c.args = args
			return a.route(c)
		}
	}
	return nil, notFound()
}

// match compares a path with the address. Words are matched without case, as clients spell some of them differently.
func (a *address) match(segments []string) (map[string]string, bool) {
	if len(segments) != len(a.segments) {
		return nil, false
	}
	for i, s := range a.segments {
		if wildness(s) == 0 && !strings.EqualFold(s, segments[i]) {
			return nil, false
		}
	}
	args := make(map[string]string, 3)
	for i, s := range a.segments {
		if wildness(s) == 0 {
			continue
		}
		v, err := url.PathUnescape(segments[i])
		if err != nil || v == "" {
			return nil, false
		}
		args[s[1:len(s)-1]] = v
	}
	return args, true
}

// route returns the route of the address for the method of a call. HEAD is a GET whose body is not sent.
func (a *address) route(c *call) (*route, error) {
	method := c.method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	var allow []string
	for _, rt := range a.routes {
		if rt.method == method {
			return rt, nil
		}
		allow = append(allow, rt.method)
	}
	list := strings.Join(allow, ", ")
	return nil, &wrongMethod{schema.Refuse("METHOD_NOT_ALLOWED", "HTTP Method '"+strings.ToValidUTF8(c.method, "?")+"' not allowed. Allowed are "+list), list}
}

func itoa(n int) string { return strconv.Itoa(n) }

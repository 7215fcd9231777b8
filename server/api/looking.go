package api

import (
	"net/http"
	"slices"
	"strings"

	"truckroll/platform/schema"
)

// lookingPosts are the addresses at which a POST changes nothing by itself. The parts of a composite request are
// looked at one by one.
var lookingPosts = []string{
	"/parameterizedSearch", "/composite", "/composite/batch", "/composite/graph", "/composite/sobjects/{object}",
	"/tooling/formulas/try", "/emailTemplates/render",
}

// mayPass refuses whatever is not reading to who looks through another's eyes. That the viewer has no right to change
// anything would refuse most of it; this holds whatever a route does. Jobs go on when nobody looks any more, in the
// user's name alone, and are refused to who may change records, too.
func (s *Server) mayPass(c *call, rt *route) error {
	if c.by != "" && rt.method != http.MethodGet && strings.HasPrefix(rt.pattern, "/jobs/") {
		return schema.Refuse("INSUFFICIENT_ACCESS", "You see as another user, in whose name no job can be started")
	}
	if !c.looking || rt.method == http.MethodGet || slices.Contains(lookingPosts, rt.pattern) {
		return nil
	}
	if rt.pattern == "/actions/standard/{action}" {
		if a, err := s.action(c); err == nil && !a.Changes() {
			return nil
		}
	}
	return schema.Refuse("INSUFFICIENT_ACCESS", "You see as another user, and can change nothing")
}

package api

import (
	"fmt"

	"truckroll/platform/schema"
)

// graphIn is parts that stand or fall together.
type graphIn struct {
	Id    string `json:"graphId"`
	Parts []part `json:"compositeRequest"`
}

type graphAnswer struct {
	Id       string                  `json:"graphId"`
	Response map[string][]partAnswer `json:"graphResponse"`
	Success  bool                    `json:"isSuccessful"`
}

// graph answers POST /composite/graph: several composite requests, each of which stands or falls by itself.
func (s *Server) graph(c *call) (*answer, error) {
	var in struct {
		Graphs []graphIn `json:"graphs"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	if err := checkGraphs(in.Graphs); err != nil {
		return nil, err
	}
	out := make([]graphAnswer, len(in.Graphs))
	for i, g := range in.Graphs {
		answers, success, err := s.runParts(c, g.Parts, true)
		if err != nil {
			return nil, err
		}
		out[i] = graphAnswer{g.Id, map[string][]partAnswer{"compositeResponse": answers}, success}
	}
	return ok(map[string][]graphAnswer{"graphs": out})
}

// checkGraphs holds graphs to their limits.
func checkGraphs(graphs []graphIn) error {
	switch {
	case len(graphs) == 0:
		return schema.Refuse("MISSING_ARGUMENT", "The body has no graphs, or an empty list", "graphs")
	case len(graphs) > maxGraphs:
		return tooMany("graphs", maxGraphs)
	}
	seen, nodes := map[string]bool{}, 0
	for _, g := range graphs {
		if g.Id == "" || len(g.Id) > 80 || seen[g.Id] {
			return schema.Refuse("JSON_PARSER_ERROR", fmt.Sprintf("graphId '%.80s' must be there, not longer than 80 characters, and come once", g.Id), "graphId")
		}
		seen[g.Id] = true
		if nodes += len(g.Parts); nodes > maxGraphNodes {
			return tooMany("nodes", maxGraphNodes)
		}
		if err := checkParts(g.Parts, maxGraphNodes); err != nil {
			return err
		}
		if d := depth(g.Parts); d > maxGraphDepth {
			return schema.Refuse("LIMIT_EXCEEDED", fmt.Sprintf("graph %s: references lead %d deep, and at most %d are allowed", g.Id, d, maxGraphDepth))
		}
	}
	return nil
}

// depth is the length of the longest chain of parts that refer to each other.
func depth(parts []part) int {
	level, deepest := map[string]int{}, 0
	for _, p := range parts {
		n := 1
		for _, m := range reference.FindAllStringSubmatch(p.URL+string(p.Body), -1) {
			n = max(n, level[m[1]]+1)
		}
		level[p.Ref] = n
		deepest = max(deepest, n)
	}
	return deepest
}

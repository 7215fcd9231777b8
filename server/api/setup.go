package api

// setupRoutes are the addresses that help administrators to define things well: what they are used by, how a formula
// turns out, who changed what.
func (s *Server) setupRoutes() []route {
	return []route{
		{method: "POST", pattern: "/tooling/formulas/try", about: "Read a formula and compute it for a record, part by part, without saving anything", do: s.tryFormula},
		{method: "GET", pattern: "/tooling/formulas/functions", about: "The functions of formulas", do: s.readFunctions},
		{method: "GET", pattern: "/tooling/uses/{object}", about: "What depends on an object", do: s.readUses},
		{method: "GET", pattern: "/tooling/uses/{object}/{field}", about: "What depends on a field", do: s.readUses},
		{method: "GET", pattern: "/tooling/changes", about: "Who changed what in the configuration", do: s.readSetupChanges},
		{method: "POST", pattern: "/tooling/picklists/{object}/{field}/replace", about: "Give records that have one value of a picklist another, some hundred at a time", do: s.replaceChoice},
	}
}

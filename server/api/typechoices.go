package api

import (
	"slices"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// typePicklist is the values of a picklist that records of a type may have.
type typePicklist struct {
	Name   string        `json:"picklistName"`
	Values []choiceEntry `json:"picklistValues"`
}

// picklistsFor returns the picklists of which a record type has values of its own.
func (s *Server) picklistsFor(c *call, o *schema.Object, recordType string) ([]typePicklist, error) {
	list := []typePicklist{}
	if recordType == master {
		return list, nil
	}
	var choices org.TypeChoices
	err := s.keeper.View(c.ctx, func(v *record.View) error {
		t, err := record.Get(v, schema.Ref[org.RecordType](recordType))
		if err == nil {
			choices, err = t.Choices()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, f := range o.Fields {
		t, said := choices[f.Name]
		if !said || !c.viewer.Reads(o, f) {
			continue
		}
		p := typePicklist{f.Name, []choiceEntry{}}
		for _, e := range choicesOf(o, f) {
			if slices.Contains(t.Values, e.Value) {
				e.DefaultValue = e.Value == t.Default
				p.Values = append(p.Values, e)
			}
		}
		list = append(list, p)
	}
	return list, nil
}

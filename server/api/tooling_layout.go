package api

import (
	"cmp"
	"encoding/json"
	"strings"

	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// readLayoutMetadata reads a page layout whose full name is Object-Name of the layout.
func readLayoutMetadata(_ *call, _ *schema.Catalog, fullName string, metadata json.RawMessage, old any) (any, error) {
	l, changed := old.(*org.Layout)
	object, name, named := strings.Cut(fullName, "-")
	if !changed {
		if !named || name == "" {
			return nil, schema.Refuse("FIELD_INTEGRITY_EXCEPTION", "FullName: a layout is named as Object-Name, such as Account-Account Layout", "FullName")
		}
		l = &org.Layout{TableEnumOrId: object}
	}
	l.Name, l.Body = cmp.Or(name, l.Name), schema.LongText(metadata)
	return l, nil
}

func showLayoutMetadata(rec any) (string, any) {
	l := rec.(*org.Layout)
	return l.TableEnumOrId + "-" + l.Name, json.RawMessage(l.Body)
}

// designed returns how the program lays an object out, as a layout that is not kept.
func (s *Server) designed(c *call, object string) (any, error) {
	o := s.catalog(c).Object(object)
	if o == nil {
		return nil, nil
	}
	b, err := json.Marshal(s.layouts.Page(s.catalog(c), o))
	return &org.Layout{TableEnumOrId: o.Name, Name: o.Label + " Layout", Body: schema.LongText(b)}, err
}

// compactMetadata is a compact layout as metadata.
type compactMetadata struct {
	Label  string   `json:"label"`
	Fields []string `json:"fields"`
}

// readCompactMetadata reads a compact layout whose full name is Object.Name.
func readCompactMetadata(_ *call, _ *schema.Catalog, fullName string, metadata json.RawMessage, old any) (any, error) {
	l, changed := old.(*org.CompactLayout)
	if !changed {
		object, name, _ := strings.Cut(fullName, ".")
		l = &org.CompactLayout{TableEnumOrId: object, DeveloperName: name, MasterLabel: name}
	}
	var m compactMetadata
	if err := json.Unmarshal(metadata, &m); err != nil {
		return nil, metadataFault(err)
	}
	l.MasterLabel = cmp.Or(m.Label, l.MasterLabel)
	if m.Fields != nil {
		l.Fields = schema.LongText(strings.Join(m.Fields, ","))
	}
	return l, nil
}

func showCompactMetadata(rec any) (string, any) {
	l := rec.(*org.CompactLayout)
	return l.TableEnumOrId + "." + l.DeveloperName, compactMetadata{l.MasterLabel, list([]string{string(l.Fields)})}
}

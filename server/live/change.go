package live

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/event"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// change is what one reader may know of what happened to one record.
type change struct {
	event  event.Event
	id     schema.Id
	fields []string                   // changed, as far as they are open to the reader
	nulled []string                   // of them, those that have no value now
	values map[string]json.RawMessage // of the changed fields, as they are when they are told
}

// seen returns what v may know of an event: the records within v's reach, with the fields that are open to v.
func (l *Live) seen(ctx context.Context, v access.Viewer, e event.Event) ([]change, error) {
	catalog := l.o.Keeper.Catalog()
	o := catalog.Object(e.Object)
	if o == nil || !v.Object(o).Has(access.Read) {
		return nil, nil
	}
	fields := told(v, o, e)
	names := []string{"Id"}
	for _, f := range fields {
		names = append(names, f.Name)
	}
	var ids []string
	for _, id := range e.Ids {
		ids = append(ids, soql.Quote(string(id)))
	}
	text := "SELECT " + strings.Join(names, ", ") + " FROM " + o.Name + " WHERE Id IN (" + strings.Join(ids, ", ") + ") ORDER BY Id"
	st, err := query.Compile(text, catalog, v, query.Options{Now: l.o.Keeper.DB().Now(), Deleted: true})
	if err != nil {
		return nil, err
	}
	var all []change
	err = l.o.Keeper.DB().View(ctx, func(tx *store.Tx) error {
		return st.Each(tx, func(r query.Row) error {
			all = append(all, changeOf(e, fields, r))
			return nil
		})
	})
	if err == nil && e.Change == event.Delete {
		all = append(all, erased(v, o, e, all)...)
	}
	return all, err
}

// told lists the changed fields whose values are told: those that are open to v and have a value that can be.
func told(v access.Viewer, o *schema.Object, e event.Event) (fields []*schema.Field) {
	if e.Change == event.Delete {
		return nil
	}
	for _, name := range e.Fields {
		f := o.Field(name)
		if f != nil && f.Kind != schema.KindId && f.Stored() && !f.Hidden && v.Reads(o, f) && f.Kind != schema.KindBlob && f.Kind != schema.KindEncrypted {
			fields = append(fields, f)
		}
	}
	return fields
}

func changeOf(e event.Event, fields []*schema.Field, r query.Row) change {
	c := change{event: e, id: r.Id(), fields: []string{}, nulled: []string{}, values: map[string]json.RawMessage{}}
	for i, f := range fields {
		c.fields = append(c.fields, f.Name)
		if r.IsNull(i + 1) {
			c.nulled = append(c.nulled, f.Name)
		}
		c.values[f.Name] = f.Append(nil, r.Value(i+1))
	}
	return c
}

// erased are the deleted records of which no row is left to decide by. They are told to those who see every record.
func erased(v access.Viewer, o *schema.Object, e event.Event, known []change) (all []change) {
	if v.Scope(o, access.ReadLevel) != nil {
		return nil
	}
	for _, id := range e.Ids {
		if !slices.ContainsFunc(known, func(c change) bool { return c.id == id }) {
			all = append(all, change{event: e, id: id, fields: []string{}, nulled: []string{}})
		}
	}
	return all
}

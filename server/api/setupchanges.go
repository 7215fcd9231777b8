package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// setupChange is one change of the configuration: of one record, by one person, at one moment.
type setupChange struct {
	N       int64         `json:"n"`
	At      time.Time     `json:"at"`
	By      setupActor    `json:"by"`
	Door    string        `json:"through"`
	Reason  string        `json:"reason"`
	Op      audit.Op      `json:"op"`
	Object  string        `json:"object"`
	Label   string        `json:"objectLabel"`
	Record  schema.Id     `json:"record"`
	Name    string        `json:"name"`
	Changes []fieldChange `json:"changes"`
}

type setupActor struct {
	Id   schema.Id `json:"id"`
	Name string    `json:"name"`
}

// fieldChange is one value before and after, as the API writes it. An id comes with the name of its record.
type fieldChange struct {
	Field    string          `json:"field"`
	Label    string          `json:"label"`
	From     json.RawMessage `json:"from"`
	To       json.RawMessage `json:"to"`
	FromName string          `json:"fromName,omitempty"`
	ToName   string          `json:"toName,omitempty"`
}

// Bounds of one answer.
const (
	maxSetupChanges = 200  // in one answer
	maxSetupSeen    = 4000 // entries looked at for it
)

// changeFilter says which changes are asked for. Empty parts hold for all.
type changeFilter struct {
	objects  []*schema.Object
	by       schema.Id
	from, to time.Time
	text     string
	before   int64
	limit    int
}

// readSetupChanges answers GET /tooling/changes. Parameters: object (names separated by commas), by (the id of a user),
// from and to (moments), text (words of what was changed), before (the n of the last change of the page before), limit.
func (s *Server) readSetupChanges(c *call) (*answer, error) {
	if !c.viewer.May("ViewSetup") && !c.viewer.May("ViewAuditLog") && !c.viewer.May(access.CustomizeApplication) {
		return nil, schema.Refuse("INSUFFICIENT_ACCESS", "The permission ViewSetup is needed to see who changed the configuration")
	}
	f, err := s.changeFilter(c)
	if err != nil {
		return nil, err
	}
	list, next := []setupChange{}, int64(0)
	err = s.keeper.View(c.ctx, func(v *record.View) (err error) {
		list, next, err = s.findChanges(v, c.viewer, f)
		return err
	})
	if err != nil {
		return nil, err
	}
	a, err := ok(map[string]any{"changes": list, "next": next})
	return a, err
}

func (s *Server) changeFilter(c *call) (f changeFilter, err error) {
	f.text, f.limit = strings.ToLower(c.query.Get("text")), 50
	for _, o := range s.catalog(c).Objects {
		if o.Setup && !o.Personal && !o.ReadOnly && c.viewer.Object(o).Has(access.Read) {
			f.objects = append(f.objects, o)
		}
	}
	if names := c.query.Get("object"); names != "" {
		wanted := strings.Split(names, ",")
		f.objects = slices.DeleteFunc(f.objects, func(o *schema.Object) bool { return !slices.Contains(wanted, o.Name) })
	}
	if by := c.query.Get("by"); by != "" {
		if f.by, err = schema.ParseId(by); err != nil {
			return f, schema.Refuse("MALFORMED_ID", "by: "+by+" is not the id of a user", "by")
		}
	}
	for name, at := range map[string]*time.Time{"from": &f.from, "to": &f.to} {
		if text := c.query.Get(name); text != "" {
			if *at, err = time.Parse(time.RFC3339, text); err != nil {
				return f, schema.Refuse("INVALID_FIELD", name+": "+text+" is no moment such as 2026-03-10T09:00:00Z", name)
			}
		}
	}
	for name, n := range map[string]*int64{"before": &f.before, "limit": new(int64)} {
		if text := c.query.Get(name); text != "" {
			if *n, err = strconv.ParseInt(text, 10, 64); err != nil || *n < 1 {
				return f, schema.Refuse("INVALID_FIELD", name+": "+text+" is no number from 1", name)
			}
			if name == "limit" {
				f.limit = int(min(*n, maxSetupChanges))
			}
		}
	}
	return f, nil
}

// findChanges goes back through the log until it has found a page. next is where to go on; 0 is the end.
func (s *Server) findChanges(v *record.View, who access.Viewer, f changeFilter) (list []setupChange, next int64, err error) {
	list = []setupChange{}
	t := teller{v, who, map[schema.Id]string{}}
	next = f.before
	for seen := 0; seen < maxSetupSeen; {
		page, err := record.Trail(v, f.objects, next, maxSetupChanges)
		if err != nil {
			return nil, 0, err
		}
		for i := range page {
			next = page[i].N
			if !f.from.IsZero() && page[i].At.Time().Before(f.from) {
				return list, 0, nil
			}
			ch, fits, err := t.tell(&page[i], f)
			if err != nil {
				return nil, 0, err
			}
			if fits {
				list = append(list, ch)
			}
			if len(list) == f.limit {
				return list, next, nil
			}
		}
		if len(page) < maxSetupChanges {
			return list, 0, nil
		}
		seen += len(page)
	}
	return list, next, nil
}

// teller words entries of the log for one viewer.
type teller struct {
	view  *record.View
	who   access.Viewer
	names map[schema.Id]string
}

// quietFields change with every record, or with every sign-in, and tell nothing of the configuration.
var quietFields = []string{"Id", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp", "IsDeleted", "LastLoginDate", "LastViewedDate", "LastReferencedDate"}

// tell words an entry; false when the filter leaves it out, or nothing of it is worth telling.
func (t *teller) tell(p *audit.Past, f changeFilter) (ch setupChange, fits bool, err error) {
	o := t.view.Catalog().Object(p.Object)
	if o == nil || f.by != "" && p.Actor.Id != f.by || !f.to.IsZero() && p.At.Time().After(f.to) {
		return ch, false, nil
	}
	ch = setupChange{N: p.N, At: p.At.Time(), By: setupActor{Id: p.Actor.Id, Name: p.Actor.Name}, Door: p.Reason.Code, Reason: p.Reason.Text, Op: p.Op,
		Object: o.Name, Label: o.Label, Record: p.Record, Changes: []fieldChange{}}
	for _, c := range p.Fields {
		field := o.Field(c.Name)
		if field == nil || slices.Contains(quietFields, c.Name) || !t.who.Reads(o, field) && !field.Hidden || bytes.Equal(c.Old, c.New) {
			continue
		}
		told, err := t.change(field, c)
		if err != nil {
			return ch, false, err
		}
		ch.Changes = append(ch.Changes, told)
	}
	if p.Op == audit.Update && len(ch.Changes) == 0 {
		return ch, false, nil
	}
	if ch.Name, err = t.name(o, p.Record); err != nil {
		return ch, false, err
	}
	if ch.By.Name == "" && ch.By.Id != "" {
		ch.By.Name, err = t.name(t.view.Catalog().ById(ch.By.Id), ch.By.Id)
	}
	said := strings.ToLower(ch.Name + " " + ch.Label + " " + ch.By.Name)
	return ch, f.text == "" || strings.Contains(said, f.text), err
}

func (t *teller) change(f *schema.Field, c audit.Field) (told fieldChange, err error) {
	told = fieldChange{Field: f.Name, Label: f.Label, From: orNull(c.Old), To: orNull(c.New)}
	if f.Kind != schema.KindReference {
		return told, nil
	}
	for raw, name := range map[*json.RawMessage]*string{&told.From: &told.FromName, &told.To: &told.ToName} {
		var id schema.Id
		if json.Unmarshal(*raw, &id) != nil || id == "" {
			continue
		}
		if o := t.view.Catalog().ById(id); o != nil {
			if *name, err = t.name(o, id); err != nil {
				return told, err
			}
		}
	}
	return told, nil
}

func orNull(raw []byte) json.RawMessage {
	if raw == nil {
		return json.RawMessage("null")
	}
	return raw
}

// name returns what a record of the configuration is called: WorkOrder.Region for a field, Technician · WorkOrder for
// rights. One that is gone for good is called as it was made.
func (t *teller) name(o *schema.Object, id schema.Id) (string, error) {
	if name, known := t.names[id]; known || o == nil {
		return cmp.Or(name, string(id)), nil
	}
	get, err := t.values(o, id)
	if err != nil {
		return "", err
	}
	t.names[id] = string(id) // should a record be its own parent
	var parts []string
	if parent := schema.Id(get("ParentId")); parent != "" {
		name, err := t.name(t.view.Catalog().ById(parent), parent)
		if err != nil {
			return "", err
		}
		parts = append(parts, name)
	}
	own := get("Field")
	if f := o.NameField(); f != nil {
		own = cmp.Or(get(f.Name), own)
	}
	about := cmp.Or(get("TableEnumOrId"), get("SobjectType"))
	if about != "" && own != "" && !strings.Contains(own, ".") {
		own = about + "." + own
	}
	if own = cmp.Or(own, about); own != "" {
		parts = append(parts, own)
	}
	if len(parts) == 0 {
		parts = []string{string(id)}
	}
	t.names[id] = strings.Join(parts, " · ")
	return t.names[id], nil
}

// values returns a function that gives texts of a record, from the log when the record is gone.
func (t *teller) values(o *schema.Object, id schema.Id) (func(field string) string, error) {
	rec, err := record.GetAny(t.view, id)
	if err == nil {
		return func(name string) string {
			if f := o.Field(name); f != nil && f.Kind.Store() == schema.StoreText && t.who.Reads(o, f) {
				return f.Text(rec)
			}
			return ""
		}, nil
	}
	first, err := record.FirstPast(t.view, id)
	if err != nil {
		return nil, err
	}
	return func(name string) (text string) {
		if f := o.Field(name); first == nil || f == nil || !t.who.Reads(o, f) {
			return ""
		}
		for _, f := range first.Fields {
			if f.Name == name && json.Unmarshal(f.New, &text) == nil {
				return text
			}
		}
		return ""
	}, nil
}

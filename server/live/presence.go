package live

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
	"truckroll/server/auth"
)

// What is kept of who looks at records. It is kept in memory, by the server that was told: servers that share a
// database do not tell each other.
const (
	// away is after how long somebody is gone who does not tell any more. Browsers let a hidden page act once a minute.
	away = 75 * time.Second
	// seatsAtMost bounds the pages that are remembered; what comes after is not.
	seatsAtMost = 20_000
	// peopleAtMost bounds who is told of at one record.
	peopleAtMost = 50
)

// looker is somebody who has a record open.
type looker struct {
	User  schema.Id `json:"id"`
	Name  string    `json:"name"`
	Doing string    `json:"doing"` // viewing or editing
	Since string    `json:"since"`
}

// page is one open page of a user.
type page struct{ user, tab string }

// sitting is a page at a record.
type sitting struct {
	looker
	seen time.Time // when it told last
}

// presence knows which pages are open at which records.
type presence struct {
	now func() time.Time

	mu    sync.Mutex
	at    map[schema.Id]map[page]*sitting
	bells map[schema.Id]map[chan struct{}]bool // rung when somebody comes, goes or does something else
	pages int
}

func newPresence(now func() time.Time) *presence {
	return &presence{now: now, at: map[schema.Id]map[page]*sitting{}, bells: map[schema.Id]map[chan struct{}]bool{}}
}

// come notes that a page is at a record.
func (p *presence) come(record schema.Id, at page, l looker) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	s := p.at[record][at]
	switch {
	case s == nil && p.pages >= seatsAtMost:
		return
	case s == nil:
		if p.at[record] == nil {
			p.at[record] = map[page]*sitting{}
		}
		l.Since = schema.At(now).String()
		s = &sitting{looker: l}
		p.at[record][at] = s
		p.pages++
		p.ring(record)
	case s.Doing != l.Doing:
		s.Doing = l.Doing
		p.ring(record)
	}
	s.seen = now
}

// leave notes that a page is not at a record any more.
func (p *presence) leave(record schema.Id, at page) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.at[record][at] == nil {
		return
	}
	p.drop(record, at)
	p.ring(record)
}

func (p *presence) drop(record schema.Id, at page) {
	delete(p.at[record], at)
	p.pages--
	if len(p.at[record]) == 0 {
		delete(p.at, record)
	}
}

// others lists who else is at a record, one entry a person: editing goes before viewing, who came first before others.
func (p *presence) others(record, me schema.Id) []looker {
	p.mu.Lock()
	defer p.mu.Unlock()
	by := map[schema.Id]looker{}
	for at, s := range p.at[record] {
		if p.now().Sub(s.seen) > away {
			p.drop(record, at)
			continue
		}
		known, there := by[s.User]
		if s.User != me && (!there || s.Doing == "editing" && known.Doing != "editing" || s.Doing == known.Doing && s.Since < known.Since) {
			by[s.User] = s.looker
		}
	}
	list := make([]looker, 0, len(by))
	for _, l := range by {
		list = append(list, l)
	}
	slices.SortFunc(list, func(a, b looker) int { return strings.Compare(a.Since+string(a.User), b.Since+string(b.User)) })
	return list[:min(len(list), peopleAtMost)]
}

// watch returns a bell that rings when something changes at a record, and what ends it.
func (p *presence) watch(record schema.Id) (bell chan struct{}, end func()) {
	bell = make(chan struct{}, 1)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bells[record] == nil {
		p.bells[record] = map[chan struct{}]bool{}
	}
	p.bells[record][bell] = true
	return bell, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if delete(p.bells[record], bell); len(p.bells[record]) == 0 {
			delete(p.bells, record)
		}
	}
}

func (p *presence) ring(record schema.Id) {
	for bell := range p.bells[record] {
		select {
		case bell <- struct{}{}:
		default: // it rings already
		}
	}
}

// word is what a page says of itself.
type word struct {
	Tab   string `json:"tab"`   // tells the pages of one user apart
	Doing string `json:"doing"` // viewing, editing, or left
}

// present answers POST /services/data/{version}/presence/{record}: a page says that it shows the record, and learns who
// else does. It is for the organisation's own people; customers neither see nor are seen.
func (l *Live) present(w http.ResponseWriter, r *http.Request) {
	v := auth.ViewerOf(r)
	id, o := l.recordOf(r.PathValue("record"))
	if o == nil || !l.reads(r, v, o, id) {
		refuse(w, http.StatusNotFound, "NOT_FOUND", "The requested resource does not exist")
		return
	}
	var say word
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1024)).Decode(&say); err != nil {
		refuse(w, http.StatusBadRequest, "JSON_PARSER_ERROR", "The body can't be read; send {\"tab\": …, \"doing\": \"viewing\"}")
		return
	}
	if say.Tab == "" || len(say.Tab) > 64 || !slices.Contains([]string{"viewing", "editing", "left"}, say.Doing) {
		refuse(w, http.StatusBadRequest, "INVALID_FIELD", "tab is needed, of 64 characters at most, and doing is one of viewing, editing, left")
		return
	}
	list := []looker{}
	me, err := l.o.Directory.Person(r.Context(), v.User())
	switch {
	case err != nil:
		l.o.Log.ErrorContext(r.Context(), "presence", "error", err.Error())
	case me == nil || me.External():
	case auth.SessionOf(r).By != "": // who looks through the user's eyes is not the user, and tells nobody
	case say.Doing == "left":
		l.presence.leave(id, page{string(me.Id), say.Tab})
	default:
		l.presence.come(id, page{string(me.Id), say.Tab}, looker{User: me.Id, Name: me.Name, Doing: say.Doing})
		list = l.presence.others(id, me.Id)
	}
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(map[string]any{"people": list}) // the connection is gone; there is nobody to tell
}

// recordOf returns the record that a text is the id of, with its object; nil is none.
func (l *Live) recordOf(text string) (schema.Id, *schema.Object) {
	id, err := schema.ParseId(text)
	if err != nil {
		return "", nil
	}
	return id, l.o.Keeper.Catalog().ById(id)
}

// reads reports whether a record is open to v.
func (l *Live) reads(r *http.Request, v access.Viewer, o *schema.Object, id schema.Id) bool {
	if !v.Object(o).Has(access.Read) {
		return false
	}
	st, err := query.Compile("SELECT Id FROM "+o.Name+" WHERE Id = "+soql.Quote(string(id)), l.o.Keeper.Catalog(), v, query.Options{Now: l.o.Keeper.DB().Now()})
	if err != nil {
		return false
	}
	found := false
	err = l.o.Keeper.DB().View(r.Context(), func(tx *store.Tx) error {
		return st.Each(tx, func(query.Row) error { found = true; return nil })
	})
	if err != nil {
		l.o.Log.ErrorContext(r.Context(), "presence", "error", err.Error())
	}
	return found && err == nil
}

package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// readQuery answers GET /query?q, and GET /queryAll?q when deleted records are asked for, too.
func (s *Server) readQuery(deleted bool) operation {
	return func(c *call) (*answer, error) {
		text := c.query.Get("q")
		if plan := c.query.Get("explain"); plan != "" && text == "" {
			return s.explain(c, plan)
		}
		if text == "" {
			return nil, schema.Refuse("MALFORMED_QUERY", "SOQL statements cannot be empty or null; give one as the parameter q")
		}
		a := s.ask(c, text)
		a.Deleted = deleted
		var err error
		if a.Batch, err = c.batchSize(); err != nil {
			return nil, err
		}
		if a.Uncounted, err = c.uncounted(); err != nil {
			return nil, err
		}
		if c.query.Get("columns") == "true" {
			return s.columns(c, a)
		}
		page, err := s.firstPage(c, a)
		if err != nil {
			return nil, err
		}
		return s.showPage(c, page)
	}
}

// firstPage answers the first page of a query. Within a transaction it sees what that has changed.
func (s *Server) firstPage(c *call, a query.Ask) (page *query.Page, err error) {
	if c.tx == nil {
		return s.engine.Query(c.ctx, a)
	}
	err = s.read(c, func(tx *store.Tx) error {
		page, err = s.answerQuery(c, tx, a)
		return err
	})
	return page, err
}

// readMore answers GET /query/{locator}.
func (s *Server) readMore(c *call) (*answer, error) {
	page, err := s.engine.More(c.ctx, s.ask(c, ""), c.args["locator"])
	if err != nil {
		return nil, err
	}
	return s.showPage(c, page)
}

// showPage answers with a page, and notes what it was read for.
func (s *Server) showPage(c *call, page *query.Page) (*answer, error) {
	if st := page.Statement; st.ForView || st.ForReference {
		if err := s.looked(c, st.Object, page.Ids(), st.ForReference); err != nil {
			return nil, err
		}
	}
	return &answer{status: http.StatusOK, body: page.AppendJSON(make([]byte, 0, 512+page.Len()*256))}, nil
}

// columns answers a query for its columns alone.
func (s *Server) columns(c *call, a query.Ask) (*answer, error) {
	st, err := s.engine.Compile(c.ctx, a)
	if err != nil {
		return nil, err
	}
	return ok(st.Metadata())
}

func (s *Server) queryOptions(deleted bool) query.Options {
	return query.Options{Now: s.engine.Now(), Deleted: deleted, FiscalStart: s.engine.Fiscal(), Virtual: s.engine.Virtual}
}

// queryOption returns an option of the header Sforce-Query-Options: batchSize=200, total=false.
func (c *call) queryOption(wanted string) (string, bool) {
	for part := range strings.FieldsFuncSeq(c.header.Get("Sforce-Query-Options"), func(r rune) bool { return r == ',' || r == ';' }) {
		if name, value, _ := strings.Cut(strings.TrimSpace(part), "="); strings.EqualFold(name, wanted) {
			return strings.TrimSpace(value), true
		}
	}
	return "", false
}

// batchSize reads how many records a page shall have; 0 is the default.
func (c *call) batchSize() (int, error) {
	value, asked := c.queryOption("batchSize")
	if !asked {
		return 0, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return 0, schema.Refuse("INVALID_QUERY_OPTIONS", "Sforce-Query-Options: batchSize must be a number from 200 to 2000")
	}
	return n, nil
}

// uncounted reads whether the client does without the number of all records, which it then gets as -1.
func (c *call) uncounted() (bool, error) {
	value, asked := c.queryOption("total")
	if asked && value != "true" && value != "false" {
		return false, schema.Refuse("INVALID_QUERY_OPTIONS", "Sforce-Query-Options: total must be true or false")
	}
	return value == "false", nil
}

// number reads a whole number from 1 to most; without the parameter it is otherwise.
func (c *call) number(name string, otherwise, most int) (int, error) {
	text := c.query.Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, schema.Refuse("INVALID_ARGUMENT", name+": "+text+" is not a whole number from 1 to "+itoa(most), name)
	}
	return min(n, most), nil
}

// plan is one way in which a query may be answered.
type plan struct {
	Cardinality int      `json:"cardinality"`
	Fields      []string `json:"fields"`
	Leading     string   `json:"leadingOperationType"`
	Notes       []note   `json:"notes"`
	Cost        float64  `json:"relativeCost"`
	Rows        int      `json:"sobjectCardinality"`
	Type        string   `json:"sobjectType"`
}

type note struct {
	Description string   `json:"description"`
	Fields      []string `json:"fields"`
	Table       string   `json:"tableEnumOrId"`
}

// explain answers GET /query?explain: how the database would find the records. It counts only what the viewer may see.
func (s *Server) explain(c *call, text string) (*answer, error) {
	st, err := query.Compile(text, s.catalog(c), c.viewer, s.queryOptions(false))
	if err != nil {
		return nil, err
	}
	p := plan{Fields: []string{}, Notes: []note{}, Type: st.Object.Name}
	ctx, cancel := context.WithTimeout(c.ctx, explainTime)
	defer cancel()
	within := *c
	within.ctx = ctx
	err = s.read(&within, func(tx *store.Tx) error {
		all, err := query.Compile("SELECT COUNT() FROM "+st.Object.Name, s.catalog(c), c.viewer, s.queryOptions(false))
		if err != nil {
			return err
		}
		if p.Rows, err = all.Count(tx); err != nil {
			return err
		}
		if p.Cardinality, err = st.Count(tx); err != nil {
			return err
		}
		return p.look(tx, st)
	})
	if err != nil {
		return nil, err
	}
	return ok(map[string][]plan{"plans": {p}})
}

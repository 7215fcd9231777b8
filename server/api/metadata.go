package api

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"truckroll/platform/history"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// resources are the addresses that a version has, by the names that clients look them up by.
var resources = []struct{ name, path string }{
	{"actions", "/actions"}, {"chatter", "/chatter"}, {"compactLayouts", "/compactLayouts"}, {"composite", "/composite"}, {"connect", "/connect"},
	{"jobs", "/jobs"}, {"limits", "/limits"}, {"openapi", "/openapi.json"}, {"parameterizedSearch", "/parameterizedSearch"}, {"process", "/process"},
	{"query", "/query"}, {"queryAll", "/queryAll"}, {"quickActions", "/quickActions"}, {"recent", "/recent"}, {"search", "/search"},
	{"sobjects", "/sobjects"}, {"support", "/support"}, {"tabs", "/tabs"}, {"theme", "/theme"}, {"tooling", "/tooling"},
}

// readRoot answers GET /services/data/{version}: a map of texts and of nothing else.
func (s *Server) readRoot(c *call) (*answer, error) {
	list := map[string]string{}
	for _, r := range resources {
		list[r.name] = c.base() + r.path
	}
	o, err := s.people.Organization(c.ctx)
	if err != nil {
		return nil, err
	}
	list["identity"] = fmt.Sprintf("/id/%s/%s", o.Id, c.viewer.User())
	return ok(list)
}

// readObjects answers GET /sobjects.
func (s *Server) readObjects(c *call) (*answer, error) {
	d := s.describer(c)
	list := []sobjectBrief{}
	for _, name := range d.catalog.ObjectNames() {
		if o := d.catalog.Object(name); d.visible(o) {
			list = append(list, d.brief(o))
		}
	}
	return s.cached(c, map[string]any{"encoding": "UTF-8", "maxBatchSize": maxCollection, "sobjects": list})
}

// readObject answers GET /sobjects/{object}: the object in brief, and which of its records the user looked at last.
func (s *Server) readObject(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	recent, err := s.recentOf(c, o, defaultRecent)
	if err != nil {
		return nil, err
	}
	return ok(map[string]any{"objectDescribe": s.describer(c).brief(o), "recentItems": json.RawMessage(recent)})
}

// describe answers GET /sobjects/{object}/describe.
func (s *Server) describe(c *call) (*answer, error) {
	if o, v := history.Object(s.catalog(c), c.viewer, c.args["object"]); o != nil {
		d := s.describer(c)
		d.viewer = v
		return s.cached(c, d.whole(o))
	}
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	whole := s.describer(c).whole(o)
	types, err := s.recordTypes(c, o)
	if err != nil {
		return nil, err
	}
	whole.RecordTypeInfos = append(types, whole.RecordTypeInfos...)
	return s.cached(c, whole)
}

// recordTypes are the record types that administrators gave an object.
func (s *Server) recordTypes(c *call, o *schema.Object) ([]recordTypeInfo, error) {
	list := []recordTypeInfo{}
	if s.visible(c, "RecordType") == nil || o.Field("RecordTypeId") == nil {
		return list, nil
	}
	st, err := query.Compile("SELECT Id, Name, DeveloperName, IsActive FROM RecordType WHERE SobjectType = "+soql.Quote(o.Name)+" ORDER BY Name", s.catalog(c), c.viewer, s.queryOptions(false))
	if err != nil {
		return nil, err
	}
	err = s.read(c, func(tx *store.Tx) error {
		return st.Each(tx, func(r query.Row) error {
			name, _ := r.Value(1).(string)
			developer, _ := r.Value(2).(string)
			active, _ := r.Value(3).(bool)
			list = append(list, recordTypeInfo{Active: active, Available: active, DeveloperName: developer, Name: name, RecordTypeId: string(r.Id()),
				URLs: map[string]string{"layout": c.base() + "/sobjects/" + o.Name + "/describe/layouts/" + string(r.Id())}})
			return nil
		})
	})
	return list, err
}

func (s *Server) describer(c *call) *describer {
	return &describer{catalog: s.catalog(c), viewer: c.viewer, base: c.base()}
}

// described remembers since when descriptions are as they are, for clients that ask whether theirs is still good.
type described struct {
	mu sync.Mutex
	by map[string]*description // by user and address
}

type description struct {
	sum   [sha256.Size]byte
	since time.Time
}

// maxDescribed is how many descriptions are remembered. When there are more all are forgotten, and read anew once.
const maxDescribed = 50_000

// at returns since when the description under a key has a sum, to the second. Another sum is always later than the
// one before it.
func (d *described) at(key string, sum [sha256.Size]byte, now time.Time) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	now = now.UTC().Truncate(time.Second)
	known := d.by[key]
	switch {
	case known == nil:
		if len(d.by) >= maxDescribed {
			clear(d.by)
		}
		known = &description{sum, now}
		d.by[key] = known
	case known.sum != sum:
		*known = description{sum, later(now, known.since.Add(time.Second))}
	}
	return known.since
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// cached answers with v, or that it has not changed since the client last asked. What a description says depends on
// the rights of the user, so that both the tag and the date do.
func (s *Server) cached(c *call, v any) (*answer, error) {
	body, err := marshal(v)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	tag := fmt.Sprintf(`"%x"`, sum[:12])
	since := s.known.at(string(c.viewer.User())+" "+c.target, sum, s.now())
	a := &answer{status: http.StatusOK, body: body}
	a.set("ETag", tag)
	a.set("Last-Modified", since.Format(http.TimeFormat))
	a.set("Cache-Control", "private, no-cache")
	t, err := httpTime(c.header.Get("If-Modified-Since"))
	if c.header.Get("If-None-Match") == tag || c.header.Get("If-None-Match") == "" && err == nil && !since.After(t) {
		a.status, a.body = http.StatusNotModified, nil
	}
	return a, nil
}

// limit is how much there is of something, and how much is left.
type limit struct {
	Max       int64 `json:"Max"`
	Remaining int64 `json:"Remaining"`
}

// unlimited are the limits that clients look at and that this server does not have.
var unlimited = []string{
	"DailyAsyncApexExecutions", "DailyBulkApiBatches", "DailyBulkV2QueryFileStorageMB", "DailyBulkV2QueryJobs", "DailyDurableStreamingApiEvents",
	"DailyGenericStreamingApiEvents", "DailyStreamingApiEvents", "DailyWorkflowEmails", "DataStorageMB", "FileStorageMB", "HourlyAsyncReportRuns",
	"HourlyTimeBasedWorkflow", "MassEmail", "MonthlyPlatformEvents", "SingleEmail", "StreamingApiConcurrentClients",
}

// readLimits answers GET /limits.
func (s *Server) readLimits(c *call) (*answer, error) {
	const plenty = 100_000_000
	list := map[string]limit{"DailyApiRequests": {s.usage.most, s.usage.remaining()}}
	for _, name := range unlimited {
		list[name] = limit{plenty, plenty}
	}
	return ok(list)
}

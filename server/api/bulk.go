package api

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"

	"truckroll/platform/bulk"
	"truckroll/platform/file"
	"truckroll/platform/schema"
)

// bulkRoutes are the addresses of Bulk API 2.0.
func (s *Server) bulkRoutes() []route {
	return []route{
		{method: "GET", pattern: "/jobs", about: "The kinds of bulk jobs", do: s.bulkKinds},
		{method: "POST", pattern: "/jobs/ingest", about: "Open a job that changes many records", do: s.createIngest, upload: s.createIngestWithTable, own: true},
		{method: "GET", pattern: "/jobs/ingest", about: "The jobs that change records, newest first", do: s.listJobs(bulk.Ingest)},
		{method: "GET", pattern: "/jobs/ingest/{job}", about: "How far a job has come", do: s.readJob(bulk.Ingest)},
		{method: "PATCH", pattern: "/jobs/ingest/{job}", about: "Complete the upload of a job, or abort it", do: s.updateJob(bulk.Ingest), own: true},
		{method: "DELETE", pattern: "/jobs/ingest/{job}", about: "Forget a job that has ended", do: s.deleteJob(bulk.Ingest), own: true},
		{method: "POST", pattern: "/jobs/ingest/{job}/undo", about: "Open a job that takes back what a job did", do: s.undoJob, own: true},
		{method: "PUT", pattern: "/jobs/ingest/{job}/batches", about: "Upload the table of a job, in CSV", stream: s.uploadTable, alone: true},
		{method: "GET", pattern: "/jobs/ingest/{job}/successfulResults", about: "The rows that succeeded, in CSV", stream: s.ingestResults(bulk.Successful), alone: true},
		{method: "GET", pattern: "/jobs/ingest/{job}/failedResults", about: "The rows that failed, in CSV", stream: s.ingestResults(bulk.Refused), alone: true},
		{method: "GET", pattern: "/jobs/ingest/{job}/unprocessedrecords", about: "The rows that a failed or aborted job did not come to, in CSV", stream: s.ingestResults(bulk.Unprocessed), alone: true},
		{method: "POST", pattern: "/jobs/query", about: "Make a job that answers a query with a table", do: s.createQueryJob, own: true},
		{method: "GET", pattern: "/jobs/query", about: "The jobs that answer queries, newest first", do: s.listJobs(bulk.Query)},
		{method: "GET", pattern: "/jobs/query/{job}", about: "How far a job has come", do: s.readJob(bulk.Query)},
		{method: "PATCH", pattern: "/jobs/query/{job}", about: "Abort a job", do: s.updateJob(bulk.Query), own: true},
		{method: "DELETE", pattern: "/jobs/query/{job}", about: "Forget a job that has ended", do: s.deleteJob(bulk.Query), own: true},
		{method: "GET", pattern: "/jobs/query/{job}/results", about: "Rows of the answer, in CSV", stream: s.queryResults, alone: true},
	}
}

// maxTable is the size of the largest table that is taken.
const maxTable = 150 << 20

// bulkJob is a job as the API writes it.
type bulkJob struct {
	Id               schema.Id       `json:"id"`
	Operation        string          `json:"operation"`
	Object           string          `json:"object"`
	CreatedById      schema.Id       `json:"createdById"`
	CreatedDate      string          `json:"createdDate"`
	SystemModstamp   string          `json:"systemModstamp"`
	State            bulk.State      `json:"state"`
	ExternalId       string          `json:"externalIdFieldName,omitempty"`
	Concurrency      string          `json:"concurrencyMode"`
	ContentType      string          `json:"contentType"`
	APIVersion       json.RawMessage `json:"apiVersion"`
	JobType          string          `json:"jobType"`
	ContentURL       string          `json:"contentUrl,omitempty"`
	LineEnding       string          `json:"lineEnding"`
	Delimiter        string          `json:"columnDelimiter"`
	Retries          int             `json:"retries"`
	Took             int64           `json:"totalProcessingTime"`
	ActiveProcessing int64           `json:"apiActiveProcessingTime"`
	ApexProcessing   int64           `json:"apexProcessingTime"`
	Processed        int64           `json:"numberRecordsProcessed"`
	Failed           int64           `json:"numberRecordsFailed"`
	Error            string          `json:"errorMessage,omitempty"`

	// What this server knows beyond.
	Dry    bool      `json:"dryRun,omitempty"`
	Undoes schema.Id `json:"undoes,omitempty"`
	File   string    `json:"fileName,omitempty"`
}

func showJob(j *bulk.Job) bulkJob {
	b := bulkJob{Id: j.Id, Operation: j.Spec.Operation, Object: j.Spec.Object, CreatedById: j.User, CreatedDate: j.Created.String(), SystemModstamp: j.Modified.String(),
		State: j.State, ExternalId: j.Spec.ExternalId, Concurrency: "Parallel", ContentType: "CSV", APIVersion: json.RawMessage(j.Spec.Version), JobType: "V2Ingest",
		LineEnding: j.Spec.LineEnding, Delimiter: j.Spec.Delimiter, Took: j.Took, ActiveProcessing: j.Took, Processed: j.Processed, Failed: j.Failed, Error: j.Error,
		Dry: j.Spec.Dry, Undoes: j.Spec.Undoes, File: j.Spec.File}
	if j.Kind == bulk.Query {
		b.JobType = "V2Query"
	} else {
		b.ContentURL = "services/data/v" + j.Spec.Version + "/jobs/ingest/" + string(j.Id) + "/batches"
	}
	return b
}

func (s *Server) bulkKinds(c *call) (*answer, error) {
	return ok(map[string]string{"ingest": c.base() + "/jobs/ingest", "query": c.base() + "/jobs/query"})
}

// jobBody is a job as clients ask for it.
type jobBody struct {
	Object     string     `json:"object"`
	Operation  string     `json:"operation"`
	ExternalId string     `json:"externalIdFieldName"`
	Content    string     `json:"contentType"`
	Delimiter  string     `json:"columnDelimiter"`
	LineEnding string     `json:"lineEnding"`
	Query      string     `json:"query"`
	State      bulk.State `json:"state"`
	Dry        bool       `json:"dryRun"`
	File       string     `json:"fileName"`
}

func (c *call) jobBody() (b jobBody, err error) {
	if len(c.body) == 0 {
		return b, schema.Refuse("JSON_PARSER_ERROR", "The body is empty; describe the job in JSON")
	}
	if err := c.decode(&b); err != nil {
		return b, err
	}
	if b.Content != "" && b.Content != "CSV" {
		return b, schema.Refuse("INVALIDJOB", "contentType: only CSV is taken")
	}
	return b, nil
}

func (b *jobBody) spec(c *call) bulk.Spec {
	return bulk.Spec{Operation: b.Operation, Object: b.Object, ExternalId: b.ExternalId, Delimiter: b.Delimiter, LineEnding: b.LineEnding, Query: b.Query,
		Version: versionNumber(c.version), Client: c.client, Dry: b.Dry, File: b.File[:min(len(b.File), 200)]}
}

// versionNumber returns 60.0 of v60.0 or v60.
func versionNumber(v string) string {
	if len(v) == len("v60") {
		v += ".0"
	}
	return v[1:]
}

func (s *Server) createIngest(c *call) (*answer, error) {
	b, err := c.jobBody()
	if err != nil {
		return nil, err
	}
	j, err := s.bulk.CreateIngest(c.ctx, c.viewer, b.spec(c), nil)
	if err != nil {
		return nil, err
	}
	return ok(showJob(j))
}

// createIngestWithTable answers POST /jobs/ingest of a body of two parts: the job in JSON, and its table in CSV.
func (s *Server) createIngestWithTable(w http.ResponseWriter, r *http.Request, c *call) error {
	r.Body = &patient{http.MaxBytesReader(w, r.Body, maxTable), http.NewResponseController(w)}
	parts, err := r.MultipartReader()
	if err != nil {
		return schema.Refuse("JSON_PARSER_ERROR", "The body can't be read as parts: "+err.Error())
	}
	part, err := parts.NextPart()
	if err != nil {
		return bodyFault(err)
	}
	if c.body, err = io.ReadAll(io.LimitReader(part, maxBody)); err != nil {
		return bodyFault(err)
	}
	b, err := c.jobBody()
	if err != nil {
		return err
	}
	if part, err = parts.NextPart(); errors.Is(err, io.EOF) {
		return schema.Refuse("MISSING_ARGUMENT", "The body has no part with the table, in CSV")
	} else if err != nil {
		return bodyFault(err)
	}
	j, err := s.bulk.CreateIngest(c.ctx, c.viewer, b.spec(c), part)
	if err != nil {
		return tableFault(err)
	}
	a, err := ok(showJob(j))
	if err != nil {
		return err
	}
	return reply(w, r, a)
}

// tableFault words a table that is too large.
func tableFault(err error) error {
	var over *http.MaxBytesError
	if errors.As(err, &over) || errors.Is(err, file.ErrTooLarge) {
		return schema.Refuse("REQUEST_TOO_LARGE", "The table is larger than "+itoa(maxTable)+" bytes; make several jobs of it")
	}
	return err
}

// uploadTable answers PUT /jobs/ingest/{id}/batches.
func (s *Server) uploadTable(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := c.jobId()
	if err != nil {
		return err
	}
	r.Body = &patient{r.Body, http.NewResponseController(w)}
	in, err := openBody(w, r, maxTable)
	if err != nil {
		return err
	}
	if err := s.bulk.Upload(c.ctx, c.viewer, id, in); err != nil {
		return tableFault(err)
	}
	return reply(w, r, &answer{status: http.StatusCreated})
}

// jobId returns the id of the job that the address names.
func (c *call) jobId() (schema.Id, error) {
	id, err := schema.ParseId(c.args["job"])
	if err != nil {
		return "", notFound()
	}
	return id, nil
}

func (s *Server) readJob(kind bulk.Kind) operation {
	return func(c *call) (*answer, error) {
		id, err := c.jobId()
		if err != nil {
			return nil, err
		}
		j, err := s.bulk.Job(c.ctx, c.viewer, kind, id)
		if err != nil {
			return nil, err
		}
		return ok(showJob(j))
	}
}

func (s *Server) updateJob(kind bulk.Kind) operation {
	return func(c *call) (*answer, error) {
		id, err := c.jobId()
		if err != nil {
			return nil, err
		}
		b, err := c.jobBody()
		if err != nil {
			return nil, err
		}
		j, err := s.bulk.SetState(c.ctx, c.viewer, kind, id, b.State)
		if err != nil {
			return nil, err
		}
		return ok(showJob(j))
	}
}

// undoJob answers POST /jobs/ingest/{job}/undo with the job that takes the named one back.
func (s *Server) undoJob(c *call) (*answer, error) {
	id, err := c.jobId()
	if err != nil {
		return nil, err
	}
	j, err := s.bulk.Undo(c.ctx, c.viewer, id)
	if err != nil {
		return nil, err
	}
	return ok(showJob(j))
}

func (s *Server) deleteJob(kind bulk.Kind) operation {
	return func(c *call) (*answer, error) {
		id, err := c.jobId()
		if err != nil {
			return nil, err
		}
		if err := s.bulk.Delete(c.ctx, c.viewer, kind, id); err != nil {
			return nil, err
		}
		return done()
	}
}

// listJobs answers GET /jobs/ingest and GET /jobs/query. The locator of the next page is the id of the last job.
func (s *Server) listJobs(kind bulk.Kind) operation {
	return func(c *call) (*answer, error) {
		var after schema.Id
		if text := c.query.Get("queryLocator"); text != "" {
			var err error
			if after, err = schema.ParseId(text); err != nil {
				return nil, schema.Refuse("INVALID_QUERY_LOCATOR", "queryLocator: "+text+" is none that was given")
			}
		}
		list, err := s.bulk.List(c.ctx, c.viewer, kind, after)
		if err != nil {
			return nil, err
		}
		out := struct {
			Done    bool      `json:"done"`
			Records []bulkJob `json:"records"`
			Next    *string   `json:"nextRecordsUrl"`
		}{len(list) < bulk.ListSize, []bulkJob{}, nil}
		for _, j := range list {
			out.Records = append(out.Records, showJob(j))
		}
		if !out.Done {
			next := c.base() + "/jobs/" + string(kind) + "?queryLocator=" + string(list[len(list)-1].Id)
			out.Next = &next
		}
		return ok(out)
	}
}

// csvType is the content type of tables.
const csvType = "text/csv; charset=UTF-8"

// ingestResults answers with rows of the table of a job.
func (s *Server) ingestResults(which bulk.Which) handler {
	return func(w http.ResponseWriter, r *http.Request, c *call) error {
		id, err := c.jobId()
		if err != nil {
			return err
		}
		j, err := s.bulk.Job(c.ctx, c.viewer, bulk.Ingest, id)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", csvType)
		out := &steady{w, http.NewResponseController(w)}
		if err := s.bulk.WriteResults(c.ctx, out, j, which, c.query.Get("rows") == "true"); err != nil {
			s.log.ErrorContext(c.ctx, "results of a bulk job", "job", string(id), "error", err.Error())
			panic(http.ErrAbortHandler) // what was sent must not look complete
		}
		return nil
	}
}

// Rows in one page of the results of a query job.
const (
	usualRows = 50_000
	mostRows  = 250_000
)

func (s *Server) createQueryJob(c *call) (*answer, error) {
	b, err := c.jobBody()
	if err != nil {
		return nil, err
	}
	j, err := s.bulk.CreateQuery(c.ctx, c.viewer, b.spec(c))
	if err != nil {
		return nil, err
	}
	return ok(showJob(j))
}

// queryResults answers GET /jobs/query/{id}/results. The headers count the rows, so that a page goes through a file
// that nobody else sees.
func (s *Server) queryResults(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := c.jobId()
	if err != nil {
		return err
	}
	j, err := s.bulk.Job(c.ctx, c.viewer, bulk.Query, id)
	if err != nil {
		return err
	}
	most, err := c.number("maxRecords", usualRows, mostRows)
	if err != nil {
		return err
	}
	page, err := os.CreateTemp("", "page-*")
	if err != nil {
		return err
	}
	defer page.Close()
	if err := os.Remove(page.Name()); err != nil {
		return err
	}
	locator := c.query.Get("locator")
	if locator == "null" {
		locator = ""
	}
	rows, next, err := s.bulk.WriteRows(c.ctx, page, j, c.viewer, locator, most)
	if err != nil {
		return err
	}
	if next == "" {
		next = "null" // the word, by which clients know the end
	}
	size, err := page.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = page.Seek(0, io.SeekStart)
	}
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", csvType)
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	h.Set("Sforce-Locator", next)
	h.Set("Sforce-NumberOfRecords", itoa(rows))
	if _, err := io.Copy(&steady{w, http.NewResponseController(w)}, page); err != nil {
		panic(http.ErrAbortHandler) // the client is gone, or must not take a part for the whole
	}
	return nil
}

package bulk

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Kind is what a job does.
type Kind string

// The kinds of jobs.
const (
	Ingest Kind = "ingest"
	Query  Kind = "query"
)

// State is how far a job has come.
type State string

// The states of a job. A query job begins as UploadComplete.
const (
	Open           State = "Open"
	UploadComplete State = "UploadComplete"
	InProgress     State = "InProgress"
	JobComplete    State = "JobComplete"
	Failed         State = "Failed"
	Aborted        State = "Aborted"
)

// ended reports whether nothing more happens to the job.
func (s State) ended() bool { return s == JobComplete || s == Failed || s == Aborted }

// Spec is what a job was asked to do.
type Spec struct {
	Operation  string `json:"operation"`
	Object     string `json:"object"`
	ExternalId string `json:"externalId,omitempty"` // of an upsert; "" is by id
	Delimiter  string `json:"delimiter"`            // COMMA, TAB, …
	LineEnding string `json:"lineEnding"`           // LF or CRLF
	Query      string `json:"query,omitempty"`
	Version    string `json:"version"` // of the API that the job was made with: 60.0
	Client     string `json:"client,omitempty"`

	Dry    bool      `json:"dry,omitempty"`    // every row is tried and taken back: nothing is written but what would have become of it
	Undoes schema.Id `json:"undoes,omitempty"` // the job that this one takes back
	File   string    `json:"file,omitempty"`   // what the user calls the table
}

// Job is one job.
type Job struct {
	Id        schema.Id
	Kind      Kind
	User      schema.Id
	Created   schema.DateTime
	Modified  schema.DateTime
	State     State
	Spec      Spec
	Content   string // the name of the uploaded table; "" before it is there
	Position  int64  // bytes of it that have been worked through
	Processed int64
	Failed    int64
	Took      int64  // milliseconds of work
	Error     string // why the job failed
}

// delimiters are the characters between cells, by their names.
var delimiters = map[string]rune{"COMMA": ',', "TAB": '\t', "PIPE": '|', "SEMICOLON": ';', "CARET": '^', "BACKQUOTE": '`'}

// Delimiter returns the character between the cells of the job's tables.
func (s *Spec) delimiter() rune { return delimiters[s.Delimiter] }

// form holds the form of tables to what there is, and fills what was left out.
func (s *Spec) form() error {
	if s.Delimiter == "" {
		s.Delimiter = "COMMA"
	}
	if s.LineEnding == "" {
		s.LineEnding = "LF"
	}
	if delimiters[s.Delimiter] == 0 {
		return schema.Refuse("INVALIDJOB", "columnDelimiter: "+s.Delimiter+" is not one of BACKQUOTE, CARET, COMMA, PIPE, SEMICOLON, TAB")
	}
	if s.LineEnding != "LF" && s.LineEnding != "CRLF" {
		return schema.Refuse("INVALIDJOB", "lineEnding: "+s.LineEnding+" is not LF or CRLF")
	}
	return nil
}

const columns = "id, kind, user_id, created, modified, state, spec, COALESCE(content, ''), position, processed, failed, took, COALESCE(error, '')"

// scan reads a job from the columns of a row.
func scan(row interface{ Scan(...any) error }) (*Job, error) {
	var j Job
	var created, modified int64
	var spec []byte
	err := row.Scan(&j.Id, &j.Kind, &j.User, &created, &modified, &j.State, &spec, &j.Content, &j.Position, &j.Processed, &j.Failed, &j.Took, &j.Error)
	if err != nil {
		return nil, err
	}
	j.Created, j.Modified = schema.AtMilli(created), schema.AtMilli(modified)
	return &j, json.Unmarshal(spec, &j.Spec)
}

// find returns a job, or nil. Within a transaction that writes, it is locked.
func find(tx *store.Tx, id schema.Id) (*Job, error) {
	lock := ""
	if tx.Writable() {
		lock = tx.Dialect().ForUpdate()
	}
	j, err := scan(tx.QueryRow("SELECT "+columns+" FROM bulk_job WHERE id = ?"+lock, string(id)))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read bulk job %s: %w", id, err)
	}
	return j, nil
}

// keep writes what changes of a job.
func (j *Job) keep(tx *store.Tx) error {
	j.Modified = schema.At(tx.DB().Now())
	var content, failure any
	if j.Content != "" {
		content = j.Content
	}
	if j.Error != "" {
		failure = j.Error
	}
	_, err := tx.Exec("UPDATE bulk_job SET modified = ?, state = ?, content = ?, position = ?, processed = ?, failed = ?, took = ?, error = ? WHERE id = ?",
		j.Modified.Milli(), string(j.State), content, j.Position, j.Processed, j.Failed, j.Took, failure, string(j.Id))
	if err != nil {
		return fmt.Errorf("keep bulk job %s: %w", j.Id, err)
	}
	return nil
}

// insert keeps a new job.
func (j *Job) insert(tx *store.Tx) error {
	n, err := tx.DB().NextIds(tx.Context(), tx, prefix, 1)
	if err != nil {
		return err
	}
	j.Id = schema.MakeId(prefix, n)
	j.Created = schema.At(tx.DB().Now())
	j.Modified = j.Created
	spec, err := json.Marshal(j.Spec)
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO bulk_job (id, kind, user_id, created, modified, state, spec) VALUES (?, ?, ?, ?, ?, ?, ?)",
		string(j.Id), string(j.Kind), string(j.User), j.Created.Milli(), j.Modified.Milli(), string(j.State), spec)
	return err
}

// prefix begins the ids of jobs.
const prefix = "750"

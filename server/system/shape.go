package system

import (
	"time"

	"truckroll/platform/job"
	"truckroll/platform/schema"
)

// Overview is how the server is at a glance.
type Overview struct {
	Version  string    `json:"version"`
	Go       string    `json:"go"`       // that it was built with
	Revision string    `json:"revision"` // of the source; "" is not known
	Database string    `json:"database"` // its kind and version
	Started  time.Time `json:"started"`
	Checks   []Check   `json:"checks"`
	Live     int       `json:"liveConnections"` // browsers and programs that listen to changes
	Sessions int       `json:"sessions"`        // browsers that are signed in
	Users    int       `json:"users"`           // that may sign in
	Limits   []Limit   `json:"limits"`
	Mail     *Mail     `json:"mail"`       // null: none can be sent
	SSO      string    `json:"singleSign"` // the provider's address; "" is none
	Address  string    `json:"address"`    // under which clients reach it, as configured; "" is whatever they ask for
}

// Check is one thing that should be well.
type Check struct {
	Name  string `json:"name"`
	State Health `json:"state"`
	Text  string `json:"text"` // how it is and, when it is not well, what to do
}

// Health is how well something is.
type Health string

// The states of health.
const (
	Well Health = "well"
	Warn Health = "warn" // works, and should be looked at
	Ill  Health = "ill"  // does not work
)

// Limit is how much of something may be used.
type Limit struct {
	Name string `json:"name"`
	Most int64  `json:"most"`
	Left int64  `json:"left"`
}

// Mail is how mail is sent.
type Mail struct {
	Server string `json:"server"`
	From   string `json:"from"`
}

// Storage is what the server keeps, in bytes and numbers. -1 is not known.
type Storage struct {
	Database int64   `json:"database"`
	Files    int64   `json:"files"`
	FileN    int64   `json:"fileCount"`
	Backups  int64   `json:"backups"`
	Audit    int64   `json:"auditEntries"`
	Free     int64   `json:"free"`
	Disk     int64   `json:"disk"`
	Objects  []Count `json:"objects"` // the largest first
}

// Count is how many records there are of an object.
type Count struct {
	Object string `json:"object"`
	Label  string `json:"label"`
	Rows   int64  `json:"rows"`
}

// Backup is a copy of the database.
type Backup struct {
	Name string    `json:"name"`
	Size int64     `json:"size"`
	Made time.Time `json:"made"`
}

// DemoState is what there is of the demo company.
type DemoState struct {
	Records int         `json:"records"` // that the demo made and that are there
	Busy    *Job        `json:"busy"`    // the work that fills it in or removes it; null: none
	Failed  *Job        `json:"failed"`  // what went wrong the last time; null: nothing
	Left    []Remainder `json:"left"`    // what the last removal kept, because real records hang on it
}

// Remainder is how many records of an object the removal of the demo kept.
type Remainder struct {
	Object  string `json:"object"`
	Label   string `json:"label"`
	N       int    `json:"n"`
	Example Named  `json:"example"` // one of them
	By      Named  `json:"by"`      // the record that hangs on it
}

// Named is a record by its object, id and name.
type Named struct {
	Object string    `json:"object"`
	Id     schema.Id `json:"id"`
	Name   string    `json:"name"`
}

// Job is work in the background.
type Job struct {
	Id      string     `json:"id"`
	Kind    string     `json:"kind"`
	State   job.State  `json:"state"`
	Attempt int        `json:"attempt"`
	Created time.Time  `json:"created"`
	Due     time.Time  `json:"due"`
	Ended   *time.Time `json:"ended"`
	Error   string     `json:"error"`
	Done    int64      `json:"done"`
	Total   int64      `json:"total"`
	Note    string     `json:"note"`
}

// JobOf is an entry of the queue as it is shown.
func JobOf(e job.Entry) *Job {
	j := &Job{e.Id, e.Kind, e.State, e.Attempt, e.Created, e.Due, nil, e.Error, e.Done, e.Total, e.Note}
	if !e.Ended.IsZero() {
		j.Ended = &e.Ended
	}
	return j
}

package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/schema"
)

// Document is what a record is found by.
type Document struct {
	Object string
	Record schema.Id
	Name   []string // the values of its name field
	Email  []string
	Phone  []string
	Text   []string // all else
}

// Scope names the kinds of text that a search looks at; none is all of them.
type Scope int

// The kinds of text. They are added to look at several.
const (
	InName Scope = 1 << iota
	InEmail
	InPhone
	InText
)

// Index replaces what records are found by. It takes effect when tx commits, with it or not at all.
func (tx *Tx) Index(docs ...Document) { tx.docs = append(tx.docs, docs...) }

// Unindex has records no longer found, from when tx commits.
func (tx *Tx) Unindex(ids ...schema.Id) {
	for _, id := range ids {
		tx.docs = append(tx.docs, Document{Record: id})
	}
}

// Hit is a record found.
type Hit struct {
	Object string
	Record schema.Id
}

// Search returns the records of the named objects (all, when none is named) that match, the most relevant first as
// the engine judges it, at most limit.
func (tx *Tx) Search(m Match, scope Scope, objects []string, limit int) ([]Hit, error) {
	var c searcher = &liteSearch{tx: tx}
	if tx.Dialect().Name() == "postgres" {
		c = newServerSearch(tx, scope)
	}
	cond, err := c.match(m)
	if errors.Is(err, errNothing) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	query, args := c.statement(cond, scope)
	if len(objects) > 0 {
		query += " AND e.object IN (?" + strings.Repeat(", ?", len(objects)-1) + ")"
		for _, o := range objects {
			args = append(args, o)
		}
	}
	rows, err := tx.Query(query+c.order()+" LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	defer rows.Close()
	var hits []Hit
	for rows.Next() {
		var h Hit
		if err := rows.Scan(&h.Object, &h.Record); err != nil {
			return nil, err
		}
		hits = append(hits, h)
	}
	return hits, rows.Err()
}

// searcher writes a search for one engine.
type searcher interface {
	match(Match) (string, error)
	statement(cond string, scope Scope) (string, []any)
	order() string
}

// writeIndex writes what Index and Unindex were given; of several for one record the last counts.
func (tx *Tx) writeIndex(docs []Document) error {
	last := map[schema.Id]int{}
	for i, d := range docs {
		last[d.Record] = i
	}
	var vectors []any
	for i, d := range docs {
		if last[d.Record] != i {
			continue
		}
		fields := [4][]string{joined(d.Name), joined(d.Email), joined(phones(d.Phone)), joined(d.Text)}
		empty := !slices.ContainsFunc(fields[:], func(w []string) bool { return len(w) > 0 })
		var err error
		switch {
		case tx.Dialect().Name() != "postgres":
			err = tx.writeWords(d, fields, empty)
		case empty:
			_, err = tx.Exec("DELETE FROM search_entry WHERE record = ?", d.Record)
		default:
			vectors = append(vectors, d.Record, d.Object, vector(fields))
		}
		if err != nil {
			return fmt.Errorf("index %s for search: %w", d.Record, err)
		}
	}
	return tx.writeVectors(vectors)
}

// writeWords writes a document to SQLite's index.
func (tx *Tx) writeWords(d Document, fields [4][]string, empty bool) error {
	var n int64
	err := tx.QueryRow("SELECT n FROM search_entry WHERE record = ?", d.Record).Scan(&n)
	known := err == nil
	if err != nil && !errors.Is(err, sql.ErrNoRows) || empty && !known {
		return ignoreNone(err)
	}
	switch {
	case empty:
		if _, err = tx.Exec("DELETE FROM search_entry WHERE n = ?", n); err == nil {
			_, err = tx.Exec("DELETE FROM search_text WHERE rowid = ?", n)
		}
		return err
	case !known:
		if err = tx.QueryRow("INSERT INTO search_entry (record, object) VALUES (?, ?) RETURNING n", d.Record, d.Object).Scan(&n); err != nil {
			return err
		}
	default:
		if _, err = tx.Exec("DELETE FROM search_text WHERE rowid = ?", n); err != nil {
			return err
		}
	}
	args := []any{n}
	for _, f := range fields {
		args = append(args, strings.Join(f, " "))
	}
	_, err = tx.Exec("INSERT INTO search_text (rowid, name, email, phone, words) VALUES (?, ?, ?, ?, ?)", args...)
	return err
}

func ignoreNone(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

// weights are the marks that PostgreSQL keeps with a word; they tell which kind of text it is from.
const weights = "ABCD"

// vector returns what PostgreSQL's index keeps of a document.
func vector(fields [4][]string) string {
	var b strings.Builder
	at := 0
	for i, words := range fields {
		at++ // parts the kinds
		for _, w := range words {
			if at++; w != barrier {
				fmt.Fprintf(&b, "'%s':%d%c ", w, min(at, 16383), weights[i])
			}
		}
	}
	return b.String()
}

// writeVectors writes documents, each by its record, object and vector, to PostgreSQL's index.
func (tx *Tx) writeVectors(args []any) error {
	for len(args) > 0 {
		n := groupSize(min(len(args)/3, maxInsert))
		_, err := tx.Exec("INSERT INTO search_entry (record, object, words) VALUES (?, ?, ?::tsvector)"+strings.Repeat(", (?, ?, ?::tsvector)", n-1)+
			" ON CONFLICT (record) DO UPDATE SET object = excluded.object, words = excluded.words", args[:3*n]...)
		if err != nil {
			return fmt.Errorf("index for search: %w", err)
		}
		args = args[3*n:]
	}
	return nil
}

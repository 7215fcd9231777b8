package audit

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Past is an entry read back.
type Past struct {
	Entry
	N        int64  // its number in the database; entries of one record are in its order
	Id       string // its UUID
	Key      int64  // the key that its values are sealed under
	Erased   bool   // the key was destroyed: the values, old and new, are gone
	ErasedBy []int64
	Leaf     tlog.Hash
	Prev     string // the hash of the record's entry before, in base64url
}

// written is the body of an entry as JSON.
type written struct {
	V     int    `json:"v"`
	Log   string `json:"log"`
	Id    string `json:"id"`
	Ts    string `json:"ts"`
	Node  string `json:"node"`
	Req   string `json:"req"`
	Actor struct {
		Id, Name, Role, Auth string
	} `json:"actor"`
	OnBehalf string `json:"on_behalf"`
	Dev      *struct {
		Id         string `json:"id"`
		App        string `json:"app"`
		ClientTs   string `json:"client_ts"`
		OffsetMs   int64  `json:"offset_ms"`
		MutationId string `json:"mutation_id"`
		Offline    bool   `json:"offline"`
	} `json:"dev"`
	Op   Op     `json:"op"`
	Obj  string `json:"obj"`
	Rid  string `json:"rid"`
	Rev  int64  `json:"rev"`
	Prev string `json:"prev"`
	Key  int64  `json:"key"`
	F    []struct {
		N  string `json:"n"`
		O  string `json:"o"`
		N2 string `json:"n2"`
	} `json:"f"`
	Reason struct {
		Code string `json:"code"`
		Text string `json:"text"`
	} `json:"reason"`
	Erased []int64 `json:"erased"`
}

// stored is a row of audit_entry.
type stored struct {
	n                  int64
	id, object, record string
	leaf, body, sealed []byte
	k                  int64
	place              int64 // in the tree, when it was asked for
}

// History returns entries of a record from the newest to the oldest, at most limit, those before the one numbered
// before (0 is from the newest), with their values.
func (l *Log) History(tx *store.Tx, record schema.Id, before int64, limit int) ([]Past, error) {
	query := "SELECT n, id, object, record, leaf, body, k, sealed FROM audit_entry WHERE record = ?"
	args := []any{string(record)}
	if before > 0 {
		query += " AND n < ?"
		args = append(args, before)
	}
	entries, err := readEntries(tx, query+" ORDER BY n DESC LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("audit: history of %s: %w", record, err)
	}
	keys := map[int64]*dataKey{}
	past := make([]Past, len(entries))
	for i, s := range entries {
		if past[i], err = l.read(tx, s, keys); err != nil {
			return nil, fmt.Errorf("audit: entry %d: %w", s.n, err)
		}
	}
	return past, nil
}

// keyNumbered returns the key with a number, nil when it was destroyed.
func (l *Log) keyNumbered(tx *store.Tx, k int64, known map[int64]*dataKey) (*dataKey, error) {
	if key, ok := known[k]; ok {
		return key, nil
	}
	var subject string
	var wrapped []byte
	if err := tx.QueryRow("SELECT subject, wrapped FROM audit_key WHERE k = ?", k).Scan(&subject, &wrapped); err != nil {
		return nil, err
	}
	if wrapped == nil {
		known[k] = nil
		return nil, nil
	}
	key, err := l.unwrap(k, subject, wrapped)
	if err != nil {
		return nil, err
	}
	known[k] = &key
	return &key, nil
}

// read turns a row into the entry that it was written from.
func (l *Log) read(tx *store.Tx, s stored, keys map[int64]*dataKey) (Past, error) {
	var w written
	if err := json.Unmarshal(s.body, &w); err != nil {
		return Past{}, err
	}
	p, err := w.past()
	if err != nil {
		return Past{}, err
	}
	p.N = s.n
	copy(p.Leaf[:], s.leaf)
	key, err := l.keyNumbered(tx, s.k, keys)
	if err != nil {
		return Past{}, err
	}
	if key == nil {
		p.Erased = true
		return p, nil
	}
	values, err := open(key, s, w)
	if err != nil {
		return Past{}, err
	}
	p.Fields, p.Reason.Text = values.fields(), values.Reason
	return p, nil
}

// past returns what the body says without its values.
func (w *written) past() (Past, error) {
	at, err := parseStamp(w.Ts)
	if err != nil {
		return Past{}, err
	}
	e := Entry{
		At: at, Request: w.Req, Actor: Actor{schema.Id(w.Actor.Id), w.Actor.Name, w.Actor.Role, w.Actor.Auth}, OnBehalf: schema.Id(w.OnBehalf),
		Op: w.Op, Object: w.Obj, Record: schema.Id(w.Rid), Revision: w.Rev, Reason: Reason{Code: w.Reason.Code},
	}
	if w.Dev != nil {
		client, err := parseStamp(w.Dev.ClientTs)
		if err != nil {
			return Past{}, err
		}
		e.Device = &Device{w.Dev.Id, w.Dev.App, client, w.Dev.OffsetMs, w.Dev.MutationId, w.Dev.Offline}
	}
	for _, f := range w.F {
		e.Fields = append(e.Fields, Field{Name: f.N})
	}
	return Past{Entry: e, Id: w.Id, Key: w.Key, ErasedBy: w.Erased, Prev: w.Prev}, nil
}

func parseStamp(s string) (schema.DateTime, error) {
	if s == "" {
		return schema.DateTime{}, nil
	}
	t, err := time.Parse(stampLayout, s)
	return schema.At(t), err
}

func (p payload) fields() []Field {
	fields := make([]Field, len(p.Fields))
	for i, f := range p.Fields {
		json.Unmarshal(f[0], &fields[i].Name) // was read as part of JSON, and open compared the name
		fields[i].Old, fields[i].New = notNull(f[1]), notNull(f[2])
	}
	return fields
}

func notNull(v json.RawMessage) []byte {
	if string(v) == "null" {
		return nil
	}
	return v
}

// errCommitment says that the sealed values are not those that the entry commits to.
var errCommitment = errors.New("the sealed values are not those that the entry commits to")

// open unseals the values of an entry and holds them against its commitments.
func open(key *dataKey, s stored, w written) (payload, error) {
	text, err := unseal(key.a, s.sealed, s.leaf)
	if err != nil {
		return payload{}, fmt.Errorf("%w: %w", errCommitment, err)
	}
	seed, p, err := readPayload(text)
	if err != nil {
		return payload{}, fmt.Errorf("%w: %w", errCommitment, err)
	}
	fields := p.fields()
	if len(fields) != len(w.F) {
		return payload{}, errCommitment
	}
	for i, f := range w.F {
		if f.N != fields[i].Name || f.O != commitmentOf(f.N, seed, 'o', fields[i].Old) || f.N2 != commitmentOf(f.N, seed, 'n', fields[i].New) {
			return payload{}, errCommitment
		}
	}
	var reason []byte
	if p.Reason != "" {
		reason = appendString(nil, p.Reason)
	}
	if w.Reason.Text != commitmentOf(reasonField, seed, 'n', reason) {
		return payload{}, errCommitment
	}
	return p, nil
}

func commitmentOf(field string, seed []byte, side byte, value []byte) string {
	if value == nil {
		return ""
	}
	h := commit(field, saltOf(seed, side, field), value)
	return encode(h[:])
}

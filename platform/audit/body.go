package audit

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"unicode/utf8"

	"truckroll/platform/schema"
)

const (
	commitDomain = "fsm-audit-v1"
	saltDomain   = "fsm-audit-salt-v1"
)

// reasonField is what the commitment to the text of a reason names as its field. No field has such a name.
const reasonField = "reason.text"

// saltOf derives the salt of one value from the seed of its entry.
func saltOf(seed []byte, side byte, field string) [32]byte {
	b := make([]byte, 0, 128)
	b = append(b, saltDomain...)
	b = append(b, seed...)
	b = append(b, side)
	return sha256.Sum256(append(b, field...))
}

// commit returns the commitment to a value.
func commit(field string, salt [32]byte, value []byte) [32]byte {
	b := make([]byte, 0, 256)
	b = append(append(b, commitDomain...), 0)
	b = append(append(b, field...), 0)
	b = append(b, salt[:]...)
	return sha256.Sum256(append(b, value...))
}

// object writes a JSON object member by member, leaving out what is empty.
type object struct {
	b     []byte
	empty bool
}

func (o *object) open()  { o.b, o.empty = append(o.b, '{'), true }
func (o *object) close() { o.b, o.empty = append(o.b, '}'), false }

// name begins a member.
func (o *object) name(s string) {
	if !o.empty {
		o.b = append(o.b, ',')
	}
	o.empty = false
	o.b = append(append(append(o.b, '"'), s...), '"', ':')
}

func (o *object) text(name, s string) {
	if s != "" {
		o.name(name)
		o.b = appendString(o.b, s)
	}
}

func (o *object) number(name string, n int64) {
	if n != 0 {
		o.name(name)
		o.b = strconv.AppendInt(o.b, n, 10)
	}
}

func (o *object) hash(name string, h []byte) {
	if len(h) > 0 {
		o.name(name)
		o.b = append(o.b, '"')
		o.b = base64.RawURLEncoding.AppendEncode(o.b, h)
		o.b = append(o.b, '"')
	}
}

func (o *object) commitment(name, field string, seed []byte, side byte, value []byte) {
	if value != nil {
		c := commit(field, saltOf(seed, side, field), value)
		o.hash(name, c[:])
	}
}

// place is what an entry's body says beside the entry: where it stands.
type place struct {
	log, node, id string
	prev          []byte // the leaf of the record's entry before it
	key           int64
	seed          []byte
}

// body writes the body of e.
func (e *Entry) body(p place) []byte {
	o := &object{b: make([]byte, 0, 400+120*len(e.Fields))}
	o.open()
	o.number("v", 1)
	o.text("log", p.log)
	o.text("id", p.id)
	o.text("ts", stamp(e.At))
	o.text("node", p.node)
	o.text("req", e.Request)
	if e.Actor != (Actor{}) {
		o.name("actor")
		o.open()
		o.text("id", string(e.Actor.Id))
		o.text("name", e.Actor.Name)
		o.text("role", e.Actor.Role)
		o.text("auth", e.Actor.Auth)
		o.close()
	}
	o.text("on_behalf", string(e.OnBehalf))
	e.Device.write(o)
	o.text("op", string(e.Op))
	o.text("obj", e.Object)
	o.text("rid", string(e.Record))
	o.number("rev", e.Revision)
	o.hash("prev", p.prev)
	o.number("key", p.key)
	e.writeValues(o, p.seed)
	o.close()
	return o.b
}

func (d *Device) write(o *object) {
	if d == nil {
		return
	}
	o.name("dev")
	o.open()
	o.text("id", d.Id)
	o.text("app", d.App)
	o.text("client_ts", stamp(d.ClientTime))
	o.number("offset_ms", d.Offset)
	o.text("mutation_id", d.Mutation)
	if d.Offline {
		o.name("offline")
		o.b = append(o.b, "true"...)
	}
	o.close()
}

func (e *Entry) writeValues(o *object, seed []byte) {
	if len(e.Fields) > 0 {
		o.name("f")
		o.b = append(o.b, '[')
		for i, f := range e.Fields {
			if i > 0 {
				o.b = append(o.b, ',')
			}
			o.open()
			o.text("n", f.Name)
			o.commitment("o", f.Name, seed, 'o', f.Old)
			o.commitment("n2", f.Name, seed, 'n', f.New)
			o.close()
		}
		o.b = append(o.b, ']')
	}
	if e.Reason != (Reason{}) {
		o.name("reason")
		o.open()
		o.text("code", e.Reason.Code)
		if e.Reason.Text != "" {
			o.commitment("text", reasonField, seed, 'n', appendString(nil, e.Reason.Text))
		}
		o.close()
	}
	if len(e.erased) > 0 {
		o.name("erased")
		o.b = append(o.b, '[')
		for i, k := range e.erased {
			if i > 0 {
				o.b = append(o.b, ',')
			}
			o.b = strconv.AppendInt(o.b, k, 10)
		}
		o.b = append(o.b, ']')
	}
}

// stampLayout is RFC 3339 in UTC with milliseconds.
const stampLayout = "2006-01-02T15:04:05.000Z"

func stamp(t schema.DateTime) string {
	if t.IsNull() {
		return ""
	}
	return t.Time().Format(stampLayout)
}

// appendString appends s as RFC 8785 writes a text: the fewest escapes that JSON allows. What is not UTF-8 becomes
// the replacement character.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\b':
			b = append(b, `\b`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\f':
			b = append(b, `\f`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// answersByRef are the answers to the parts of a composite request that are known, by referenceId.
type answersByRef map[string]json.RawMessage

// reference is @{name.path}: what an earlier part answered.
var reference = regexp.MustCompile(`@\{([A-Za-z][A-Za-z0-9_]*)((?:\.[A-Za-z_][A-Za-z0-9_]*|\[[0-9]{1,4}\])*)\}`)

var step = regexp.MustCompile(`\.([A-Za-z_][A-Za-z0-9_]*)|\[([0-9]+)\]`)

// resolve returns p with every reference replaced by what it leads to.
func (known answersByRef) resolve(p part) (part, error) {
	var err error
	if p.URL, err = known.inURL(p.URL); err != nil {
		return p, err
	}
	headers := make(map[string]string, len(p.Headers))
	for name, value := range p.Headers {
		if headers[name], err = known.inText(value, plain); err != nil {
			return p, err
		}
	}
	p.Headers = headers
	if !bytes.Contains(p.Body, []byte("@{")) {
		return p, nil
	}
	var v any
	d := json.NewDecoder(bytes.NewReader(p.Body))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return p, err
	}
	if v, err = known.inValue(v); err != nil {
		return p, err
	}
	p.Body, err = marshal(v)
	return p, err
}

// inValue replaces references in every text of a JSON value. A text that is one reference and nothing else becomes
// what that leads to, a number for instance.
func (known answersByRef) inValue(v any) (any, error) {
	var err error
	switch x := v.(type) {
	case map[string]any:
		for k, e := range x {
			if x[k], err = known.inValue(e); err != nil {
				return nil, err
			}
		}
	case []any:
		for i, e := range x {
			if x[i], err = known.inValue(e); err != nil {
				return nil, err
			}
		}
	case string:
		if m := reference.FindStringSubmatch(x); m != nil && m[0] == x {
			return known.lookup(m[1], m[2])
		}
		return known.inText(x, plain)
	}
	return v, nil
}

func plain(s string) string { return s }

// inURL replaces references in an address. A value within a query in SOQL can't end the text that it stands in.
func (known answersByRef) inURL(address string) (string, error) {
	address = strings.NewReplacer("%40%7B", "@{", "%40%7b", "@{", "@%7B", "@{", "@%7b", "@{", "%7D", "}", "%7d", "}", "%5B", "[", "%5b", "[", "%5D", "]", "%5d", "]").Replace(address)
	path, params, has := strings.Cut(address, "?")
	path, err := known.inText(path, url.PathEscape)
	if err != nil || !has {
		return path, err
	}
	params, err = known.inText(params, func(s string) string {
		return url.QueryEscape(strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s))
	})
	return path + "?" + params, err
}

// inText replaces references in a text, each by what it leads to as written by escape.
func (known answersByRef) inText(s string, escape func(string) string) (string, error) {
	var failure error
	out := reference.ReplaceAllStringFunc(s, func(ref string) string {
		m := reference.FindStringSubmatch(ref)
		v, err := known.lookup(m[1], m[2])
		if err != nil {
			failure = errors.Join(failure, err)
			return ""
		}
		switch x := v.(type) {
		case string:
			return escape(x)
		case json.Number, bool:
			return escape(fmt.Sprint(x))
		}
		failure = errors.Join(failure, badReference("%s leads to no single value", ref))
		return ""
	})
	return out, failure
}

// lookup follows a path into an answer. Names are matched without case when none is spelled the same.
func (known answersByRef) lookup(name, path string) (any, error) {
	raw, there := known[name]
	if !there {
		return nil, badReference("No value for %s found in %s", name+path, name)
	}
	var v any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, badReference("%s has no answer to refer to", name)
	}
	for _, m := range step.FindAllStringSubmatch(path, -1) {
		found := false
		switch x := v.(type) {
		case map[string]any:
			v, found = member(x, m[1])
		case []any:
			if n, err := strconv.Atoi(m[2]); err == nil && n < len(x) {
				v, found = x[n], true
			}
		}
		if !found {
			return nil, badReference("No value for %s found in %s", name+path, name)
		}
	}
	return v, nil
}

func member(m map[string]any, name string) (any, bool) {
	if v, ok := m[name]; ok {
		return v, true
	}
	for k, v := range m {
		if strings.EqualFold(k, name) {
			return v, true
		}
	}
	return nil, false
}

// badReference says, in the words that clients know, what is wrong with a reference to an earlier part.
func badReference(format string, args ...any) error {
	return errors.New("Invalid reference specified. " + fmt.Sprintf(format, args...))
}

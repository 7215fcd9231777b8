package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"truckroll/platform/schema"
)

// Limits of what a caller may send. Each is far above what a well-meaning client needs.
const (
	maxBody      = 1 << 20   // a record, a query
	maxComposite = 6 << 20   // many records in one request
	maxUpload    = 100 << 20 // a CSV of Bulk 2.0, a file
	maxInflate   = 64 << 20  // any body, once unpacked
	maxRatio     = 100       // unpacked : packed
	maxDepth     = 64
	maxKeys      = 10000 // of one body, over all its objects
	maxURI       = 16384
)

// body returns the request's body, unpacked when it was sent packed, limited to n bytes as sent.
func body(w http.ResponseWriter, r *http.Request, n int64) (io.Reader, error) {
	in := http.MaxBytesReader(w, r.Body, n)
	if r.Header.Get("Content-Encoding") != "gzip" {
		return in, nil
	}
	packed := &counter{r: in}
	zip, err := gzip.NewReader(packed)
	if errors.Is(err, io.EOF) {
		return bytes.NewReader(nil), nil // some clients announce gzip on requests without a body
	}
	if err != nil {
		return nil, schema.Refuse("JSON_PARSER_ERROR", "The body says it is gzip and can't be unpacked: "+err.Error())
	}
	return &inflated{zip: zip, packed: packed}, nil
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// inflated stops a body that unpacks to more than its senders could mean.
type inflated struct {
	zip    *gzip.Reader
	packed *counter
	n      int64
}

func (i *inflated) Read(p []byte) (int, error) {
	n, err := i.zip.Read(p)
	i.n += int64(n)
	if i.n > maxInflate || i.n > 1<<16 && i.n > maxRatio*i.packed.n {
		return n, schema.Refuse("REQUEST_TOO_LARGE", "The body unpacks to more than the server accepts")
	}
	return n, err
}

// readObject reads a JSON object from the request.
func readObject(w http.ResponseWriter, r *http.Request, limit int64) (map[string]any, error) {
	v, err := readJSON(w, r, limit)
	if err != nil {
		return nil, err
	}
	o, ok := v.(map[string]any)
	if !ok {
		return nil, schema.Refuse("JSON_PARSER_ERROR", "The body must be a JSON object")
	}
	return o, nil
}

// readJSON reads one JSON value, with numbers as json.Number, and refuses what is too deep, has too many keys or
// says a key twice.
func readJSON(w http.ResponseWriter, r *http.Request, limit int64) (any, error) {
	in, err := body(w, r, limit)
	if err != nil {
		return nil, err
	}
	return decodeJSON(in)
}

func decodeJSON(in io.Reader) (any, error) {
	d := &jsonReader{dec: json.NewDecoder(in)}
	d.dec.UseNumber()
	v, err := d.value(0)
	if err == nil {
		if _, more := d.dec.Token(); more != io.EOF {
			err = fmt.Errorf("there is more text after the JSON value, at byte %d", d.dec.InputOffset())
		}
	}
	return v, jsonFault(err)
}

// jsonFault says what is wrong with a body in the API's terms.
func jsonFault(err error) error {
	var tooLarge *http.MaxBytesError
	var fault *schema.Fault
	switch {
	case err == nil, errors.As(err, &fault):
		return err
	case errors.As(err, &tooLarge):
		return schema.Refuse("REQUEST_TOO_LARGE", fmt.Sprintf("The body is larger than %d bytes; use Bulk API 2.0 for many records", tooLarge.Limit))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return schema.Refuse("JSON_PARSER_ERROR", "The body ends before the JSON value does")
	}
	return schema.Refuse("JSON_PARSER_ERROR", err.Error())
}

type jsonReader struct {
	dec  *json.Decoder
	keys int
}

func (d *jsonReader) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("the JSON value is nested more than %d deep", maxDepth)
	}
	t, err := d.dec.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		return d.object(depth)
	case json.Delim('['):
		return d.array(depth)
	}
	return t, nil
}

func (d *jsonReader) object(depth int) (any, error) {
	o := map[string]any{}
	for d.dec.More() {
		t, err := d.dec.Token()
		if err != nil {
			return nil, err
		}
		key := t.(string)
		if _, twice := o[key]; twice {
			return nil, schema.Refuse("JSON_PARSER_ERROR", "Duplicate field: "+key, key)
		}
		if d.keys++; d.keys > maxKeys {
			return nil, fmt.Errorf("the body has more than %d keys", maxKeys)
		}
		if o[key], err = d.value(depth + 1); err != nil {
			return nil, err
		}
	}
	_, err := d.dec.Token()
	return o, err
}

func (d *jsonReader) array(depth int) (any, error) {
	a := []any{}
	for d.dec.More() {
		if d.keys++; d.keys > 10*maxKeys {
			return nil, fmt.Errorf("the body has more than %d elements", 10*maxKeys)
		}
		v, err := d.value(depth + 1)
		if err != nil {
			return nil, err
		}
		a = append(a, v)
	}
	_, err := d.dec.Token()
	return a, err
}

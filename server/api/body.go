package api

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"

	"truckroll/platform/schema"
)

// Limits of what a caller may send. Each is far above what a well-meaning client needs.
const (
	maxBody      = 1 << 20   // a record, a query
	maxComposite = 6 << 20   // many records in one request
	maxBlobJSON  = 50 << 20  // a record with a file in it, as base64
	maxUpload    = 100 << 20 // a file, a CSV of Bulk 2.0
	maxInflate   = 64 << 20  // any body, once unpacked
	maxRatio     = 100       // unpacked : packed
	maxDepth     = 64
	maxKeys      = 10_000 // of one body, over all its objects
	maxManyKeys  = 60_000 // of one body of many records
	maxURI       = 16384
)

// readBody reads a request's body, unpacked when it was sent packed, of at most n bytes as sent.
func readBody(w http.ResponseWriter, r *http.Request, n int64) ([]byte, error) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead || r.ContentLength == 0 {
		return nil, nil // some clients announce gzip on requests without a body
	}
	if r.ContentLength > n {
		return nil, tooLarge(n)
	}
	in, err := openBody(w, r, n)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(in)
	return data, bodyFault(err)
}

// openBody returns a request's body as a stream, unpacked, of at most n bytes as sent.
func openBody(w http.ResponseWriter, r *http.Request, n int64) (io.Reader, error) {
	in := http.MaxBytesReader(w, r.Body, n)
	if r.Header.Get("Content-Encoding") != "gzip" {
		return in, nil
	}
	packed := &counter{r: in}
	zip, err := gzip.NewReader(packed)
	if errors.Is(err, io.EOF) {
		return http.NoBody, nil
	}
	if err != nil {
		return nil, schema.Refuse("JSON_PARSER_ERROR", "The body says it is gzip and can't be unpacked: "+err.Error())
	}
	return &inflated{zip: zip, packed: packed, most: max(maxInflate, n)}, nil
}

func tooLarge(n int64) error {
	return schema.Refuse("REQUEST_TOO_LARGE", fmt.Sprintf("The body is larger than %d bytes; use Bulk API 2.0 for many records", n))
}

// bodyFault says what went wrong with reading a body in the API's terms.
func bodyFault(err error) error {
	var over *http.MaxBytesError
	var fault *schema.Fault
	switch {
	case err == nil, errors.As(err, &fault):
		return err
	case errors.As(err, &over):
		return tooLarge(over.Limit)
	}
	return schema.Refuse("JSON_PARSER_ERROR", "The body can't be read: "+err.Error())
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
	most   int64
	n      int64
}

func (i *inflated) Read(p []byte) (int, error) {
	n, err := i.zip.Read(p)
	i.n += int64(n)
	if i.n > i.most || i.n > 1<<16 && i.n > maxRatio*i.packed.n {
		return n, schema.Refuse("REQUEST_TOO_LARGE", "The body unpacks to more than the server accepts")
	}
	return n, err
}

// checkJSON holds the body of a call to what every operation expects: JSON of bounded depth and size in which no key
// comes twice.
func (c *call) checkJSON(keys int) error {
	if len(c.body) == 0 {
		return nil
	}
	if t := c.header.Get("Content-Type"); t != "" {
		kind, _, err := mime.ParseMediaType(t)
		if err != nil || kind != "application/json" && kind != "application/octet-stream" {
			return schema.Refuse("UNSUPPORTED_MEDIA_TYPE", "Content type '"+kind+"' is not supported; send application/json")
		}
	}
	return inspect(c.body, keys)
}

package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// statuses maps the codes that do not mean 400 to their HTTP status.
var statuses = map[string]int{
	"INVALID_SESSION_ID":                            http.StatusUnauthorized,
	"INVALID_AUTH_HEADER":                           http.StatusUnauthorized,
	"REQUEST_LIMIT_EXCEEDED":                        http.StatusForbidden,
	"INSUFFICIENT_ACCESS":                           http.StatusForbidden,
	"API_DISABLED_FOR_ORG":                          http.StatusForbidden,
	"API_CURRENTLY_DISABLED":                        http.StatusForbidden,
	"FUNCTIONALITY_NOT_ENABLED":                     http.StatusForbidden,
	"INSUFFICIENT_ACCESS_OR_READONLY":               http.StatusForbidden,
	"INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY": http.StatusForbidden,
	"NOT_FOUND":                                     http.StatusNotFound,
	"ENTITY_IS_DELETED":                             http.StatusNotFound,
	"METHOD_NOT_ALLOWED":                            http.StatusMethodNotAllowed,
	"CONFLICT":                                      http.StatusConflict,
	"IDEMPOTENCY_KEY_REUSED":                        http.StatusUnprocessableEntity,
	"PRECONDITION_FAILED":                           http.StatusPreconditionFailed,
	"REQUEST_TOO_LARGE":                             http.StatusRequestEntityTooLarge,
	"URI_TOO_LONG":                                  http.StatusRequestURITooLong,
	"UNSUPPORTED_MEDIA_TYPE":                        http.StatusUnsupportedMediaType,
	"TOO_MANY_REQUESTS":                             http.StatusTooManyRequests,
	"STORAGE_LIMIT_EXCEEDED":                        http.StatusInsufficientStorage,
	"SERVER_UNAVAILABLE":                            http.StatusServiceUnavailable,
	"UNKNOWN_EXCEPTION":                             http.StatusInternalServerError,
}

func statusOf(code string) int {
	if s, ok := statuses[code]; ok {
		return s
	}
	return http.StatusBadRequest
}

// problem is one error as the API writes it.
type problem struct {
	Message   string   `json:"message"`
	ErrorCode string   `json:"errorCode"`
	Fields    []string `json:"fields,omitempty"`
}

// wait is a refusal that ends by itself.
type wait struct {
	fault   *schema.Fault
	seconds int
}

func (w *wait) Error() string { return w.fault.Error() }
func (w *wait) Unwrap() error { return w.fault }

func notFound() error { return schema.Refuse("NOT_FOUND", "The requested resource does not exist") }

// faultsOf returns err as what may be shown of it. What is not the caller's to mend is logged and shown as an internal
// error with the request's id.
func (s *Server) faultsOf(ctx context.Context, request, path string, err error) record.Faults {
	var many record.Faults
	var one *schema.Fault
	switch {
	case errors.As(err, &many) && len(many) > 0:
		return many
	case errors.As(err, &one):
		return record.Faults{one}
	case errors.Is(err, record.ErrNotFound):
		return record.Faults{{Code: "NOT_FOUND", Message: "The requested resource does not exist"}}
	case errors.Is(err, store.ErrClosed):
		return record.Faults{{Code: "SERVER_UNAVAILABLE", Message: "The server is shutting down. Send the request again in a moment"}}
	case errors.Is(err, context.DeadlineExceeded):
		return record.Faults{{Code: "QUERY_TIMEOUT", Message: "Your request took too long and was stopped"}}
	case ctx.Err() != nil:
		return record.Faults{{Code: "SERVER_UNAVAILABLE", Message: "The client went away"}}
	}
	s.log.LogAttrs(ctx, slog.LevelError, "internal error", slog.String("request", request), slog.String("path", path), slog.String("error", err.Error()))
	return record.Faults{{Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred. Please include this ErrorId if you contact support: " + request}}
}

// refusal is the answer to a call that failed. It is the only place where an error becomes a body.
func (s *Server) refusal(c *call, err error) *answer {
	var m *record.MultipleMatches
	if errors.As(err, &m) {
		return s.choices(c, m)
	}
	faults := s.faultsOf(c.ctx, c.request, c.target, err)
	problems := make([]problem, len(faults))
	for i, f := range faults {
		problems[i] = problem{f.Message, f.Code, f.Fields}
	}
	body, err := marshal(problems)
	if err != nil {
		body = []byte(`[{"message":"An unexpected error occurred","errorCode":"UNKNOWN_EXCEPTION"}]`)
	}
	return &answer{status: statusOf(faults[0].Code), body: body}
}

// choices answers an upsert whose external id belongs to several records with their addresses.
func (s *Server) choices(c *call, m *record.MultipleMatches) *answer {
	urls := make([]string, len(m.Ids))
	for i, id := range m.Ids {
		urls[i] = c.base() + "/sobjects/" + m.Field.Object + "/" + string(id)
	}
	a, _ := answerWith(http.StatusMultipleChoices, urls) // texts are always written
	return a
}

// fail answers a request that failed.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	a := s.refusal(&call{ctx: r.Context(), request: requestId(r), target: r.URL.Path, version: pathVersion(r.URL.Path)}, err)
	var later *wait
	if errors.As(err, &later) {
		a.set("Retry-After", itoa(later.seconds))
	}
	var method *wrongMethod
	if errors.As(err, &method) {
		a.set("Allow", method.allow)
	}
	_ = reply(w, r, a) // it only fails to reach the client
}

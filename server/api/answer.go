package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"truckroll/platform/schema"
)

// handler is an HTTP handler that may fail. Failures become the API's error body in [Server.fail] and nowhere else.
type handler func(http.ResponseWriter, *http.Request) error

// statuses maps the codes that do not mean 400 to their HTTP status.
var statuses = map[string]int{
	"INVALID_SESSION_ID":                            http.StatusUnauthorized,
	"INVALID_AUTH_HEADER":                           http.StatusUnauthorized,
	"REQUEST_LIMIT_EXCEEDED":                        http.StatusForbidden,
	"INSUFFICIENT_ACCESS":                           http.StatusForbidden,
	"API_DISABLED_FOR_ORG":                          http.StatusForbidden,
	"API_CURRENTLY_DISABLED":                        http.StatusForbidden,
	"FUNCTIONALITY_NOT_ENABLED":                     http.StatusForbidden,
	"NOT_FOUND":                                     http.StatusNotFound,
	"ENTITY_IS_DELETED":                             http.StatusNotFound,
	"METHOD_NOT_ALLOWED":                            http.StatusMethodNotAllowed,
	"CONFLICT":                                      http.StatusConflict,
	"IDEMPOTENCY_KEY_REUSED":                        http.StatusConflict,
	"PRECONDITION_FAILED":                           http.StatusPreconditionFailed,
	"REQUEST_TOO_LARGE":                             http.StatusRequestEntityTooLarge,
	"URI_TOO_LONG":                                  http.StatusRequestURITooLong,
	"UNSUPPORTED_MEDIA_TYPE":                        http.StatusUnsupportedMediaType,
	"TOO_MANY_REQUESTS":                             http.StatusTooManyRequests,
	"STORAGE_LIMIT_EXCEEDED":                        http.StatusInsufficientStorage,
	"SERVER_UNAVAILABLE":                            http.StatusServiceUnavailable,
	"UNKNOWN_EXCEPTION":                             http.StatusInternalServerError,
	"INSUFFICIENT_ACCESS_OR_READONLY":               http.StatusForbidden,
	"INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY": http.StatusForbidden,
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

// faultOf returns err as a fault that may be shown. What is not the caller's to mend is logged and shown as an
// internal error with the request's id.
func (s *Server) faultOf(r *http.Request, err error) *schema.Fault {
	var fault *schema.Fault
	if errors.As(err, &fault) {
		return fault
	}
	s.log.LogAttrs(r.Context(), slog.LevelError, "internal error",
		slog.String("request", requestId(r)), slog.String("path", r.URL.Path), slog.String("error", err.Error()))
	return &schema.Fault{Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred. Please include this ErrorId if you contact support: " + requestId(r)}
}

// fail writes err as the API's error body.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	f := s.faultOf(r, err)
	writeJSON(w, statusOf(f.Code), []problem{{f.Message, f.Code, f.Fields}})
}

// writeJSON writes v with the content type that clients match literally.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	_ = enc.Encode(v) // the connection is gone; there is nobody to tell
}

// ok writes v with status 200.
func ok(w http.ResponseWriter, v any) error {
	writeJSON(w, http.StatusOK, v)
	return nil
}

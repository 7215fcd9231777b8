package app

import (
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics counts what the server does, for Prometheus.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	running  prometheus.Gauge
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "truckroll_http_request_seconds", Help: "How long requests took, by the first words of their path and by status.",
			Buckets: []float64{.001, .0025, .005, .01, .02, .04, .08, .16, .32, .64, 1.28, 2.56, 5.12, 10.24}}, []string{"method", "resource", "status"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{Name: "truckroll_http_requests_running", Help: "Requests under way."}),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), m.requests, m.running)
	return m
}

// watch measures every request that next answers, and logs it for who looks closely. Queries are not logged: they may
// hold codes.
func (m *metrics) watch(next http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, seen := time.Now(), &statusWriter{ResponseWriter: w, status: http.StatusOK}
		m.running.Inc()
		defer func() {
			m.running.Dec()
			took := time.Since(start)
			m.requests.WithLabelValues(methodLabel(r.Method), resource(r.URL.Path), strconv.Itoa(seen.status)).Observe(took.Seconds())
			log.LogAttrs(r.Context(), slog.LevelDebug, "answered", slog.String("request", w.Header().Get("X-Request-Id")), slog.String("method", methodLabel(r.Method)),
				slog.String("path", r.URL.Path), slog.Int("status", seen.status), slog.Float64("milliseconds", float64(took.Microseconds())/1000))
		}()
		next.ServeHTTP(seen, r)
	})
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the writer below.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// resources are the words that may stand as a label: nothing that a caller makes up becomes one.
var resources = map[string]bool{"sobjects": true, "query": true, "queryAll": true, "search": true, "parameterizedSearch": true, "composite": true, "jobs": true,
	"limits": true, "recent": true, "actions": true, "tooling": true, "oauth2": true, "Soap": true, "cometd": true, "events": true}

// resource names what a path is about.
func resource(path string) string {
	for word := range strings.SplitSeq(path, "/") {
		if resources[word] {
			return word
		}
	}
	return "other"
}

func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodPut, http.MethodDelete, http.MethodHead:
		return method
	}
	return "other"
}

// handler shows the figures to callers on this machine, and to no proxy's callers.
func (m *metrics) handler() http.Handler {
	show := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !local(r) {
			http.NotFound(w, r)
			return
		}
		show.ServeHTTP(w, r)
	})
}

// local reports whether a request was made on this machine, by no proxy.
func local(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		return false
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

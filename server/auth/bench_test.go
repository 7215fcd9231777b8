package auth

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"truckroll/platform/store/storetest"
)

// BenchmarkRequire measures what the door costs a request: finding the token, and whether rights have changed.
func BenchmarkRequire(b *testing.B) {
	h := newHouse(b, storetest.SQLite)
	token := h.password().text(b, "access_token")
	door := h.Require(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	r := httptest.NewRequest("GET", "/services/data/v64.0", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	b.ReportAllocs()
	for b.Loop() {
		door.ServeHTTP(httptest.NewRecorder(), r)
	}
}

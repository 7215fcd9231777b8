package api

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"truckroll/platform/schema"
)

// The versions of the API that clients may ask for. All behave alike, but where a handler says otherwise.
const (
	oldestVersion = 20
	newestVersion = 67
)

type versionEntry struct {
	Label   string `json:"label"`
	URL     string `json:"url"`
	Version string `json:"version"`
}

// versions answers, to anyone, which versions there are.
func (s *Server) versions(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		s.fail(w, r, &wrongMethod{schema.Refuse("METHOD_NOT_ALLOWED", "HTTP Method '"+r.Method+"' not allowed. Allowed is GET"), "GET"})
		return
	}
	a, err := ok(versionList())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	_ = reply(w, r, a) // it only fails to reach the client
}

// versionList lists the versions, oldest first. Clients pick the largest by comparing texts, so all have two digits.
func versionList() []versionEntry {
	var list []versionEntry
	for v := oldestVersion; v <= newestVersion; v++ {
		list = append(list, versionEntry{seasonOf(v), fmt.Sprintf("%s/v%d.0", root, v), fmt.Sprintf("%d.0", v)})
	}
	return list
}

// seasonOf names a version as its users do: three a year, and 61 was that of summer 2024.
func seasonOf(v int) string {
	n := v - 60 // in thirds of a year from spring 2024
	year, season := 24+n/3, n%3
	if season < 0 {
		year, season = year-1, season+3
	}
	return fmt.Sprintf("%s '%02d", [...]string{"Spring", "Summer", "Winter"}[season], (year+season/2)%100)
}

// validVersion reports whether a version's part of a path, v60.0, is one that is answered. Some clients leave the ".0"
// out.
func validVersion(v string) bool {
	digits, ok := strings.CutPrefix(strings.TrimSuffix(v, ".0"), "v")
	n, err := strconv.Atoi(digits)
	return ok && err == nil && len(digits) == 2 && n >= oldestVersion && n <= newestVersion
}

// pathVersion returns the version in a path; "" when there is none.
func pathVersion(path string) string {
	rest, _ := strings.CutPrefix(path, root+"/")
	v, _, _ := strings.Cut(rest, "/")
	return v
}

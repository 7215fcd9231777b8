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

// versions lists the versions, oldest first. Clients pick the largest by comparing texts, so all have two digits.
func versions() []versionEntry {
	var list []versionEntry
	for v := oldestVersion; v <= newestVersion; v++ {
		list = append(list, versionEntry{seasonOf(v), fmt.Sprintf("/services/data/v%d.0", v), fmt.Sprintf("%d.0", v)})
	}
	return list
}

// seasonOf names a version as its users do: three a year, and 61 was that of summer 2024.
func seasonOf(v int) string {
	n := v - 61 + 1 // in thirds of a year from spring 2024
	year, season := 24+n/3, n%3
	if season < 0 {
		year, season = year-1, season+3
	}
	return fmt.Sprintf("%s '%02d", [...]string{"Spring", "Summer", "Winter"}[season], (year+season/2)%100)
}

// versionOf reads the version of the request's path: v60.0.
func versionOf(r *http.Request) (string, error) {
	v := r.PathValue("version")
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(v, "v"), ".0"))
	if err != nil || n < oldestVersion || n > newestVersion || v != fmt.Sprintf("v%d.0", n) {
		return "", schema.Refuse("NOT_FOUND", "The requested resource does not exist")
	}
	return v, nil
}

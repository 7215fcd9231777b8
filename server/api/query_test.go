package api

import "testing"

// TestUncounted: who does without the number of all records is not made to wait for it.
func TestUncounted(t *testing.T) {
	h := start(t)
	for n := range 2 {
		var records []fields
		for range 101 - n {
			records = append(records, fields{"attributes": fields{"type": "Account"}, "Name": "x"})
		}
		h.ask("admin", "POST", "/composite/sobjects", fields{"records": records}).is(200)
	}
	h.create("admin", "Account", fields{"Name": "x"})
	const path = "/query?q=SELECT+Id+FROM+Account"
	const options = "Sforce-Query-Options: "
	h.ask("admin", "GET", path, nil, options+"batchSize=200").is(200).wants("totalSize", 202)
	g := h.ask("admin", "GET", path, nil, options+"batchSize=200, total=false").is(200).wants("totalSize", -1).wants("done", false)
	next := g.at("nextRecordsUrl").(string)[len("/services/data/v60.0"):]
	h.ask("admin", "GET", next, nil).is(200).wants("totalSize", -1).wants("done", true)
	h.ask("admin", "GET", path, nil, options+"total=false").is(200).wants("totalSize", 202).wants("done", true)
	h.ask("admin", "GET", path, nil, options+"total=maybe").refused(400, "INVALID_QUERY_OPTIONS")
}

package bulk

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"truckroll/platform/job"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// dry tries a table and returns the refused rows by their number: the other row, and the error.
func (h *house) dry(s Spec, table string) map[string][2]string {
	h.t.Helper()
	ctx := context.Background()
	s.Object, s.Dry, s.Version = "Thing", true, "60.0"
	j, err := h.CreateIngest(ctx, h.viewer, s, strings.NewReader(table))
	h.must(err)
	q, err := job.Open(h.keeper.DB(), h.Bulk, Jobs, job.Options{Failed: func(_ string, err error) { h.t.Error(err) }})
	h.must(err)
	_, err = q.Tick(ctx)
	h.must(err)
	j, err = h.Job(ctx, h.viewer, Ingest, j.Id)
	if h.must(err); j.State != JobComplete {
		h.t.Fatalf("%+v", j)
	}
	var out bytes.Buffer
	h.must(h.WriteResults(ctx, &out, j, Refused, true))
	rows, err := csv.NewReader(&out).ReadAll()
	h.must(err)
	bad := map[string][2]string{}
	for _, r := range rows[1:] {
		bad[r[0]] = [2]string{r[1], r[3]}
	}
	h.must(h.Delete(ctx, h.viewer, Ingest, j.Id))
	return bad
}

// TestDryRunsSeeTheWholeTable: two rows with one value of a unique field are found however far they are apart, the
// first keeps the value, and rows about the same record may repeat it.
func TestDryRunsSeeTheWholeTable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		const rows = 2*batchRows + 100
		table := func(special map[int]string) string {
			var b strings.Builder
			b.WriteString("Name,Code,Serial\n")
			for i := 1; i <= rows; i++ {
				if line, ok := special[i]; ok {
					b.WriteString(line + "\n")
				} else {
					fmt.Fprintf(&b, "n,c%d,s%d\n", i, i)
				}
			}
			return b.String()
		}
		twins := table(map[int]string{1: "a,Same,x", 2: ",lost,y", 5: "a,sAME,q", 2001: "a,SAME,z", 2002: "a,lost,X", 4050: "a,c9,s9", 4051: "a,,", 4052: "a,,"})
		bad := h.dry(Spec{Operation: "insert"}, twins)
		for row, other := range map[string]string{"5": "1", "2001": "1", "4050": "9"} {
			if got := bad[row]; got[0] != other || !strings.Contains(got[1], "DUPLICATE_VALUE:the value is also in row "+other+",") || !strings.HasSuffix(got[1], ":Code --") {
				t.Errorf("row %s: %q, want one that names row %s", row, got, other)
			}
		}
		if got := bad["2"]; len(bad) != 4 || got[0] != "" || !strings.HasPrefix(got[1], "REQUIRED_FIELD_MISSING") {
			t.Errorf("refused: %v", bad) // row 2002 may have the value of row 2, which has none; X is not x
		}
		again := table(map[int]string{1: "a,k,one", 2001: "a,K,one", 2002: "a,l,one"})
		if bad := h.dry(Spec{Operation: "upsert", ExternalId: "Code"}, again); len(bad) != 1 || bad["2002"][0] != "1" || !strings.HasSuffix(bad["2002"][1], ":Serial --") {
			t.Errorf("refused of an upsert: %v", bad)
		}
		h.must(db.View(context.Background(), func(tx *store.Tx) error {
			var left int
			err := tx.QueryRow("SELECT COUNT(*) FROM bulk_seen").Scan(&left)
			if left != 0 {
				t.Errorf("%d claims are left of jobs that are gone", left)
			}
			return err
		}))
	})
}

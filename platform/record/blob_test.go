package record

import (
	"context"
	"strings"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestContentIsUsedAsLongAsItsRecordIsThere(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, nil, nil)
	one, two := strings.Repeat("a1", 32), strings.Repeat("b2", 32)
	used := func(want string) {
		t.Helper()
		var got []string
		err := db.View(context.Background(), func(tx *store.Tx) error {
			rows, err := tx.Query("SELECT hash FROM file_use ORDER BY hash")
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var s string
				if err := rows.Scan(&s); err != nil {
					return err
				}
				got = append(got, s[:2])
			}
			return rows.Err()
		})
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("used are %v, not %s: %v", got, want, err)
		}
	}
	r := h.apply(access.Everything{}, Batch{Op: Insert}, "Note", `{"Name":"a","Body":"`+one+`"}`, `{"Name":"b","Body":"aGVsbG8="}`, `{"Name":"c"}`)
	if got := codes(r); got[0] != "" || got[1] != "FIELD_INTEGRITY_EXCEPTION" || got[2] != "" {
		t.Errorf("got %v", got)
	}
	used("a1")
	id := `{"Id":"` + string(r[0].Id) + `"`
	h.apply(access.Everything{}, Batch{Op: Update}, "Note", id+`,"Name":"x"}`)
	used("a1")
	h.apply(access.Everything{}, Batch{Op: Update}, "Note", id+`,"Body":"`+two+`"}`)
	used("b2")
	h.apply(access.Everything{}, Batch{Op: Delete}, "Note", id+`}`)
	used("b2")
	h.apply(access.Everything{}, Batch{Op: HardDelete}, "Note", id+`}`)
	used("")
}

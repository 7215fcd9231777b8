package action

import (
	"encoding/json"
	"errors"
	"testing"

	"truckroll/platform/record"
	"truckroll/platform/schema"
)

func TestUndelete(t *testing.T) {
	k, b := library(t)
	if err := k.Do(t.Context(), record.Cause{}, func(tx *record.Tx) error { return tx.Delete(b.Id) }); err != nil {
		t.Fatal(err)
	}
	ask := func(in string) record.Faults {
		t.Helper()
		r, err := Undelete.Run(t.Context(), k, record.Cause{}, raws(in))
		if err != nil {
			t.Fatal(err)
		}
		return r[0].Faults
	}
	in, _ := json.Marshal(map[string]any{"recordId": b.Id})
	if f := ask(string(in)); len(f) > 0 {
		t.Fatal(f)
	}
	err := k.View(t.Context(), func(v *record.View) error {
		got, err := record.Get(v, schema.Ref[Book](b.Id))
		if err == nil && got.Name != b.Name {
			t.Errorf("back is %q", got.Name)
		}
		return err
	})
	if errors.Is(err, record.ErrNotFound) || err != nil {
		t.Error(err)
	}
	for _, bad := range []string{string(in), `{"recordId":"zzz000000000001AAA"}`} {
		if f := ask(bad); len(f) == 0 {
			t.Errorf("%s was accepted", bad)
		}
	}
}

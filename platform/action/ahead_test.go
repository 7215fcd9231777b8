package action

import (
	"context"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/record"
)

type counted struct{ Name, Ready string }

func TestDoAhead(t *testing.T) {
	k, _ := library(t)
	a := DoAhead("count", "Count", func(v *record.View, _ access.Viewer, in renameInput) (string, error) {
		n, err := record.Count[Book](v, "")
		if in.Times == 3 || err != nil {
			return "", record.Refuse("NOT_FOUND", "nothing to prepare")
		}
		return in.Name + " was prepared among " + []string{"none", "one"}[n], nil
	}, func(tx *record.Tx, in renameInput, ready string) (counted, error) {
		return counted{in.Name, ready}, tx.Save(&Book{Name: in.Name})
	})
	results, err := a.Run(context.Background(), k, record.Cause{}, raws(`{"name":"a"}`, `{"name":"b","times":3}`, `{"name":"c"}`))
	if err != nil {
		t.Fatal(err)
	}
	// Each is handed its own, all from before the transaction; where preparing was refused the command does without.
	for i, want := range []counted{{"a", "a was prepared among one"}, {"b", ""}, {"c", "c was prepared among one"}} {
		if results[i].Output != any(want) {
			t.Errorf("%d: %+v, %v", i, results[i].Output, results[i].Faults)
		}
	}
	err = k.Do(t.Context(), record.Cause{}, func(tx *record.Tx) error {
		results, err := a.RunIn(tx, raws(`{"name":"d"}`))
		if err == nil && results[0].Output != any(counted{"d", ""}) {
			t.Errorf("within a transaction: %+v", results[0])
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

package schema

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pairs are ids published in both of their forms.
var pairs = []string{"0019000000B98deAAB", "001A0000006Vm9rIAC", "0F93A000000PcSsSAK", "005000000000001AAA"}

func TestParseIdGivesTheLongForm(t *testing.T) {
	for _, long := range pairs {
		for _, s := range []string{long, long[:15], strings.ToLower(long), strings.ToUpper(long)} {
			if len(s) == 15 && s != long[:15] {
				continue
			}
			if id, err := ParseId(s); err != nil || string(id) != long {
				t.Errorf("ParseId(%s) = %s, %v; want %s", s, id, err, long)
			}
		}
	}
}

func TestParseIdRefuses(t *testing.T) {
	for _, s := range []string{"", "001", "001A0000006Vm9", "001A0000006Vm9rIA", "001A0000006Vm9rIAC0", "001A0000006Vm9-", "001A0000006Vm9rIA9", "001A0000006Vm9r5AC", "001A0000006Vmé"} {
		if id, err := ParseId(s); err == nil {
			t.Errorf("ParseId(%q) = %s", s, id)
		}
	}
}

func TestIdSurvivesTheLossOfCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefix := rapid.StringMatching(`[0-9A-Za-z]{3}`).Draw(t, "prefix")
		n := rapid.Uint64Max(13537086546263551).Draw(t, "n") // 62^9 - 1
		id := MakeId(prefix, n)
		if id.Prefix() != prefix || len(id) != 18 {
			t.Fatalf("MakeId(%s, %d) = %s", prefix, n, id)
		}
		for _, s := range []string{string(id), id.Short(), strings.ToUpper(string(id)), strings.ToLower(string(id))} {
			if got, err := ParseId(s); err != nil || got != id {
				t.Fatalf("ParseId(%s) = %s, %v; want %s", s, got, err, id)
			}
		}
	})
}

func TestIdsSortAsTheyAreMade(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Uint64Max(1<<53).Draw(t, "n")
		if a, b := MakeId("001", n), MakeId("001", n+1); a >= b {
			t.Fatalf("%s does not come before %s", a, b)
		}
	})
}

func FuzzParseId(f *testing.F) {
	for _, s := range pairs {
		f.Add(s)
		f.Add(s[:15])
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := ParseId(s)
		if err != nil {
			return
		}
		if again, err := ParseId(string(id)); err != nil || again != id {
			t.Fatalf("ParseId(%q) = %q, which reads as %q, %v", s, id, again, err)
		}
		if again, err := ParseId(id.Short()); err != nil || again != id {
			t.Fatalf("the short form of %q reads as %q, %v", id, again, err)
		}
	})
}

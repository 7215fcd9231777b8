package org

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"truckroll/platform/schema"
)

// TestDeclarations holds that the organisation needs no business to be whole.
func TestDeclarations(t *testing.T) {
	c, err := schema.Compile(All...)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range c.Objects {
		if len(o.Prefix) != 3 {
			t.Errorf("%s: the key prefix %q has not three characters", o.Name, o.Prefix)
		}
		for _, f := range o.Fields {
			if f.Required && !f.Createable() {
				t.Errorf("%s.%s is required, but nobody can set it", o.Name, f.Name)
			}
			if f.Required && f.Kind == schema.KindReference && f.OnDelete == schema.Clear {
				t.Errorf("%s.%s is required, and cleared when its target is deleted", o.Name, f.Name)
			}
			if _, err := f.ParseText(f.Default); err != nil {
				t.Errorf("%s.%s: the default %s: %v", o.Name, f.Name, f.Default, err)
			}
			if f.Default != "" && len(f.Choices) > 0 && f.Choice(f.Default) == nil {
				t.Errorf("%s.%s: the default %s is not among its values", o.Name, f.Name, f.Default)
			}
		}
	}
}

// TestSecretsAreHidden holds that nothing that proves who one is leaves the house.
func TestSecretsAreHidden(t *testing.T) {
	c, err := schema.Compile(All...)
	if err != nil {
		t.Fatal(err)
	}
	hidden := 0
	for _, o := range c.Objects {
		for _, f := range o.Fields {
			name := strings.ToLower(f.Name)
			if f.Hidden {
				hidden++
			} else if strings.Contains(name, "secret") || strings.Contains(name, "hash") {
				t.Errorf("%s.%s is shown", o.Name, f.Name)
			}
		}
	}
	if hidden == 0 {
		t.Error("nothing is hidden, not even the secret of a connected application")
	}
}

func TestEachObjectHasItsFile(t *testing.T) {
	for _, proto := range All {
		name := reflect.TypeOf(proto).Name()
		src, err := os.ReadFile(strings.ToLower(name) + ".go")
		if err != nil {
			t.Error(err)
		} else if !strings.Contains(string(src), "\n// "+name+" ") {
			t.Errorf("%s is declared without a comment, or not in its file", name)
		}
	}
}

package api

import (
	"encoding/base64"
	"slices"
	"strings"

	"truckroll/platform/schema"
)

// validFor returns the bitmap, in base64, of the controlling values under which a dependent choice may be taken: bit
// n counted from the left is the n-th value of the controlling picklist, or false and true of a checkbox.
func validFor(controller *schema.Field, c schema.Choice) *string {
	if controller == nil {
		return nil
	}
	values := []string{"false", "true"}
	if controller.Kind != schema.KindBoolean {
		values = values[:0]
		for _, v := range controller.Choices {
			values = append(values, v.Value)
		}
	}
	bits := make([]byte, (len(values)+7)/8)
	for i, v := range values {
		if len(c.ValidFor) == 0 || slices.ContainsFunc(c.ValidFor, func(w string) bool { return strings.EqualFold(v, w) }) {
			bits[i/8] |= 0x80 >> (i % 8)
		}
	}
	s := base64.StdEncoding.EncodeToString(bits)
	return &s
}

package api

import (
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"truckroll/platform/access"
	"truckroll/platform/action"
	"truckroll/platform/record"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

type doubleIn struct {
	Number int64
	Notes  []string
}

type doubleOut struct{ Twice int64 }

// actions of the tests.
func testActions(t testing.TB) action.List {
	t.Helper()
	list, err := action.NewList(action.Do("double", "Double a number", func(_ *record.Tx, in doubleIn) (doubleOut, error) {
		if in.Number > 100 {
			return doubleOut{}, record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "number: at most 100", "number")
		}
		return doubleOut{2 * in.Number}, nil
	}), action.Do("secret", "Only for administrators", func(_ *record.Tx, _ struct{}) (struct{}, error) { return struct{}{}, nil }).With("", "ModifyAllData"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestOpenAPIIsValid(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}), Options{Actions: testActions(t)})
	data, err := h.OpenAPI(access.Everything{}, "v67.0")
	h.must(err)
	doc, err := libopenapi.NewDocument(data)
	h.must(err)
	model, err := doc.BuildV3Model()
	h.must(err)
	paths := model.Model.Paths.PathItems
	for _, p := range []string{"/sobjects/Account", "/sobjects/Account/{id}", "/query", "/composite", "/actions/standard/double"} {
		if paths.GetOrZero(p) == nil {
			t.Error("no path", p)
		}
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if valid, wrong := v.ValidateDocument(); !valid {
		for _, w := range wrong {
			t.Error(w.Message, w.Reason)
			for _, s := range w.SchemaValidationErrors {
				t.Log(s.Reason)
			}
		}
	}
	for _, rt := range h.routes() {
		if rt.about == "" {
			t.Errorf("%s %s does not say what it does", rt.method, rt.pattern)
		}
	}
}

// The document of a user holds nothing that is hidden from the user.
func TestOpenAPIHidesWhatIsHidden(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}), Options{Actions: testActions(t)})
	h.ask("admin", "GET", "/openapi.json", nil).is(200).wants("openapi", "3.1.0")
	g := h.ask("guest", "GET", "/services/data/v61.0/openapi.json", nil).is(200).wants("servers.0.url", "/services/data/v61.0")
	for _, hidden := range []string{"Visit", "create_Account", "action_secret"} {
		if strings.Contains(g.body, hidden) {
			t.Error("the guest is told of", hidden)
		}
	}
}

func TestActions(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}), Options{Actions: testActions(t)})
	h.ask("worker", "GET", "/actions/standard", nil).is(200).wants("actions.0.name", "double")
	h.ask("worker", "GET", "/actions/standard/double", nil).is(200).wants("label", "Double a number").wants("inputs.0.name", "number")
	h.ask("worker", "GET", "/actions/standard/secret", nil).refused(404, "NOT_FOUND")
	h.ask("worker", "POST", "/actions/standard/secret", fields{"inputs": []fields{{}}}).refused(404, "NOT_FOUND")
	g := h.ask("worker", "POST", "/actions/standard/double", fields{"inputs": []fields{{"number": 4}, {"number": 400}}}).is(200)
	g.wants("0.isSuccess", true).wants("0.outputValues.twice", 8).wants("0.errors", nil).wants("1.isSuccess", false).wants("1.errors.0.statusCode", "NUMBER_OUTSIDE_VALID_RANGE")
	h.ask("worker", "POST", "/actions/standard/double", fields{"inputs": []fields{{"number": 400}}}).is(400)
	h.ask("worker", "POST", "/actions/standard/double", fields{}).refused(400, "MISSING_ARGUMENT")
}

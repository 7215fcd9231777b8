package api

import (
	"net/http"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// object is a JSON object of the OpenAPI document. Its keys are written in order, so that the document is the same for
// the same catalogue and rights.
type object = map[string]any

// readOpenAPI answers GET /openapi.json.
func (s *Server) readOpenAPI(c *call) (*answer, error) {
	return s.cached(c, s.document(s.catalog(c), c.viewer, c.version))
}

// OpenAPI returns the API's description in OpenAPI 3.1, made of the catalogue, the table of routes and the list of
// actions, as far as v may know of them. Version is that of the API: v67.0.
func (s *Server) OpenAPI(v access.Viewer, version string) ([]byte, error) {
	return marshal(s.document(s.keeper.Catalog(), v, version))
}

func (s *Server) document(c *schema.Catalog, v access.Viewer, version string) object {
	d := &documenter{catalog: c, viewer: v, schemas: commonSchemas(), paths: object{}}
	for _, a := range s.table {
		for _, rt := range a.routes {
			d.route(rt)
		}
	}
	for _, name := range c.ObjectNames() {
		if o := c.Object(name); v.Object(o).Has(access.Read) {
			d.object(o)
		}
	}
	for _, a := range s.actions {
		if a.Open(v) {
			about := a.Describe()
			d.schemas["Action_"+a.Name+"_input"], d.schemas["Action_"+a.Name+"_output"] = a.InputSchema(), a.OutputSchema()
			d.paths["/actions/standard/"+a.Name] = object{"post": d.action(a.Name, about.Label)}
		}
	}
	return object{
		"openapi": "3.1.0", "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
		"info":     object{"title": "Truckroll REST API", "version": s.program, "description": "Records, queries, search, composite requests and actions.", "license": object{"name": "Apache-2.0", "identifier": "Apache-2.0"}},
		"servers":  []object{{"url": root + "/" + version}},
		"security": []object{{"bearer": []string{}}}, "paths": d.paths,
		"components": object{"schemas": d.schemas, "securitySchemes": object{"bearer": object{"type": "http", "scheme": "bearer"}}},
	}
}

// documenter gathers the paths and the schemas of the document.
type documenter struct {
	catalog *schema.Catalog
	viewer  access.Viewer
	schemas object
	paths   object
}

// parameters are the parameters of addresses beside those in the path.
var parameters = map[string]string{
	"/query": "q explain columns", "/queryAll": "q columns", "/search": "q", "/parameterizedSearch": "q sobject in fields overallLimit defaultLimit",
	"/recent": "limit", "/compactLayouts": "q", "/sobjects/{object}/updated": "start end", "/sobjects/{object}/deleted": "start end",
	"/sobjects/{object}/{key}": "fields", "/sobjects/{object}/{key}/{name}": "fields updateOnly", "/composite/sobjects": "ids allOrNone",
	"/composite/sobjects/{object}": "ids fields", "/sobjects/{object}/listviews/{view}/results": "limit offset",
}

// route documents a route of the table.
func (d *documenter) route(rt *route) {
	op := object{"summary": rt.about, "operationId": operationId(rt.method, rt.pattern), "responses": responses(object{}, "200")}
	var list []object
	for segment := range strings.SplitSeq(rt.pattern, "/") {
		if wildness(segment) == 1 {
			list = append(list, parameter("path", segment[1:len(segment)-1]))
		}
	}
	for name := range strings.FieldsSeq(parameters[rt.pattern]) {
		if rt.method == http.MethodGet || name != "q" && name != "start" {
			list = append(list, parameter("query", name))
		}
	}
	if list != nil {
		op["parameters"] = list
	}
	if rt.method == http.MethodPost || rt.method == http.MethodPatch || rt.method == http.MethodPut {
		op["requestBody"] = body(object{"type": "object"})
	}
	d.add(rt.pattern, rt.method, op)
}

func (d *documenter) add(pattern, method string, op object) {
	path, _ := d.paths[pattern].(object)
	if path == nil {
		path = object{}
		d.paths[pattern] = path
	}
	path[strings.ToLower(method)] = op
}

// operationId names an operation: get_sobjects_object_key.
func operationId(method, pattern string) string {
	words := strings.FieldsFunc(pattern, func(r rune) bool { return strings.ContainsRune("/{}.", r) })
	return strings.ToLower(method) + "_" + strings.Join(words, "_")
}

func parameter(in, name string) object {
	return object{"name": name, "in": in, "required": in == "path", "schema": object{"type": "string"}}
}

func ref(name string) object { return object{"$ref": "#/components/schemas/" + name} }

func body(s object) object {
	return object{"required": true, "content": object{"application/json": object{"schema": s}}}
}

// responses are a success with a body, and what can go wrong.
func responses(s object, success ...string) object {
	all := object{"default": object{"description": "What is wrong", "content": object{"application/json": object{"schema": ref("Errors")}}}}
	for _, status := range success {
		r := object{"description": http.StatusText(map[string]int{"200": 200, "201": 201, "204": 204}[status])}
		if status != "204" {
			r["content"] = object{"application/json": object{"schema": s}}
		}
		all[status] = r
	}
	return all
}

func commonSchemas() object {
	return object{
		"Errors": object{"type": "array", "items": object{"type": "object", "required": []string{"message", "errorCode"},
			"properties": object{"message": object{"type": "string"}, "errorCode": object{"type": "string"}, "fields": object{"type": "array", "items": object{"type": "string"}}}}},
		"Saved": object{"type": "object", "required": []string{"id", "success", "errors"}, "properties": object{"id": object{"type": "string"}, "success": object{"type": "boolean"},
			"created": object{"type": "boolean"}, "errors": object{"type": "array", "items": object{"type": "object"}}}},
		"Attributes": object{"type": "object", "properties": object{"type": object{"type": "string"}, "url": object{"type": "string"}}},
	}
}

// object documents the records of an object, under addresses of their own.
func (d *documenter) object(o *schema.Object) {
	may := d.viewer.Object(o)
	read, write := object{"attributes": ref("Attributes")}, object{}
	var needed []string
	for _, f := range o.Fields {
		if f.Hidden || !d.viewer.Reads(o, f) {
			continue
		}
		read[f.Name] = property(f)
		if f.Createable() && !f.Kind.Compound() && d.viewer.Edits(o, f) && !o.ReadOnly {
			write[f.Name] = property(f)
			if f.Required && f.Default == "" && f.Kind != schema.KindBoolean {
				needed = append(needed, f.Name)
			}
		}
	}
	d.schemas[o.Name] = object{"type": "object", "description": o.Label, "properties": read}
	base := "/sobjects/" + o.Name
	record := object{"parameters": []object{parameter("path", "id")}}
	record["get"] = object{"summary": "Read a " + o.Label, "operationId": "get_" + o.Name, "tags": []string{o.Name}, "responses": responses(ref(o.Name), "200"), "parameters": []object{parameter("query", "fields")}}
	if o.ReadOnly {
		d.paths[base+"/{id}"] = record
		return
	}
	d.schemas[o.Name+"_input"] = object{"type": "object", "properties": write}
	if may.Has(access.Create) {
		in := object{"allOf": []object{ref(o.Name + "_input")}}
		if needed != nil {
			in["required"] = needed
		}
		d.paths[base] = object{"post": object{"summary": "Create a " + o.Label, "operationId": "create_" + o.Name, "tags": []string{o.Name}, "requestBody": body(in), "responses": responses(ref("Saved"), "201")}}
	}
	if may.Has(access.Edit) {
		record["patch"] = object{"summary": "Change a " + o.Label, "operationId": "update_" + o.Name, "tags": []string{o.Name}, "requestBody": body(ref(o.Name + "_input")), "responses": responses(nil, "204")}
	}
	if may.Has(access.Delete) {
		record["delete"] = object{"summary": "Delete a " + o.Label, "operationId": "delete_" + o.Name, "tags": []string{o.Name}, "responses": responses(nil, "204")}
	}
	d.paths[base+"/{id}"] = record
}

// formats are the types of kinds in JSON Schema; every other kind is a text.
var formats = map[schema.Kind]object{
	schema.KindBoolean: {"type": "boolean"}, schema.KindInt: {"type": []string{"integer", "null"}}, schema.KindDouble: {"type": []string{"number", "null"}},
	schema.KindCurrency: {"type": []string{"number", "null"}}, schema.KindPercent: {"type": []string{"number", "null"}},
	schema.KindDate: {"type": []string{"string", "null"}, "format": "date"}, schema.KindDateTime: {"type": []string{"string", "null"}, "format": "date-time"},
	schema.KindTime: {"type": []string{"string", "null"}, "format": "time"}, schema.KindEmail: {"type": []string{"string", "null"}, "format": "email"},
	schema.KindAddress: {"type": []string{"object", "null"}}, schema.KindLocation: {"type": []string{"object", "null"}},
	schema.KindId: {"type": "string", "minLength": 15, "maxLength": 18}, schema.KindReference: {"type": []string{"string", "null"}, "maxLength": 18},
}

// property is the JSON Schema of a field.
func property(f *schema.Field) object {
	p := object{"title": f.Label}
	for k, v := range formats[f.Kind] {
		p[k] = v
	}
	if p["type"] == nil {
		p["type"] = []string{"string", "null"}
		if f.Length > 0 {
			p["maxLength"] = f.Length
		}
	}
	if f.Help != "" {
		p["description"] = f.Help
	}
	if f.ReadOnly || f.Calculated || f.Format != "" || f.Formula != "" {
		p["readOnly"] = true
	}
	if f.Restricted && f.Kind == schema.KindPicklist && len(f.Choices) > 0 {
		values := []any{nil}
		for _, c := range f.Choices {
			values = append(values, c.Value)
		}
		p["enum"] = values
	}
	return p
}

func (d *documenter) action(name, label string) object {
	in := object{"type": "object", "required": []string{"inputs"}, "properties": object{"inputs": object{"type": "array", "items": ref("Action_" + name + "_input")}}}
	out := object{"type": "array", "items": object{"type": "object", "properties": object{"actionName": object{"type": "string"}, "isSuccess": object{"type": "boolean"},
		"errors": object{"type": []string{"array", "null"}}, "outputValues": object{"anyOf": []object{ref("Action_" + name + "_output"), {"type": "null"}}}}}}
	return object{"summary": label, "operationId": "action_" + name, "tags": []string{"actions"}, "requestBody": body(in), "responses": responses(out, "200")}
}

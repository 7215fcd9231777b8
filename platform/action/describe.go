package action

import (
	"reflect"

	"truckroll/platform/schema"
)

// Description is what a client is told of an action, with the members that Salesforce uses.
type Description struct {
	Name        string      `json:"name"`
	Label       string      `json:"label"`
	Description string      `json:"description"`
	Type        string      `json:"type"`
	Category    string      `json:"category"`
	Standard    bool        `json:"standard"`
	Target      *string     `json:"targetEntityName"`
	Inputs      []Parameter `json:"inputs"`
	Outputs     []Parameter `json:"outputs"`
}

// Parameter is one input or output.
type Parameter struct {
	Name        string   `json:"name"`
	Label       string   `json:"label"`
	Description string   `json:"description"`
	Type        string   `json:"type"`
	MaxOccurs   int      `json:"maxOccurs"` // 1; 2000 for a list
	Required    bool     `json:"required"`
	SobjectType *string  `json:"sobjectType"` // of a reference to one object
	Choices     []string `json:"picklistValues"`
}

// Describe returns what a client is told of a.
func (a Action) Describe() Description {
	return Description{Name: a.Name, Label: a.Label, Description: a.help(), Type: a.Name, Category: "Standard", Standard: true,
		Inputs: parameters(a.in), Outputs: parameters(a.out)}
}

func (a Action) help() string {
	if a.Help == "" {
		return a.Label
	}
	return a.Help
}

func parameters(t reflect.Type) []Parameter {
	all := []Parameter{}
	if t.Kind() != reflect.Struct || kindOf(t) != nil {
		return all
	}
	for _, f := range fieldsOf(t) {
		p := Parameter{Name: f.name, Label: f.label, Description: f.help, Required: f.required, MaxOccurs: 1}
		typ := f.typ
		for typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if typ.Kind() == reflect.Slice {
			typ, p.MaxOccurs = typ.Elem(), 2000
		}
		p.Type = typeName(typ)
		if k := kindOf(typ); k != nil {
			if len(k.To) == 1 {
				p.SobjectType = &k.To[0]
			}
			if len(k.Choices) > 0 {
				p.Choices = values(k)
			}
		}
		all = append(all, p)
	}
	return all
}

// typeName names the type of a parameter as describe does.
func typeName(t reflect.Type) string {
	if k := kindOf(t); k != nil {
		return string(k.Kind)
	}
	switch t.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int64:
		return "int"
	}
	return "object"
}

// InputSchema returns the JSON Schema (2020-12) of one input, for OpenAPI.
func (a Action) InputSchema() map[string]any { return jsonSchema(a.in) }

// OutputSchema returns the JSON Schema (2020-12) of one output.
func (a Action) OutputSchema() map[string]any { return jsonSchema(a.out) }

func jsonSchema(t reflect.Type) map[string]any {
	if k := kindOf(t); k != nil {
		return kindSchema(k)
	}
	switch t.Kind() {
	case reflect.Pointer:
		return jsonSchema(t.Elem())
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": jsonSchema(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": jsonSchema(t.Elem())}
	case reflect.Struct:
		return structSchema(t)
	}
	return map[string]any{}
}

func structSchema(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, f := range fieldsOf(t) {
		p := jsonSchema(f.typ)
		p["title"] = f.label
		if f.help != "" {
			p["description"] = f.help
		}
		if f.max > 0 {
			p["maxLength"] = f.max
		}
		properties[f.name] = p
		if f.required {
			required = append(required, f.name)
		}
	}
	s := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// kindSchema returns the JSON Schema of a value of package schema, which may be null.
func kindSchema(k *schema.Field) map[string]any {
	switch k.Kind {
	case schema.KindId, schema.KindReference:
		return map[string]any{"type": []string{"string", "null"}, "pattern": "^[0-9A-Za-z]{15}([0-9A-Za-z]{3})?$"}
	case schema.KindPicklist:
		if len(k.Choices) == 0 {
			break
		}
		choices := []any{}
		for _, v := range values(k) {
			choices = append(choices, v)
		}
		return map[string]any{"enum": append(choices, nil)}
	case schema.KindDate:
		return map[string]any{"type": []string{"string", "null"}, "format": "date"}
	case schema.KindDateTime:
		return map[string]any{"type": []string{"string", "null"}, "format": "date-time"}
	case schema.KindTime:
		return map[string]any{"type": []string{"string", "null"}, "format": "time"}
	case schema.KindEmail:
		return map[string]any{"type": []string{"string", "null"}, "format": "email"}
	case schema.KindInt:
		return map[string]any{"type": []string{"integer", "null"}}
	case schema.KindDouble, schema.KindCurrency, schema.KindPercent:
		return map[string]any{"type": []string{"number", "null"}}
	}
	return map[string]any{"type": []string{"string", "null"}}
}

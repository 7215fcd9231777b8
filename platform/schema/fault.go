package schema

// Fault is a refusal that the caller can mend. Code is one that the API documents.
type Fault struct {
	Code    string
	Message string
	Fields  []string
}

func (f *Fault) Error() string { return f.Code + ": " + f.Message }

// Refuse returns a Fault about the named fields.
func Refuse(code, message string, fields ...string) error { return &Fault{code, message, fields} }

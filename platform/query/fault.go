package query

import (
	"context"
	"errors"
	"fmt"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// The codes of the faults that this package returns.
const (
	CodeMalformed   = "MALFORMED_QUERY"
	CodeField       = "INVALID_FIELD"
	CodeType        = "INVALID_TYPE"
	CodeOperator    = "INVALID_QUERY_FILTER_OPERATOR"
	CodeLocator     = "INVALID_QUERY_LOCATOR"
	CodeScope       = "INVALID_QUERY_SCOPE"
	CodeTimeout     = "QUERY_TIMEOUT"
	CodeComplicated = "QUERY_TOO_COMPLICATED"
	CodeExceeded    = "EXCEEDED_ID_LIMIT"
	CodeRange       = "NUMBER_OUTSIDE_VALID_RANGE"
	CodeSearch      = "MALFORMED_SEARCH"
)

const askDescribe = "If you are attempting to use a custom %s, be sure to append the '%s' after its name. Describe the entity to see the names that are there."

// at is a fault at a place of the text, shown with its line and a marker.
func (r *resolver) at(pos soql.Pos, code, format string, args ...any) error {
	message := fmt.Sprintf(format, args...)
	if r.text != "" {
		message = soql.NewError(r.text, pos, message).Error()
	}
	return schema.Refuse(code, message)
}

func (r *resolver) noColumn(n soql.Name, entity string) error {
	return r.at(n.Pos, CodeField, "No such column '%s' on entity '%s'. "+askDescribe, n.Text, entity, "field", "__c")
}

func (r *resolver) noRelationship(n soql.Name) error {
	return r.at(n.Pos, CodeField, "Didn't understand relationship '%s' in field path. "+askDescribe, n.Text, "relationship", "__r")
}

func (r *resolver) noChild(n soql.Name) error {
	return r.at(n.Pos, CodeType, "Didn't understand relationship '%s' in FROM part of query call. "+askDescribe, n.Text, "relationship", "__r")
}

func (r *resolver) noObject(n soql.Name) error {
	return r.at(n.Pos, CodeType, "sObject type '%s' is not supported. "+askDescribe, n.Text, "object", "__c")
}

func tooComplicated(what string, most int) error {
	return schema.Refuse(CodeComplicated, fmt.Sprintf("The query has more than %d %s. Split it into several.", most, what))
}

// malformed turns a mistake of grammar into a fault.
func malformed(code string, err error) error {
	var e *soql.Error
	if errors.As(err, &e) {
		return schema.Refuse(code, e.Error())
	}
	return err
}

// told makes faults of what the asker can mend among the failures of the database.
func told(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return schema.Refuse(CodeTimeout, "Your query request was running for too long. Narrow its conditions, best on indexed fields.")
	case store.Overflow(err):
		return schema.Refuse(CodeRange, "A sum of the query is beyond the range of numbers.")
	}
	return err
}

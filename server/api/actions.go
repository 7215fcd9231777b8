package api

import (
	"encoding/json"
	"net/http"

	"truckroll/platform/action"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// maxInputs is how often one request may ask for an action.
const maxInputs = 200

// readActionKinds answers GET /actions.
func (s *Server) readActionKinds(c *call) (*answer, error) {
	return ok(map[string]string{"standard": c.base() + "/actions/standard", "custom": c.base() + "/actions/custom"})
}

// readActions answers GET /actions/standard: the actions that the viewer may ask for.
func (s *Server) readActions(c *call) (*answer, error) {
	type entry struct {
		Label string `json:"label"`
		Name  string `json:"name"`
		Type  string `json:"type"`
		URL   string `json:"url"`
	}
	list := []entry{}
	for _, a := range s.actions {
		if a.Open(c.viewer) {
			d := a.Describe()
			list = append(list, entry{d.Label, d.Name, d.Type, c.base() + "/actions/standard/" + d.Name})
		}
	}
	return ok(map[string]any{"actions": list})
}

// readCustomActions answers GET /actions/custom: nobody can add actions at run time.
func (s *Server) readCustomActions(*call) (*answer, error) {
	return ok(map[string]string{})
}

// action returns the action that the address names. One that the viewer may not ask for is answered like one that does
// not exist.
func (s *Server) action(c *call) (action.Action, error) {
	a, found := s.actions.Find(c.args["action"], c.viewer)
	if !found {
		return a, notFound()
	}
	return a, nil
}

// readAction answers GET /actions/standard/{action}.
func (s *Server) readAction(c *call) (*answer, error) {
	a, err := s.action(c)
	if err != nil {
		return nil, err
	}
	return ok(a.Describe())
}

// actionResult is the answer to one input.
type actionResult struct {
	Name    string          `json:"actionName"`
	Errors  []rowProblem    `json:"errors"` // null without
	Success bool            `json:"isSuccess"`
	Output  json.RawMessage `json:"outputValues"`
}

// runAction answers POST /actions/standard/{action} {"inputs": [{…}]}.
func (s *Server) runAction(c *call) (*answer, error) {
	a, err := s.action(c)
	if err != nil {
		return nil, err
	}
	var in struct {
		Inputs []json.RawMessage `json:"inputs"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	switch {
	case len(in.Inputs) == 0:
		return nil, schema.Refuse("MISSING_ARGUMENT", "The body has no inputs; send {\"inputs\": [{…}]}", "inputs")
	case len(in.Inputs) > maxInputs:
		return nil, tooMany("inputs", maxInputs)
	}
	results, err := s.runInputs(c, a, in.Inputs)
	if err != nil {
		return nil, err
	}
	return answerAction(a, results)
}

func (s *Server) runInputs(c *call, a action.Action, inputs []json.RawMessage) (results []action.Result, err error) {
	if c.tx == nil {
		why := c.cause()
		why.Of = a.Name
		return a.Run(c.ctx, s.keeper, why, inputs)
	}
	err = s.write(c, func(tx *record.Tx) error {
		results, err = a.RunIn(tx, inputs)
		return err
	})
	return results, err
}

// answerAction answers with 400 when every input failed.
func answerAction(a action.Action, results []action.Result) (*answer, error) {
	out := make([]actionResult, len(results))
	status := http.StatusBadRequest
	for i, r := range results {
		out[i] = actionResult{Name: a.Name, Success: len(r.Faults) == 0}
		if !out[i].Success {
			out[i].Errors = rowProblems(r.Faults)
			continue
		}
		status = http.StatusOK
		out[i].Output = action.AppendJSON(nil, r.Output)
	}
	return answerWith(status, out)
}

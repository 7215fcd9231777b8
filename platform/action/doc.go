// Package action names commands: things that can be asked of the house which are not the saving of a record.
//
// An [Action] has a name, typed input and typed output. From the Go types of these follow its description for clients,
// the JSON Schema of its body, and how the body is read and the answer written; an action states none of them twice.
// A command runs in a transaction on behalf of a viewer; a question runs over one moment of the database and changes
// nothing.
//
//	var Actions = []action.Action{
//		action.Do("createReport", "Create a report", createReport),
//		action.Ask("getSlots", "Free times for a visit", getSlots),
//	}
//
// It does not know HTTP, nor what any action does.
package action

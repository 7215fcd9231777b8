package object

import "truckroll/platform/schema"

// FlowInterview is a guided conversation that someone has paused.
type FlowInterview struct {
	schema.Standard `prefix:"0Fo" name:"InterviewLabel"`
	Owned

	InterviewLabel string
	CurrentElement string `max:"100"`
	PauseLabel     string
	Guid           string `field:"unique"`
}

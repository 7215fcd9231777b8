package object

import "truckroll/platform/schema"

// Question is what a step of a checklist asks for: an answer of which type, within which limits, and when.
type Question struct {
	StepType     StepType        // Empty is a step that is only ticked off
	Unit         string          `max:"40"`   // Of a number
	Minimum      schema.Decimal  `scale:"6"`  // Numbers below are flagged
	Maximum      schema.Decimal  `scale:"6"`  // Numbers above are flagged
	Options      schema.LongText `max:"4000"` // Of a choice, one a line
	IsMandatory  bool            // The work can't be completed while it is open
	ShowIfAnswer string          `label:"Asked after Answer"` // The answer of the deciding step with which this one is asked, as text; Pass, Yes or 3.5
}

// StepType is the type of the answer that a step wants.
type StepType string

// The types of answers. A photo and a signature are files.
const (
	StepTypePassFail     StepType = "PassFail"
	StepTypeNumber       StepType = "Number"
	StepTypeChoice       StepType = "Choice"
	StepTypeText         StepType = "Text"
	StepTypePhoto        StepType = "Photo"
	StepTypeBarcode      StepType = "Barcode"
	StepTypeMeterReading StepType = "MeterReading"
	StepTypeSignature    StepType = "Signature"
	StepTypeCheckbox     StepType = "Checkbox"
	StepTypeDate         StepType = "Date"
)

// Choices implements [schema.Choicer].
func (StepType) Choices() []schema.Choice {
	return choices(StepTypePassFail, StepTypeNumber, StepTypeChoice, StepTypeText, StepTypePhoto, StepTypeBarcode,
		StepTypeMeterReading, StepTypeSignature, StepTypeCheckbox, StepTypeDate)
}

// PassFail is the outcome of a test.
type PassFail string

// The values of PassFail.
const (
	Pass PassFail = "Pass"
	Fail PassFail = "Fail"
)

// Choices implements [schema.Choicer].
func (PassFail) Choices() []schema.Choice { return choices(Pass, Fail) }

package object

import "truckroll/platform/schema"

// Task is something to be done about a record, or a call that was made.
type Task struct {
	schema.Standard `prefix:"00T" name:"Subject"`
	Owned
	Typed

	Subject     string
	WhoId       schema.AnyRef `field:"cascade" to:"Contact,Lead" children:"Tasks" label:"Name"`
	WhatId      schema.AnyRef `field:"cascade" to:"*,-Contact,-Lead" children:"Tasks" label:"Related To"`
	Description schema.LongText

	Status       schema.Picklist `field:"required" choices:"Not Started;In Progress;Completed;Waiting on someone else;Deferred" default:"Not Started"`
	Priority     schema.Picklist `field:"required" choices:"High;Normal;Low" default:"Normal"`
	Type         schema.Picklist
	TaskSubtype  schema.Picklist `field:"createonly" choices:"Task;Email;Call" default:"Task"`
	ActivityDate schema.Date     `field:"index" label:"Due Date"`

	ReminderDateTime      schema.DateTime
	IsReminderSet         bool
	IsClosed              bool            `field:"readonly"`
	IsHighPriority        bool            `field:"readonly"`
	CompletedDateTime     schema.DateTime `field:"readonly"`
	CallDurationInSeconds schema.Int
	CallDisposition       string
}

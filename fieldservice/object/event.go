package object

import "truckroll/platform/schema"

// Event is an appointment in somebody's calendar; a scheduled visit has one for the user who makes it.
type Event struct {
	schema.Standard `prefix:"00U" name:"Subject"`
	Owned
	Typed

	Subject     string
	WhoId       schema.AnyRef `field:"cascade" to:"Contact,Lead" children:"Events" label:"Name"`
	WhatId      schema.AnyRef `field:"cascade" to:"*,-Contact,-Lead" children:"Events" label:"Related To"`
	Description schema.LongText
	Location    string

	StartDateTime     schema.DateTime `field:"index" label:"Start"`
	EndDateTime       schema.DateTime `label:"End"`
	ActivityDate      schema.Date     // of an event that lasts all day
	ActivityDateTime  schema.DateTime `label:"Starts At"`
	DurationInMinutes schema.Int      `label:"Duration (Minutes)"`
	IsAllDayEvent     bool

	Type             schema.Picklist
	ShowAs           schema.Picklist `choices:"Busy;OutOfOffice;Free" default:"Busy"`
	IsPrivate        bool
	IsReminderSet    bool
	ReminderDateTime schema.DateTime
}

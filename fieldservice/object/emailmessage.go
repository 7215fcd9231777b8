package object

import "truckroll/platform/schema"

// EmailMessage is an e-mail sent or received about a record.
type EmailMessage struct {
	schema.Standard `prefix:"02s" name:"Subject" object:"search"`

	Subject     string           `max:"3000"`
	ParentId    schema.Ref[Case] `field:"createonly cascade" children:"EmailMessages"`
	RelatedToId schema.AnyRef    `field:"createonly cascade" to:"*" children:"Emails"`
	Status      schema.Picklist  `choices:"New;Read;Replied;Sent;Forwarded;Draft" default:"New"`
	MessageDate schema.DateTime
	Incoming    bool

	FromName    string `max:"1000"`
	FromAddress schema.Email
	ToAddress   string `max:"4000"`
	CcAddress   string `max:"4000"`
	BccAddress  string `max:"4000"`
	TextBody    schema.LongText
	HtmlBody    schema.LongText
}

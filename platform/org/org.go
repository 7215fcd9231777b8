// Package org declares the organisation itself: who works in it, what each may do and see, and what administrators
// have made of it.
//
// Its objects are the ones that every organisation has, whatever its business: people and profiles, roles and groups,
// permissions and sharing, record types and list views, the definitions of custom objects and fields, files and notes.
// Names and key prefixes are those of Salesforce; the objects that Salesforce shows in another shape, or under no
// prefix, have prefixes that begin with zP.
//
// It does not know the business. A few references name Account and Contact, which a business may declare.
package org

// All lists the objects of every organisation in the order in which people meet them.
var All = []any{
	Organization{}, User{}, UserRole{}, LoginHistory{},
	Group{}, GroupMember{}, QueueSobject{}, ViewAsSession{},
	Profile{}, PermissionSet{}, PermissionSetAssignment{}, ObjectPermissions{}, FieldPermissions{},
	SharingDefault{}, SharingRule{}, RecordShare{},
	RecordType{}, ListView{}, EmailTemplate{}, CurrencyType{},
	Layout{}, ProfileLayout{}, CompactLayout{}, SearchLayout{},
	CustomObject{}, StandardDefinition{}, CustomField{}, ValidationRule{},
	ConnectedApplication{},
	ContentDocument{}, ContentVersion{}, ContentDocumentLink{},
	Attachment{}, Document{}, Note{},
}

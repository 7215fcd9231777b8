// Package access says what a viewer may see and change: objects, fields and records.
//
// Every read and write of the house asks a [Viewer]. Rights on objects and fields are answered directly; which records
// is answered as a condition of the query language, so that it is filtered, paged and counted by the database in the
// query itself, the same way for every door. [Grants] is the viewer that is made of profiles, permission sets, roles,
// groups, sharing rules and the scopes that rooms declare; [Everything] is the house itself.
//
// The package knows no database and keeps no state. It does not know where grants are recorded, who has signed in or
// what the objects are for: it is handed facts and answers from them.
package access

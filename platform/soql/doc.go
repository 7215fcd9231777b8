// Package soql reads SOQL, the query language, and SOSL, the search language: text to tree, and tree back to text.
//
//	q, err := soql.Parse("SELECT Id, Account.Name FROM Case WHERE IsClosed = false")
//	s, err := soql.ParseSearch("FIND {pump AND valve*} RETURNING Case(Id, Subject)")
//
// Both are read by a hand-written lexer and recursive descent. What is wrong with a text is told as an *Error, with
// row, column and a marker under the place. Hostile text is bounded in length (MaxText) and in nesting (MaxDepth).
//
// The package knows grammar only. It does not know which objects or fields exist, what type they have, who asks, or
// how many of something is too many: all that is decided by whoever resolves the tree.
package soql

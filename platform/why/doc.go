// Package why says what a user may do with a record, and why: every reason that opens it, through whom it reaches the
// user, and, when nothing does, what there is that could.
//
// It tests the reasons that package access names one by one against the record, with the same conditions that every
// query is filtered by, so that an explanation cannot disagree with what people see.
//
// It does not know who may ask, and decides nothing.
package why

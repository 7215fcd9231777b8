// Package formula is the language in which administrators write validation rules, formula fields, default values and
// transitions: the formulas of Salesforce, read once, then computed in memory or in the database with the same result.
//
//	f, err := formula.Parse(`IF(Quantity * UnitPrice > 1000, "large", "small")`, fields, formula.Options{})
//	v := f.Eval(record, now)
//	sql, err := f.SQL(formula.Target{Dialect: formula.PostgreSQL, Column: columns, Now: now}, 0)
//
// # Language
//
// Numbers (12.50), texts in double or single quotes with backslash escapes, TRUE, FALSE, NULL, fields by their path
// (Account.Name, $User.Id), the functions of the list Functions without regard to case, comments between /* and */,
// and operators, from the loosest to the tightest:
//
//	||    &&    = == <> != < <= > >=    &    + -    * /    ^    - ! +
//
// Operators of one line group from the left; + also joins texts. A formula has at most MaxText characters.
//
// # Types
//
// Every expression has a type that is known before it is computed, and nothing is converted silently, but for an id
// where a text is wanted. A picklist is compared by ISPICKVAL or CASE, or made text by TEXT. An id field holds the
// 18-character form.
//
// # Numbers
//
// Numbers are decimal and exact to Places digits after the point. What has more is rounded half away from zero after
// each step. A product, quotient, power or result of a function of 10^18 or more is blank, as is a division by zero,
// a root of a negative number, or a text that VALUE cannot read: a formula never fails while it is computed. Counts
// and places are whole numbers, their fraction cut off, and a blank one is 0. Dates reach from 0001-01-01 to
// 9999-12-31; beyond, they are blank.
//
// # Blanks
//
// A text is never blank in the sense of being unknown: without value it is the empty text. A boolean without value is
// false. Numbers, dates, moments and times without value are blank, and what is computed of a blank is blank, but for
// these: = holds between two blanks, and <> between a blank and a value; <, <=, > and >= never hold for a blank; MAX
// and MIN pass over blanks; joining and comparing texts treats a blank as the empty text; CASE matches a blank with
// nothing. With Options.BlankAsZero a field's blank number counts as 0, except that ISBLANK, ISNULL, BLANKVALUE and
// NULLVALUE see the field as it is.
//
// # Time
//
// Dates and moments are converted into each other in UTC, so that a record's formula has one value for everybody.
// TODAY alone is the date of the user's time zone.
//
// # SQL
//
// ISCHANGED, PRIORVALUE, ISNEW and REGEX, powers other than the literal exponents 0 to 4, and the readings of dates
// and ids from text that is not constant exist in memory only; Formula.InSQL tells. Everything else is compiled. The
// SQL raises no error, whatever the row. SQLite calls the functions of Scalars, which are those that Eval uses, where
// its own operators would not give the same; PostgreSQL computes by numeric and needs a database in UTF-8.
//
// HYPERLINK and IMAGE give HTML whose texts are escaped. Whoever shows it judges the scheme of the address.
//
// The package does not know records, objects, users or tables: fields, their values and their columns come through
// Fields, Record and Target.
package formula

// Package record is the only way to change a record.
//
// Whatever is saved, and through whichever door it came, goes through one corridor. In order of execution: read the
// patch, load and lock the records it is about, fill defaults, Fill rules, hold every field to the catalogue, hold
// references and unique values to the other records, Check rules, write the row with its audit entry and its event,
// Follow rules, bring roll-up summaries up to date, commit. Everything that a transaction did commits together or not
// at all.
//
// Rules are Go functions over typed records, listed in a [Book] whose order is the order of execution. What comes from
// outside ([Tx.Apply]) is held to the rights of its viewer as well; what the house saves itself ([Tx.Save]) is held to
// the rules alone. No flag skips a rule, an audit entry or an event.
//
// The package does not know HTTP, the business, or how rights are decided.
package record

// Package store keeps tables in SQLite or in PostgreSQL, behind one code path.
//
// A [DB] runs functions in transactions: [DB.Write] and [DB.View]. On SQLite all writers share one connection, and
// whoever waits while a transaction is being made durable shares the next one, so that the cost of a durable commit is
// paid once per group and not once per writer. On PostgreSQL each writer has a transaction of its own. SQL text is
// written once, with ? for its arguments; what the engines truly do differently is asked of the [Dialect].
//
// The system's own tables are made by numbered migrations ([DB.Migrate]); the tables of objects follow the catalogue
// ([DB.Sync]). Beside rows, the store gives ids, consecutive numbers, a full-text index and backups.
//
// It does not know users, rights, rules or what a record means.
package store

// Package bulk changes and reads many records: tables in CSV, worked through in the background.
//
// An ingest job is a table of patches. It is worked through in batches, each one transaction of the corridor that holds
// the records, what became of each row, and how far the job has come: a server that dies goes on behind the last batch
// that was committed, and no row is done twice. A query job counts what a query finds; its rows are read, with the
// reader's rights of that moment, when they are asked for. Tables are streamed both ways, so that memory does not grow
// with them.
//
// It does not know HTTP, the business, or who a caller is: it is told whose job a job is.
package bulk

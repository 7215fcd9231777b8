// Package sheet reads and writes tables as spreadsheets in Office Open XML (.xlsx).
//
// Both ways are streams: a sheet of a million rows takes the memory of one row and of its shared texts. What is read
// is untrusted: how much may be unpacked, and how many cells are taken, has limits, and no formula, link or macro is
// followed. What is written holds values only; a text that looks like a formula stays a text.
//
// It does not know records, fields, or who a table is for.
package sheet

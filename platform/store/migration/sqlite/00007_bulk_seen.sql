-- The values of unique fields that a dry run has come across: key and owner are hashes, row counts from 1 below the heading.

-- +goose Up
CREATE TABLE bulk_seen (job TEXT NOT NULL, field TEXT NOT NULL, key BLOB NOT NULL, row INTEGER NOT NULL, owner BLOB NOT NULL, PRIMARY KEY (job, field, key)) WITHOUT ROWID;

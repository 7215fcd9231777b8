-- The values of unique fields that a dry run has come across: key and owner are hashes, row counts from 1 below the heading.

-- +goose Up
CREATE TABLE bulk_seen (job TEXT COLLATE "C" NOT NULL, field TEXT COLLATE "C" NOT NULL, key BYTEA NOT NULL, "row" BIGINT NOT NULL, owner BYTEA NOT NULL, PRIMARY KEY (job, field, key));

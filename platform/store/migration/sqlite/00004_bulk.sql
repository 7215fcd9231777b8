-- +goose Up
-- Bulk jobs. spec is JSON for what is never searched; position is how far, in bytes, the content has been worked through.
CREATE TABLE bulk_job (
	id TEXT PRIMARY KEY, kind TEXT NOT NULL, user_id TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL, state TEXT NOT NULL, spec BLOB NOT NULL,
	content TEXT, position INTEGER NOT NULL DEFAULT 0, processed INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, took INTEGER NOT NULL DEFAULT 0, error TEXT
) WITHOUT ROWID;
CREATE INDEX bulk_job_modified ON bulk_job (state, modified);
CREATE TABLE bulk_result (job TEXT NOT NULL, n INTEGER NOT NULL, outcomes BLOB NOT NULL, PRIMARY KEY (job, n));

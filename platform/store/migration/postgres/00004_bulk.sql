-- +goose Up
-- Bulk jobs. spec is JSON for what is never searched; position is how far, in bytes, the content has been worked through.
CREATE TABLE bulk_job (
	id TEXT COLLATE "C" PRIMARY KEY, kind TEXT COLLATE "C" NOT NULL, user_id TEXT COLLATE "C" NOT NULL, created BIGINT NOT NULL, modified BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL, spec BYTEA NOT NULL, content TEXT, position BIGINT NOT NULL DEFAULT 0, processed BIGINT NOT NULL DEFAULT 0,
	failed BIGINT NOT NULL DEFAULT 0, took BIGINT NOT NULL DEFAULT 0, error TEXT
);
CREATE INDEX bulk_job_modified ON bulk_job (state, modified);
CREATE TABLE bulk_result (job TEXT COLLATE "C" NOT NULL, n BIGINT NOT NULL, outcomes BYTEA NOT NULL, PRIMARY KEY (job, n));

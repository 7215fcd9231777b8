-- The house's own tables. Times are epoch milliseconds.

-- +goose Up
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- What each column of an object's table keeps, so that a change of kind is noticed.
CREATE TABLE schema_column (
	object TEXT COLLATE "C" NOT NULL, field TEXT COLLATE "C" NOT NULL, store TEXT NOT NULL, scale BIGINT NOT NULL,
	PRIMARY KEY (object, field)
);

CREATE TABLE id_sequence (prefix TEXT COLLATE "C" PRIMARY KEY, next BIGINT NOT NULL);
CREATE TABLE number_sequence (name TEXT COLLATE "C" PRIMARY KEY, next BIGINT NOT NULL);

-- The audit log: entries are never changed or deleted. audit_leaf gives them their places in the tree once no older
-- transaction can bring another; epoch counts the clusters that the database has lived in, whose xids begin anew.
-- sealed holds the values that the entry commits to, under the key k. Nodes of the tree's lowest levels are not kept,
-- they follow from few leaves.
CREATE TABLE audit_key (k BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, subject TEXT COLLATE "C" NOT NULL, wrapped BYTEA, destroyed BIGINT);
CREATE UNIQUE INDEX audit_key_subject ON audit_key (subject) WHERE destroyed IS NULL;
CREATE TABLE audit_entry (
	n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id TEXT COLLATE "C" NOT NULL, object TEXT COLLATE "C" NOT NULL, record TEXT COLLATE "C" NOT NULL,
	rev BIGINT NOT NULL, leaf BYTEA NOT NULL, body BYTEA NOT NULL, k BIGINT NOT NULL, sealed BYTEA NOT NULL,
	epoch BIGINT NOT NULL DEFAULT 0, xid xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX audit_entry_record ON audit_entry (record, n);
CREATE INDEX audit_entry_order ON audit_entry (epoch, xid, n);
CREATE TABLE audit_leaf (seq BIGINT PRIMARY KEY, n BIGINT NOT NULL UNIQUE);
CREATE TABLE audit_node (i BIGINT PRIMARY KEY, hash BYTEA NOT NULL);
-- The row of audit_tree is locked by the node that sequences; epoch, xid and n are those of the last entry in the tree.
CREATE TABLE audit_tree (one BIGINT PRIMARY KEY CHECK (one = 1), size BIGINT NOT NULL, epoch BIGINT NOT NULL, xid xid8 NOT NULL, n BIGINT NOT NULL);
INSERT INTO audit_tree (one, size, epoch, xid, n) VALUES (1, 0, 0, '0', 0);
CREATE TABLE audit_checkpoint (size BIGINT PRIMARY KEY, root BYTEA NOT NULL, note TEXT NOT NULL, at BIGINT NOT NULL);

-- Changes that readers follow.
CREATE TABLE outbox (
	n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at BIGINT NOT NULL, object TEXT COLLATE "C" NOT NULL, body BYTEA NOT NULL,
	epoch BIGINT NOT NULL DEFAULT 0, xid xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX outbox_at ON outbox (at);
CREATE INDEX outbox_order ON outbox (epoch, xid, n);

CREATE TABLE job (
	id TEXT COLLATE "C" PRIMARY KEY, kind TEXT COLLATE "C" NOT NULL, args BYTEA NOT NULL, key TEXT COLLATE "C", state TEXT COLLATE "C" NOT NULL,
	run_at BIGINT NOT NULL, attempt BIGINT NOT NULL DEFAULT 0, leased_by TEXT, leased_until BIGINT, error TEXT, created BIGINT NOT NULL, ended BIGINT
);
CREATE INDEX job_due ON job (state, run_at);
CREATE UNIQUE INDEX job_key ON job (kind, key) WHERE key IS NOT NULL AND state IN ('ready', 'running');
CREATE TABLE job_period (kind TEXT COLLATE "C" PRIMARY KEY, next BIGINT NOT NULL);

-- Signing in. Secrets and tokens are kept as hashes only; body is JSON for what is never searched.
CREATE TABLE oauth_token (
	hash BYTEA PRIMARY KEY, kind TEXT COLLATE "C" NOT NULL, family TEXT COLLATE "C" NOT NULL, client TEXT COLLATE "C" NOT NULL, user_id TEXT COLLATE "C" NOT NULL,
	created BIGINT NOT NULL, expires BIGINT NOT NULL, used BIGINT, body BYTEA NOT NULL
);
CREATE INDEX oauth_token_family ON oauth_token (family);
CREATE INDEX oauth_token_user ON oauth_token (user_id);
CREATE INDEX oauth_token_expires ON oauth_token (expires);
CREATE TABLE oauth_code (
	hash BYTEA PRIMARY KEY, kind TEXT COLLATE "C" NOT NULL, client TEXT COLLATE "C" NOT NULL, user_id TEXT COLLATE "C", created BIGINT NOT NULL, expires BIGINT NOT NULL, used BIGINT, body BYTEA NOT NULL
);
CREATE TABLE session (
	hash BYTEA PRIMARY KEY, user_id TEXT COLLATE "C" NOT NULL, created BIGINT NOT NULL, seen BIGINT NOT NULL, expires BIGINT NOT NULL, body BYTEA NOT NULL
);
CREATE INDEX session_user_id ON session (user_id);

-- The first answer to each repeatable request, kept for 30 days.
CREATE TABLE idempotency (
	user_id TEXT COLLATE "C" NOT NULL, key TEXT COLLATE "C" NOT NULL, digest BYTEA NOT NULL, status BIGINT NOT NULL, answer BYTEA NOT NULL, at BIGINT NOT NULL,
	PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE recent_view (
	user_id TEXT COLLATE "C" NOT NULL, record TEXT COLLATE "C" NOT NULL, object TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL, referenced BIGINT,
	PRIMARY KEY (user_id, record)
);
CREATE INDEX recent_view_at ON recent_view (user_id, at);

-- Who uses which stored content; content that nobody uses is swept.
CREATE TABLE file_use (hash TEXT COLLATE "C" NOT NULL, record TEXT COLLATE "C" NOT NULL, PRIMARY KEY (hash, record));
CREATE INDEX file_use_record ON file_use (record);

-- Full-text search. Words are split and folded before they come here.
CREATE TABLE search_entry (record TEXT COLLATE "C" PRIMARY KEY, object TEXT COLLATE "C" NOT NULL, words tsvector NOT NULL);
CREATE INDEX search_entry_words ON search_entry USING gin (words);

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
	RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;
END $body$;
-- +goose StatementEnd
CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_leaf_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_leaf EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_node_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_node EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_checkpoint_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_key_kept BEFORE DELETE OR TRUNCATE ON audit_key EXECUTE FUNCTION refuse_change();

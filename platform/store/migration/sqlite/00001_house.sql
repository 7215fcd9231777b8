-- The house's own tables. Times are epoch milliseconds.

-- +goose Up
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- What each column of an object's table keeps, so that a change of kind is noticed.
CREATE TABLE schema_column (
	object TEXT NOT NULL, field TEXT NOT NULL, store TEXT NOT NULL, scale INTEGER NOT NULL,
	PRIMARY KEY (object, field)
) WITHOUT ROWID;

CREATE TABLE id_sequence (prefix TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE number_sequence (name TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;

-- The audit log: entries are never changed or deleted. n - 1 is the place in the tree. sealed holds the values that the
-- entry commits to, under the key k. Nodes of the tree's lowest levels are not kept, they follow from few leaves.
CREATE TABLE audit_key (k INTEGER PRIMARY KEY, subject TEXT NOT NULL, wrapped BLOB, destroyed INTEGER);
CREATE UNIQUE INDEX audit_key_subject ON audit_key (subject) WHERE destroyed IS NULL;
CREATE TABLE audit_entry (
	n INTEGER PRIMARY KEY, id TEXT NOT NULL, object TEXT NOT NULL, record TEXT NOT NULL, rev INTEGER NOT NULL, leaf BLOB NOT NULL, body BLOB NOT NULL,
	k INTEGER NOT NULL, sealed BLOB NOT NULL
);
CREATE INDEX audit_entry_record ON audit_entry (record, n);
CREATE TABLE audit_node (i INTEGER PRIMARY KEY, hash BLOB NOT NULL);
CREATE TABLE audit_tree (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL);
INSERT INTO audit_tree (one, size) VALUES (1, 0);
CREATE TABLE audit_checkpoint (size INTEGER PRIMARY KEY, root BLOB NOT NULL, note TEXT NOT NULL, at INTEGER NOT NULL);

-- Changes that readers follow. AUTOINCREMENT, because a number must not come back after old rows were dropped.
CREATE TABLE outbox (n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, object TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX outbox_at ON outbox (at);

CREATE TABLE job (
	id TEXT PRIMARY KEY, kind TEXT NOT NULL, args BLOB NOT NULL, key TEXT, state TEXT NOT NULL, run_at INTEGER NOT NULL, attempt INTEGER NOT NULL DEFAULT 0,
	leased_by TEXT, leased_until INTEGER, error TEXT, created INTEGER NOT NULL, ended INTEGER
) WITHOUT ROWID;
CREATE INDEX job_due ON job (state, run_at);
CREATE UNIQUE INDEX job_key ON job (kind, key) WHERE key IS NOT NULL AND state IN ('ready', 'running');
CREATE TABLE job_period (kind TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;

-- Signing in. Secrets and tokens are kept as hashes only; body is JSON for what is never searched.
CREATE TABLE oauth_token (
	hash BLOB PRIMARY KEY, kind TEXT NOT NULL, family TEXT NOT NULL, client TEXT NOT NULL, user_id TEXT NOT NULL,
	created INTEGER NOT NULL, expires INTEGER NOT NULL, used INTEGER, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX oauth_token_family ON oauth_token (family);
CREATE INDEX oauth_token_user ON oauth_token (user_id);
CREATE INDEX oauth_token_expires ON oauth_token (expires);
CREATE TABLE oauth_code (
	hash BLOB PRIMARY KEY, kind TEXT NOT NULL, client TEXT NOT NULL, user_id TEXT, created INTEGER NOT NULL, expires INTEGER NOT NULL, used INTEGER, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE session (
	hash BLOB PRIMARY KEY, user_id TEXT NOT NULL, created INTEGER NOT NULL, seen INTEGER NOT NULL, expires INTEGER NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_user ON session (user_id);

-- The first answer to each repeatable request, kept for 30 days.
CREATE TABLE idempotency (
	user_id TEXT NOT NULL, key TEXT NOT NULL, digest BLOB NOT NULL, status INTEGER NOT NULL, answer BLOB NOT NULL, at INTEGER NOT NULL,
	PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE recent_view (
	user_id TEXT NOT NULL, record TEXT NOT NULL, object TEXT NOT NULL, at INTEGER NOT NULL, referenced INTEGER,
	PRIMARY KEY (user_id, record)
) WITHOUT ROWID;
CREATE INDEX recent_view_at ON recent_view (user_id, at);

-- Who uses which stored content; content that nobody uses is swept.
CREATE TABLE file_use (hash TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (hash, record)) WITHOUT ROWID;
CREATE INDEX file_use_record ON file_use (record);

-- Full-text search. Words are split and folded before they come here; the index keeps no text.
CREATE TABLE search_entry (n INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, object TEXT NOT NULL);
CREATE VIRTUAL TABLE search_text USING fts5 (name, email, phone, words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');
CREATE VIRTUAL TABLE search_word USING fts5vocab (search_text, row);

-- +goose StatementBegin
CREATE TRIGGER audit_entry_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_node_update BEFORE UPDATE ON audit_node BEGIN SELECT RAISE(ABORT, 'nodes of the audit tree are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_node_delete BEFORE DELETE ON audit_node BEGIN SELECT RAISE(ABORT, 'nodes of the audit tree are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_checkpoint_update BEFORE UPDATE ON audit_checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoints of the audit log are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_checkpoint_delete BEFORE DELETE ON audit_checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoints of the audit log are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_key_delete BEFORE DELETE ON audit_key BEGIN SELECT RAISE(ABORT, 'audit keys are destroyed, never deleted'); END;
-- +goose StatementEnd

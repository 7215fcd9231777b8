-- Further ways to sign in, what they remember between their steps, and how far background work has come. Times are
-- epoch milliseconds.

-- +goose Up
-- The second factor: the secret of an app that makes codes, sealed. It counts once it is confirmed. step is that of the
-- code used last, so that none is used twice.
CREATE TABLE user_totp (user_id TEXT PRIMARY KEY, sealed BLOB NOT NULL, created INTEGER NOT NULL, confirmed INTEGER, step INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
-- Hashes of the codes that get in once each without the app.
CREATE TABLE user_recovery (user_id TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (user_id, hash)) WITHOUT ROWID;
-- body is the public key and what else verifies a passkey, as JSON.
CREATE TABLE user_passkey (id BLOB PRIMARY KEY, user_id TEXT NOT NULL, name TEXT NOT NULL, created INTEGER NOT NULL, used INTEGER, body BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX user_passkey_user ON user_passkey (user_id);
-- What a sign-in remembers from one step to the next, and links to choose a new password; of each its hash alone.
CREATE TABLE sign_in_ticket (hash BLOB PRIMARY KEY, kind TEXT NOT NULL, user_id TEXT, created INTEGER NOT NULL, expires INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX sign_in_ticket_user ON sign_in_ticket (user_id);

-- Records that were made together and can be taken back together, in the order of their making.
CREATE TABLE record_batch (batch TEXT NOT NULL, n INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (batch, n)) WITHOUT ROWID;
CREATE INDEX record_batch_record ON record_batch (record);

ALTER TABLE job ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN note TEXT;

-- Further ways to sign in, what they remember between their steps, and how far background work has come. Times are
-- epoch milliseconds.

-- +goose Up
-- The second factor: the secret of an app that makes codes, sealed. It counts once it is confirmed. step is that of the
-- code used last, so that none is used twice.
CREATE TABLE user_totp (user_id TEXT COLLATE "C" PRIMARY KEY, sealed BYTEA NOT NULL, created BIGINT NOT NULL, confirmed BIGINT, step BIGINT NOT NULL DEFAULT 0);
-- Hashes of the codes that get in once each without the app.
CREATE TABLE user_recovery (user_id TEXT COLLATE "C" NOT NULL, hash BYTEA NOT NULL, PRIMARY KEY (user_id, hash));
-- body is the public key and what else verifies a passkey, as JSON.
CREATE TABLE user_passkey (id BYTEA PRIMARY KEY, user_id TEXT COLLATE "C" NOT NULL, name TEXT NOT NULL, created BIGINT NOT NULL, used BIGINT, body BYTEA NOT NULL);
CREATE INDEX user_passkey_user ON user_passkey (user_id);
-- What a sign-in remembers from one step to the next, and links to choose a new password; of each its hash alone.
CREATE TABLE sign_in_ticket (hash BYTEA PRIMARY KEY, kind TEXT COLLATE "C" NOT NULL, user_id TEXT COLLATE "C", created BIGINT NOT NULL, expires BIGINT NOT NULL, body BYTEA NOT NULL);
CREATE INDEX sign_in_ticket_user ON sign_in_ticket (user_id);

-- Records that were made together and can be taken back together, in the order of their making.
CREATE TABLE record_batch (batch TEXT COLLATE "C" NOT NULL, n BIGINT NOT NULL, record TEXT COLLATE "C" NOT NULL, PRIMARY KEY (batch, n));
CREATE INDEX record_batch_record ON record_batch (record);

ALTER TABLE job ADD COLUMN done BIGINT NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN total BIGINT NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN note TEXT;

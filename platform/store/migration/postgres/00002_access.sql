-- Who may sign in and do what. Times are epoch milliseconds.

-- +goose Up
-- Changes with every record that decides about rights, so that nobody's rights are remembered for too long.
CREATE TABLE access_version (id BIGINT PRIMARY KEY CHECK (id = 1), version BIGINT NOT NULL);

CREATE TABLE user_password (user_id TEXT COLLATE "C" PRIMARY KEY, hash TEXT NOT NULL, changed BIGINT NOT NULL);

-- Keys that identity tokens are signed with: PKCS #8. The newest signs, all verify.
CREATE TABLE oauth_key (id TEXT COLLATE "C" PRIMARY KEY, private BYTEA NOT NULL, created BIGINT NOT NULL);

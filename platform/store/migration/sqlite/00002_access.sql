-- Who may sign in and do what. Times are epoch milliseconds.

-- +goose Up
-- Changes with every record that decides about rights, so that nobody's rights are remembered for too long.
CREATE TABLE access_version (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL);

CREATE TABLE user_password (user_id TEXT PRIMARY KEY, hash TEXT NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID;

-- Keys that identity tokens are signed with: PKCS #8. The newest signs, all verify.
CREATE TABLE oauth_key (id TEXT PRIMARY KEY, private BLOB NOT NULL, created INTEGER NOT NULL) WITHOUT ROWID;

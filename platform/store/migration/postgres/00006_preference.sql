-- What people arrange for themselves in the console, as JSON.

-- +goose Up
CREATE TABLE preference (user_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user_id, name));

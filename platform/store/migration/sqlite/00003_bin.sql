-- The recycle bin: which records are in it, and what must come back with each.

-- +goose Up
-- via is the record by whose deletion this one was deleted; '' when it was deleted itself.
CREATE TABLE recycle_bin (record TEXT PRIMARY KEY, object TEXT NOT NULL, via TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX recycle_bin_via ON recycle_bin (via) WHERE via != '';
CREATE INDEX recycle_bin_at ON recycle_bin (at);

-- References that were cleared because what they led to was deleted.
CREATE TABLE recycle_link (target TEXT NOT NULL, record TEXT NOT NULL, object TEXT NOT NULL, field TEXT NOT NULL, PRIMARY KEY (target, record, field)) WITHOUT ROWID;

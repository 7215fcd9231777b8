-- The recycle bin: which records are in it, and what must come back with each.

-- +goose Up
-- via is the record by whose deletion this one was deleted; '' when it was deleted itself.
CREATE TABLE recycle_bin (record TEXT COLLATE "C" PRIMARY KEY, object TEXT COLLATE "C" NOT NULL, via TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL, by TEXT COLLATE "C" NOT NULL);
CREATE INDEX recycle_bin_via ON recycle_bin (via) WHERE via != '';
CREATE INDEX recycle_bin_at ON recycle_bin (at);

-- References that were cleared because what they led to was deleted.
CREATE TABLE recycle_link (
	target TEXT COLLATE "C" NOT NULL, record TEXT COLLATE "C" NOT NULL, object TEXT COLLATE "C" NOT NULL, field TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (target, record, field)
);

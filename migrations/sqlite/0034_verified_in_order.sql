-- Hosts are verified in the order of their ids, so that those of one write stand on few pages: the rows
-- themselves in that order, not an index to where each happened to be put.
CREATE TABLE verified_in_order (
    host_id       TEXT    NOT NULL PRIMARY KEY REFERENCES hosts (id) ON DELETE CASCADE,
    -- As they stand in hosts: what an index is made of must stand in one table.
    cluster_id    TEXT    NOT NULL,
    datacenter_id TEXT    NOT NULL,
    name          TEXT    NOT NULL COLLATE NOCASE,
    -- When it was last verified, and when it last passed.
    at            INTEGER,
    passed_at     INTEGER,
    -- The run that its appraisals extend.
    appraisal_id  TEXT,
    -- Whether an answer that says the same may extend it without an appraisal in full: 0 or 1.
    steady        INTEGER NOT NULL DEFAULT 0,
    -- How often that happened since the last appraisal in full, and what the newest such answer has
    -- of its own (CBOR). Nothing: the wide rows say all.
    repeats       INTEGER NOT NULL DEFAULT 0,
    answer        BLOB
) STRICT, WITHOUT ROWID;

INSERT INTO verified_in_order SELECT * FROM verified ORDER BY host_id;
DROP TABLE verified;
ALTER TABLE verified_in_order RENAME TO verified;

CREATE INDEX verified_by_time ON verified (datacenter_id, at, name, host_id);
CREATE INDEX all_verified_by_time ON verified (at, name, host_id);
-- Those of a cluster that are stale.
CREATE INDEX verified_by_age ON verified (cluster_id, at);

-- What every verification of a steady host writes, apart from the wide rows of hosts, appraisals and
-- evidence: one row a host.
CREATE TABLE verified (
    host_id      TEXT    NOT NULL PRIMARY KEY REFERENCES hosts (id) ON DELETE CASCADE,
    -- When it was last verified.
    at           INTEGER,
    -- The run that its appraisals extend.
    appraisal_id TEXT,
    -- Whether an answer that says the same may extend it without an appraisal in full: 0 or 1.
    steady       INTEGER NOT NULL DEFAULT 0,
    -- How often that happened since the last appraisal in full, and what the newest such answer has
    -- of its own (CBOR). Nothing: the wide rows say all.
    repeats      INTEGER NOT NULL DEFAULT 0,
    answer       BLOB
) STRICT;

INSERT INTO verified (host_id, at, appraisal_id) SELECT id, last_verified, appraisal_id FROM hosts;

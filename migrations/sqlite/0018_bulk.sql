-- Actions on many hosts. What is done to each is recorded item by item, so that a restart goes on
-- where the server stopped. No foreign keys to hosts and operators: the record outlives them.

CREATE TABLE bulk_jobs (
    id          TEXT    NOT NULL PRIMARY KEY,
    -- Who started it, as they were then: JSON.
    viewer      TEXT    NOT NULL,
    operator_id TEXT    NOT NULL,
    -- What is done: JSON.
    action      TEXT    NOT NULL,
    -- The query that chose the hosts, if one did.
    query       TEXT,
    -- The ids of the hosts' datacenters with a space on either side.
    datacenters TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    total       INTEGER NOT NULL,
    changed     INTEGER NOT NULL DEFAULT 0,
    unchanged   INTEGER NOT NULL DEFAULT 0,
    failed      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX bulk_jobs_by_time ON bulk_jobs (started_at);
CREATE INDEX bulk_jobs_running ON bulk_jobs (started_at) WHERE state = 'running';

-- revision is the one that the operator saw. state: waiting, verifying (job_id says which
-- verification), changed, unchanged, failed (refusal says why, as JSON).
CREATE TABLE bulk_items (
    bulk_id  TEXT    NOT NULL REFERENCES bulk_jobs (id) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    host_id  TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    state    TEXT    NOT NULL DEFAULT 'waiting',
    job_id   TEXT,
    refusal  TEXT,
    PRIMARY KEY (bulk_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX bulk_items_waiting ON bulk_items (bulk_id, number) WHERE state = 'waiting';
CREATE INDEX bulk_items_verifying ON bulk_items (bulk_id, number) WHERE state = 'verifying';
CREATE INDEX bulk_items_failed ON bulk_items (bulk_id, number) WHERE state = 'failed';

-- Verification jobs with every step.

CREATE TABLE jobs (
    id        TEXT    NOT NULL PRIMARY KEY,
    host_id   TEXT    NOT NULL REFERENCES hosts (id),
    trigger   TEXT    NOT NULL,
    state     TEXT    NOT NULL,
    problem   TEXT,
    queued_at INTEGER NOT NULL,
    ended_at  INTEGER
) STRICT;

CREATE INDEX jobs_by_host ON jobs (host_id, queued_at);
CREATE INDEX jobs_active ON jobs (host_id) WHERE state IN ('queued', 'running');

CREATE TABLE job_steps (
    job_id TEXT    NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    detail TEXT    NOT NULL,
    PRIMARY KEY (job_id, number)
) STRICT, WITHOUT ROWID;

-- Hosts that are removed, with their history; what tokens were made for; the first administrator.

-- The appraisals of a host outlive it: the same two tables without the key to hosts.
CREATE TABLE appraisals_kept (
    id          TEXT    NOT NULL PRIMARY KEY,
    host_id     TEXT    NOT NULL,
    first_seen  INTEGER NOT NULL,
    last_seen   INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    attestation TEXT    NOT NULL,
    reasons     TEXT    NOT NULL
) STRICT;

INSERT INTO appraisals_kept SELECT * FROM appraisals;

CREATE TABLE reports_kept (
    appraisal_id TEXT NOT NULL PRIMARY KEY REFERENCES appraisals_kept (id),
    report       TEXT NOT NULL
) STRICT;

INSERT INTO reports_kept SELECT * FROM reports;

DROP TABLE reports;
DROP TABLE appraisals;
ALTER TABLE appraisals_kept RENAME TO appraisals;
ALTER TABLE reports_kept RENAME TO reports;

CREATE INDEX appraisals_by_host ON appraisals (host_id, first_seen);

-- What is left of a host: its name, where it was, who removed it and why. The credential is kept
-- to tell its agent what became of the host. No foreign keys: datacenters can be deleted.
CREATE TABLE removed_hosts (
    id              TEXT    NOT NULL PRIMARY KEY,
    name            TEXT    NOT NULL,
    cluster_name    TEXT    NOT NULL,
    datacenter_id   TEXT    NOT NULL,
    datacenter_name TEXT    NOT NULL,
    removed_at      INTEGER NOT NULL,
    removed_by      TEXT    NOT NULL,
    reason          TEXT    NOT NULL,
    ek              BLOB,
    credential_hash BLOB    NOT NULL UNIQUE
) STRICT;

-- Nothing: made by an earlier version of the server.
ALTER TABLE tokens ADD COLUMN created_by TEXT;
ALTER TABLE tokens ADD COLUMN uses INTEGER;

CREATE INDEX tokens_by_cluster ON tokens (cluster_id, created_at);
CREATE INDEX hosts_by_enrolment ON hosts (cluster_id, created_at);

-- The code with which the first administrator is made, for as long as there is no operator.
CREATE TABLE setup_code (
    only       INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    code_hash  BLOB    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- Hosts that are removed, with their history; what tokens were made for; the first administrator.

-- The appraisals of a host outlive it: the same two tables without the key to hosts.
CREATE TABLE appraisals_kept (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    host_id TEXT COLLATE "C" NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    count BIGINT NOT NULL,
    attestation TEXT COLLATE "C" NOT NULL,
    reasons TEXT COLLATE "C" NOT NULL
);

CREATE TABLE reports_kept (
    appraisal_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES appraisals_kept (id),
    report TEXT COLLATE "C" NOT NULL
);

DROP TABLE reports;
DROP TABLE appraisals;
ALTER TABLE appraisals_kept RENAME TO appraisals;
ALTER TABLE reports_kept RENAME TO reports;

CREATE INDEX appraisals_by_host ON appraisals (host_id, first_seen);

-- What is left of a host: its name, where it was, who removed it and why. The credential is kept
-- to tell its agent what became of the host. No foreign keys: datacenters can be deleted.
CREATE TABLE removed_hosts (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    cluster_name TEXT COLLATE "C" NOT NULL,
    datacenter_id TEXT COLLATE "C" NOT NULL,
    datacenter_name TEXT COLLATE "C" NOT NULL,
    removed_at BIGINT NOT NULL,
    removed_by TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    ek BYTEA,
    credential_hash BYTEA NOT NULL UNIQUE
);

-- Nothing: made by an earlier version of the server.
ALTER TABLE tokens ADD COLUMN created_by TEXT COLLATE "C";
ALTER TABLE tokens ADD COLUMN uses BIGINT;

CREATE INDEX tokens_by_cluster ON tokens (cluster_id, created_at);
CREATE INDEX hosts_by_enrolment ON hosts (cluster_id, created_at);

-- The code with which the first administrator is made, for as long as there is no operator.
CREATE TABLE setup_code (
    "only" BIGINT NOT NULL PRIMARY KEY CHECK ("only" = 1),
    code_hash BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);

-- What hosts are judged by: approved configurations, exceptions, versions; and stored evidence
-- with all that appraising it again takes.

-- context: CBOR of the challenge, the session, the history and the logs of the moment. Nothing:
-- kept by an earlier version, which cannot be appraised again.
ALTER TABLE evidence ADD COLUMN context BYTEA;
ALTER TABLE evidence ADD COLUMN log BYTEA REFERENCES event_logs (digest);
ALTER TABLE evidence ADD COLUMN systemd_log BYTEA REFERENCES event_logs (digest);
-- When it was last appraised: later than received_at if it was appraised again.
ALTER TABLE evidence ADD COLUMN appraised_at BIGINT;

CREATE INDEX evidence_by_log ON evidence (log) WHERE log IS NOT NULL;
CREATE INDEX evidence_by_systemd_log ON evidence (systemd_log) WHERE systemd_log IS NOT NULL;

-- Counts up with everything that the cluster's hosts are judged by.
ALTER TABLE clusters ADD COLUMN standards BIGINT NOT NULL DEFAULT 1;

-- One row a version. reference and offered are JSON: what is compared, and every register that
-- the log explains. log stays in event_logs for as long as it is named here.
CREATE TABLE configurations (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name CITEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL DEFAULT 1,
    state TEXT COLLATE "C" NOT NULL,
    notes TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    log BYTEA NOT NULL REFERENCES event_logs (digest),
    reference TEXT COLLATE "C" NOT NULL,
    offered TEXT COLLATE "C" NOT NULL,
    approvals TEXT COLLATE "C" NOT NULL DEFAULT '[]',
    ended_by TEXT COLLATE "C",
    ended_at BIGINT,
    -- When a host that has since left it last matched.
    last_matched BIGINT,
    UNIQUE (name, version)
);

CREATE INDEX configurations_by_log ON configurations (log);

CREATE TABLE configuration_clusters (
    configuration_id TEXT COLLATE "C" NOT NULL REFERENCES configurations (id),
    cluster_id TEXT COLLATE "C" NOT NULL REFERENCES clusters (id),
    PRIMARY KEY (configuration_id, cluster_id)
);

CREATE INDEX configuration_clusters_by_cluster ON configuration_clusters (cluster_id);

-- The configuration that the latest appraisal matched.
ALTER TABLE hosts ADD COLUMN configuration_id TEXT COLLATE "C" REFERENCES configurations (id);

CREATE INDEX hosts_by_configuration ON hosts (configuration_id)
    WHERE configuration_id IS NOT NULL;

-- Exceptions, ended ones too. excepted is the JSON of the refusal that is covered.
CREATE TABLE exceptions (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    host_id TEXT COLLATE "C" NOT NULL REFERENCES hosts (id),
    check_id TEXT COLLATE "C" NOT NULL,
    excepted TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    granted_by TEXT COLLATE "C" NOT NULL,
    granted_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);

CREATE INDEX exceptions_by_host ON exceptions (host_id) WHERE ended_at IS NULL;
CREATE INDEX exceptions_by_end ON exceptions (expires_at) WHERE ended_at IS NULL;

-- Hosts whose stored evidence waits to be appraised again. wanted tells one wish from a later one.
CREATE TABLE reappraisals (
    host_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES hosts (id),
    because TEXT COLLATE "C" NOT NULL,
    wanted BIGINT NOT NULL
);

-- The makers' certificates that all hosts were last judged by: SHA-256 over all of them.
CREATE TABLE judged_makers (
    "only" BIGINT NOT NULL PRIMARY KEY CHECK ("only" = 1),
    digest BYTEA NOT NULL
);

-- Runs of identical appraisals, with the newest report of each.

CREATE TABLE appraisals (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    host_id TEXT COLLATE "C" NOT NULL REFERENCES hosts (id),
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    count BIGINT NOT NULL,
    attestation TEXT COLLATE "C" NOT NULL,
    reasons TEXT COLLATE "C" NOT NULL
);

CREATE INDEX appraisals_by_host ON appraisals (host_id, first_seen);

CREATE TABLE reports (
    appraisal_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES appraisals (id),
    report TEXT COLLATE "C" NOT NULL
);

-- The newest evidence of each host, CBOR as it was sent.
CREATE TABLE evidence (
    host_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES hosts (id),
    received_at BIGINT NOT NULL,
    cbor BYTEA NOT NULL
);

-- Event logs, once by SHA-256, for as long as a host's latest appraisal speaks of them.
CREATE TABLE event_logs (
    digest BYTEA NOT NULL PRIMARY KEY,
    bytes BYTEA NOT NULL
);

ALTER TABLE hosts ADD FOREIGN KEY (known_log) REFERENCES event_logs (digest);

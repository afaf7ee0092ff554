-- Runs of identical appraisals, with the newest report of each.

CREATE TABLE appraisals (
    id          TEXT    NOT NULL PRIMARY KEY,
    host_id     TEXT    NOT NULL REFERENCES hosts (id),
    first_seen  INTEGER NOT NULL,
    last_seen   INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    attestation TEXT    NOT NULL,
    reasons     TEXT    NOT NULL
) STRICT;

CREATE INDEX appraisals_by_host ON appraisals (host_id, first_seen);

CREATE TABLE reports (
    appraisal_id TEXT NOT NULL PRIMARY KEY REFERENCES appraisals (id),
    report       TEXT NOT NULL
) STRICT;

-- The newest evidence of each host, CBOR as it was sent.
CREATE TABLE evidence (
    host_id     TEXT    NOT NULL PRIMARY KEY REFERENCES hosts (id),
    received_at INTEGER NOT NULL,
    cbor        BLOB    NOT NULL
) STRICT;

-- Event logs, once by SHA-256, for as long as a host's latest appraisal speaks of them.
CREATE TABLE event_logs (
    digest BLOB NOT NULL PRIMARY KEY,
    bytes  BLOB NOT NULL
) STRICT;

-- A host's past: the evidence of every run of identical appraisals, with all that appraising it
-- again takes; when it booted; when it was not verified. No foreign keys to hosts: the past
-- outlives what it speaks of.

-- What the newest evidence was judged by: standards as they are kept, exceptions and approvals as
-- JSON, the keys on record, and the TPM's count of resets. Nothing: kept by an earlier version.
ALTER TABLE evidence ADD COLUMN standards BLOB;
ALTER TABLE evidence ADD COLUMN judged TEXT;
ALTER TABLE evidence ADD COLUMN identity BLOB;
ALTER TABLE evidence ADD COLUMN resets INTEGER;

CREATE INDEX evidence_by_standards ON evidence (standards) WHERE standards IS NOT NULL;

-- The first evidence of every run, and the last one of those that have ended.
CREATE TABLE kept_evidence (
    appraisal_id TEXT    NOT NULL,
    which        TEXT    NOT NULL,
    host_id      TEXT    NOT NULL,
    received_at  INTEGER NOT NULL,
    appraised_at INTEGER NOT NULL,
    cbor         BLOB    NOT NULL,
    context      BLOB    NOT NULL,
    log          BLOB    REFERENCES event_logs (digest),
    systemd_log  BLOB    REFERENCES event_logs (digest),
    standards    BLOB    NOT NULL,
    judged       TEXT    NOT NULL,
    identity     BLOB,
    resets       INTEGER,
    PRIMARY KEY (appraisal_id, which)
) STRICT;

CREATE INDEX kept_evidence_by_host ON kept_evidence (host_id, received_at);
CREATE INDEX kept_evidence_by_time ON kept_evidence (received_at);
CREATE INDEX kept_evidence_by_log ON kept_evidence (log) WHERE log IS NOT NULL;
CREATE INDEX kept_evidence_by_systemd_log ON kept_evidence (systemd_log)
    WHERE systemd_log IS NOT NULL;
CREATE INDEX kept_evidence_by_standards ON kept_evidence (standards);
CREATE INDEX kept_evidence_by_identity ON kept_evidence (identity) WHERE identity IS NOT NULL;

-- Standards by SHA-256 over their parts; makers, revocations and the approved configurations (a
-- JSON list of digests) are parts that many of them share.
CREATE TABLE kept_standards (
    digest      BLOB NOT NULL PRIMARY KEY,
    policy      TEXT NOT NULL,
    makers      BLOB NOT NULL REFERENCES kept_parts (digest),
    revocations BLOB REFERENCES kept_parts (digest),
    approved    TEXT NOT NULL
) STRICT;

CREATE TABLE kept_parts (
    digest BLOB NOT NULL PRIMARY KEY,
    bytes  BLOB NOT NULL
) STRICT;

-- Keys that were on record while evidence of them is kept, by SHA-256 over the digests of both.
CREATE TABLE former_identities (
    keys           BLOB NOT NULL PRIMARY KEY,
    ek_public      BLOB NOT NULL,
    ek_certificate BLOB,
    ak_public      BLOB NOT NULL
) STRICT;

-- Boots, by the TPM's count of resets: the first evidence of each, and the last one before it.
CREATE TABLE boots (
    host_id TEXT    NOT NULL,
    seen    INTEGER NOT NULL,
    after   INTEGER,
    resets  INTEGER NOT NULL,
    PRIMARY KEY (host_id, seen)
) STRICT, WITHOUT ROWID;

CREATE INDEX boots_by_time ON boots (seen);

-- Times longer than the policy's maximum age without a verification.
CREATE TABLE gaps (
    host_id TEXT    NOT NULL,
    began   INTEGER NOT NULL,
    ended   INTEGER NOT NULL,
    PRIMARY KEY (host_id, began)
) STRICT, WITHOUT ROWID;

CREATE INDEX gaps_by_time ON gaps (ended);

-- Since when gaps are on record: everything before was written by an earlier version.
CREATE TABLE past_since (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    gaps INTEGER NOT NULL
) STRICT;

INSERT INTO past_since SELECT 1, coalesce(max(last_seen), 0) FROM appraisals;

CREATE INDEX appraisals_by_end ON appraisals (last_seen);

CREATE INDEX evidence_by_identity ON evidence (identity) WHERE identity IS NOT NULL;

-- What changed the standards of clusters, over time.
CREATE INDEX events_of_standards ON events (at)
    WHERE kind IN ('policy-changed', 'configuration-approved', 'configuration-superseded',
                   'configuration-retired', 'change-accepted');

-- A host's past: the evidence of every run of identical appraisals, with all that appraising it
-- again takes; when it booted; when it was not verified. No foreign keys to hosts: the past
-- outlives what it speaks of.

-- What the newest evidence was judged by: standards as they are kept, exceptions and approvals as
-- JSON, the keys on record, and the TPM's count of resets. Nothing: kept by an earlier version.
ALTER TABLE evidence ADD COLUMN standards BYTEA;
ALTER TABLE evidence ADD COLUMN judged TEXT COLLATE "C";
ALTER TABLE evidence ADD COLUMN identity BYTEA;
ALTER TABLE evidence ADD COLUMN resets BIGINT;

CREATE INDEX evidence_by_standards ON evidence (standards) WHERE standards IS NOT NULL;

-- The first evidence of every run, and the last one of those that have ended.
CREATE TABLE kept_evidence (
    appraisal_id TEXT COLLATE "C" NOT NULL,
    which TEXT COLLATE "C" NOT NULL,
    host_id TEXT COLLATE "C" NOT NULL,
    received_at BIGINT NOT NULL,
    appraised_at BIGINT NOT NULL,
    cbor BYTEA NOT NULL,
    context BYTEA NOT NULL,
    log BYTEA REFERENCES event_logs (digest),
    systemd_log BYTEA REFERENCES event_logs (digest),
    standards BYTEA NOT NULL,
    judged TEXT COLLATE "C" NOT NULL,
    identity BYTEA,
    resets BIGINT,
    PRIMARY KEY (appraisal_id, which)
);

CREATE INDEX kept_evidence_by_host ON kept_evidence (host_id, received_at);
CREATE INDEX kept_evidence_by_time ON kept_evidence (received_at);
CREATE INDEX kept_evidence_by_log ON kept_evidence (log) WHERE log IS NOT NULL;
CREATE INDEX kept_evidence_by_systemd_log ON kept_evidence (systemd_log)
    WHERE systemd_log IS NOT NULL;
CREATE INDEX kept_evidence_by_standards ON kept_evidence (standards);
CREATE INDEX kept_evidence_by_identity ON kept_evidence (identity) WHERE identity IS NOT NULL;

-- Standards by SHA-256 over their parts; makers, revocations and the approved configurations (a
-- JSON list of digests) are parts that many of them share.
CREATE TABLE kept_parts (
    digest BYTEA NOT NULL PRIMARY KEY,
    bytes BYTEA NOT NULL
);

CREATE TABLE kept_standards (
    digest BYTEA NOT NULL PRIMARY KEY,
    policy TEXT COLLATE "C" NOT NULL,
    makers BYTEA NOT NULL REFERENCES kept_parts (digest),
    revocations BYTEA REFERENCES kept_parts (digest),
    approved TEXT COLLATE "C" NOT NULL
);

-- Keys that were on record while evidence of them is kept, by SHA-256 over the digests of both.
CREATE TABLE former_identities (
    keys BYTEA NOT NULL PRIMARY KEY,
    ek_public BYTEA NOT NULL,
    ek_certificate BYTEA,
    ak_public BYTEA NOT NULL
);

-- Boots, by the TPM's count of resets: the first evidence of each, and the last one before it.
CREATE TABLE boots (
    host_id TEXT COLLATE "C" NOT NULL,
    seen BIGINT NOT NULL,
    after BIGINT,
    resets BIGINT NOT NULL,
    PRIMARY KEY (host_id, seen)
);

CREATE INDEX boots_by_time ON boots (seen);

-- Times longer than the policy's maximum age without a verification.
CREATE TABLE gaps (
    host_id TEXT COLLATE "C" NOT NULL,
    began BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    PRIMARY KEY (host_id, began)
);

CREATE INDEX gaps_by_time ON gaps (ended);

-- Since when gaps are on record: everything before was written by an earlier version.
CREATE TABLE past_since (
    "only" BIGINT NOT NULL PRIMARY KEY CHECK ("only" = 1),
    gaps BIGINT NOT NULL
);

INSERT INTO past_since SELECT 1, coalesce(max(last_seen), 0) FROM appraisals;

CREATE INDEX appraisals_by_end ON appraisals (last_seen);

CREATE INDEX evidence_by_identity ON evidence (identity) WHERE identity IS NOT NULL;

-- What changed the standards of clusters, over time.
CREATE INDEX events_of_standards ON events (at)
    WHERE kind IN ('policy-changed', 'configuration-approved', 'configuration-superseded',
                   'configuration-retired', 'change-accepted');

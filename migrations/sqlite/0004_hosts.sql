-- Hosts as they are now, one row each.

CREATE TABLE hosts (
    id              TEXT    NOT NULL PRIMARY KEY,
    cluster_id      TEXT    NOT NULL REFERENCES clusters (id),
    datacenter_id   TEXT    NOT NULL REFERENCES datacenters (id),
    name            TEXT    NOT NULL COLLATE NOCASE,
    created_at      INTEGER NOT NULL,
    -- Raised with every event of the host.
    revision        INTEGER NOT NULL DEFAULT 0,
    credential_hash BLOB    NOT NULL UNIQUE,

    presence           TEXT    NOT NULL,
    presence_since     INTEGER NOT NULL,
    presence_reason    TEXT,
    maintenance_reason TEXT,

    identity_state TEXT NOT NULL,
    -- The EK (SHA-256) that an operator accepted: only this one may be adopted.
    accepted_ek    BLOB,

    -- From the latest facts.
    tpm_version TEXT,
    boot_id     TEXT,

    -- The attestation: written by the record command only. No verdict: never verified.
    verdict          TEXT,
    attestation      TEXT    NOT NULL DEFAULT 'unknown',
    attestation_rank INTEGER NOT NULL GENERATED ALWAYS AS (
        CASE attestation WHEN 'failed' THEN 0 WHEN 'unknown' THEN 1 WHEN 'n-a' THEN 2 ELSE 3 END
    ) STORED,
    secure_boot      TEXT    NOT NULL DEFAULT 'unknown',
    warnings         TEXT    NOT NULL DEFAULT '[]',
    -- The most telling reason of a failure.
    first_reason     TEXT,
    -- Every code of reasons, warnings and cause with a space on either side, for the search.
    codes            TEXT    NOT NULL DEFAULT '',
    -- What makes two appraisals the same, and the span that they extend.
    conclusion       TEXT,
    appraisal_id     TEXT,
    since            INTEGER,
    last_verified    INTEGER,
    last_passed      INTEGER,

    -- What earlier evidence of this identity said.
    history   TEXT,
    known_log BLOB REFERENCES event_logs (digest),

    alarm     TEXT    NOT NULL,
    alarm_red INTEGER NOT NULL,

    -- Why the last verification could not be finished, until one is.
    problem    TEXT,
    problem_at INTEGER,

    UNIQUE (cluster_id, name)
) STRICT;

CREATE INDEX hosts_by_attestation ON hosts (datacenter_id, attestation_rank, name);
CREATE INDEX hosts_by_name ON hosts (datacenter_id, name);
CREATE INDEX hosts_by_log ON hosts (known_log) WHERE known_log IS NOT NULL;

CREATE TABLE host_facts (
    host_id TEXT    NOT NULL PRIMARY KEY REFERENCES hosts (id),
    since   INTEGER NOT NULL,
    facts   TEXT    NOT NULL
) STRICT;

-- The keys on record. ek and ak are SHA-256 of the public areas.
CREATE TABLE identities (
    host_id              TEXT    NOT NULL PRIMARY KEY REFERENCES hosts (id),
    ek_public            BLOB    NOT NULL,
    ek_certificate       BLOB,
    ak_public            BLOB    NOT NULL,
    ek                   BLOB    NOT NULL,
    ak                   BLOB    NOT NULL,
    since                INTEGER NOT NULL,
    approved_by_operator INTEGER NOT NULL,
    qualified_signer     BLOB
) STRICT;

CREATE INDEX identities_by_ek ON identities (ek);
CREATE INDEX identities_by_ak ON identities (ak);

-- The keys that a mismatched host answered with.
CREATE TABLE presented_identities (
    host_id        TEXT    NOT NULL PRIMARY KEY REFERENCES hosts (id),
    ek_public      BLOB    NOT NULL,
    ek_certificate BLOB,
    ak_public      BLOB    NOT NULL,
    ek             BLOB    NOT NULL,
    at             INTEGER NOT NULL
) STRICT;

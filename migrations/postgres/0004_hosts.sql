-- Hosts as they are now, one row each.

CREATE TABLE hosts (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    cluster_id TEXT COLLATE "C" NOT NULL REFERENCES clusters (id),
    datacenter_id TEXT COLLATE "C" NOT NULL REFERENCES datacenters (id),
    name CITEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    -- Raised with every event of the host.
    revision BIGINT NOT NULL DEFAULT 0,
    credential_hash BYTEA NOT NULL UNIQUE,

    presence TEXT COLLATE "C" NOT NULL,
    presence_since BIGINT NOT NULL,
    presence_reason TEXT COLLATE "C",
    maintenance_reason TEXT COLLATE "C",

    identity_state TEXT COLLATE "C" NOT NULL,
    -- The EK (SHA-256) that an operator accepted: only this one may be adopted.
    accepted_ek BYTEA,

    -- From the latest facts.
    tpm_version TEXT COLLATE "C",
    boot_id TEXT COLLATE "C",

    -- The attestation: written by the record command only. No verdict: never verified.
    verdict TEXT COLLATE "C",
    attestation TEXT COLLATE "C" NOT NULL DEFAULT 'unknown',
    attestation_rank BIGINT NOT NULL GENERATED ALWAYS AS (
        CASE attestation WHEN 'failed' THEN 0 WHEN 'unknown' THEN 1 WHEN 'n-a' THEN 2 ELSE 3 END
    ) STORED,
    secure_boot TEXT COLLATE "C" NOT NULL DEFAULT 'unknown',
    warnings TEXT COLLATE "C" NOT NULL DEFAULT '[]',
    -- The most telling reason of a failure.
    first_reason TEXT COLLATE "C",
    -- Every code of reasons, warnings and cause with a space on either side, for the search.
    codes TEXT COLLATE "C" NOT NULL DEFAULT '',
    -- What makes two appraisals the same, and the span that they extend.
    conclusion TEXT COLLATE "C",
    appraisal_id TEXT COLLATE "C",
    since BIGINT,
    last_verified BIGINT,
    last_passed BIGINT,

    -- What earlier evidence of this identity said.
    history TEXT COLLATE "C",
    known_log BYTEA,

    alarm TEXT COLLATE "C" NOT NULL,
    alarm_red BIGINT NOT NULL,

    -- Why the last verification could not be finished, until one is.
    problem TEXT COLLATE "C",
    problem_at BIGINT,

    UNIQUE (cluster_id, name)
);

CREATE INDEX hosts_by_attestation ON hosts (datacenter_id, attestation_rank, name);
CREATE INDEX hosts_by_name ON hosts (datacenter_id, name);
CREATE INDEX hosts_by_log ON hosts (known_log) WHERE known_log IS NOT NULL;

CREATE TABLE host_facts (
    host_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES hosts (id),
    since BIGINT NOT NULL,
    facts TEXT COLLATE "C" NOT NULL
);

-- The keys on record. ek and ak are SHA-256 of the public areas.
CREATE TABLE identities (
    host_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES hosts (id),
    ek_public BYTEA NOT NULL,
    ek_certificate BYTEA,
    ak_public BYTEA NOT NULL,
    ek BYTEA NOT NULL,
    ak BYTEA NOT NULL,
    since BIGINT NOT NULL,
    approved_by_operator BIGINT NOT NULL,
    qualified_signer BYTEA
);

CREATE INDEX identities_by_ek ON identities (ek);
CREATE INDEX identities_by_ak ON identities (ak);

-- The keys that a mismatched host answered with.
CREATE TABLE presented_identities (
    host_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES hosts (id),
    ek_public BYTEA NOT NULL,
    ek_certificate BYTEA,
    ak_public BYTEA NOT NULL,
    ek BYTEA NOT NULL,
    at BIGINT NOT NULL
);

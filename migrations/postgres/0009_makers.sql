-- Certificates of TPM makers, by SHA-256 of the certificate. Those in the server's folder of
-- makers' certificates have no row until somebody decides on them.
CREATE TABLE maker_certificates (
    fingerprint BYTEA NOT NULL PRIMARY KEY,
    der BYTEA NOT NULL,
    trust TEXT COLLATE "C" NOT NULL,
    file TEXT COLLATE "C" NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT COLLATE "C" NOT NULL,
    -- Who decided on it last, when, and what they said; all null until somebody has.
    decided_at BIGINT,
    decided_by TEXT COLLATE "C",
    note TEXT COLLATE "C"
);

-- The makers' revocation lists, by SHA-256 of the list.
CREATE TABLE maker_revocation_lists (
    fingerprint BYTEA NOT NULL PRIMARY KEY,
    der BYTEA NOT NULL,
    file TEXT COLLATE "C" NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT COLLATE "C" NOT NULL
);

-- The latest imports with what became of each certificate.
CREATE TABLE maker_imports (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    summary TEXT COLLATE "C" NOT NULL,
    lines TEXT COLLATE "C" NOT NULL
);

CREATE INDEX maker_imports_by_time ON maker_imports (at);

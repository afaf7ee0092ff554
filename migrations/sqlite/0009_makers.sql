-- Certificates of TPM makers, by SHA-256 of the certificate. Those in the server's folder of
-- makers' certificates have no row until somebody decides on them.
CREATE TABLE maker_certificates (
    fingerprint BLOB    NOT NULL PRIMARY KEY,
    der         BLOB    NOT NULL,
    trust       TEXT    NOT NULL,
    file        TEXT    NOT NULL,
    added_at    INTEGER NOT NULL,
    added_by    TEXT    NOT NULL,
    -- Who decided on it last, when, and what they said; all null until somebody has.
    decided_at  INTEGER,
    decided_by  TEXT,
    note        TEXT
) STRICT;

-- The makers' revocation lists, by SHA-256 of the list.
CREATE TABLE maker_revocation_lists (
    fingerprint BLOB    NOT NULL PRIMARY KEY,
    der         BLOB    NOT NULL,
    file        TEXT    NOT NULL,
    added_at    INTEGER NOT NULL,
    added_by    TEXT    NOT NULL
) STRICT;

-- The latest imports with what became of each certificate.
CREATE TABLE maker_imports (
    id      TEXT    NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    summary TEXT    NOT NULL,
    lines   TEXT    NOT NULL
) STRICT;

CREATE INDEX maker_imports_by_time ON maker_imports (at);

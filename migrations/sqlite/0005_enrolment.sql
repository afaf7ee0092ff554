-- Enrolment tokens, and enrolments between the request and the activated credential.

CREATE TABLE tokens (
    id          TEXT    NOT NULL PRIMARY KEY,
    secret_hash BLOB    NOT NULL UNIQUE,
    cluster_id  TEXT    NOT NULL REFERENCES clusters (id),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    -- Hosts that may still enrol; running enrolments are taken off when it is read.
    uses_left   INTEGER NOT NULL,
    revoked_at  INTEGER
) STRICT;

-- host_id: set once the TPM has proven the keys; the row stays until it expires, so that an
-- agent that lost the answer gets it again.
CREATE TABLE enrolments (
    id             TEXT    NOT NULL PRIMARY KEY,
    token_id       TEXT    NOT NULL REFERENCES tokens (id),
    secret_hash    BLOB    NOT NULL,
    facts          TEXT    NOT NULL,
    ek_public      BLOB    NOT NULL,
    ek_certificate BLOB,
    ak_public      BLOB    NOT NULL,
    ek             BLOB    NOT NULL,
    ak             BLOB    NOT NULL,
    expires_at     INTEGER NOT NULL,
    host_id        TEXT
) STRICT;

CREATE INDEX enrolments_by_token ON enrolments (token_id);
CREATE INDEX enrolments_by_expiry ON enrolments (expires_at);

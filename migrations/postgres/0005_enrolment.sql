-- Enrolment tokens, and enrolments between the request and the activated credential.

CREATE TABLE tokens (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    secret_hash BYTEA NOT NULL UNIQUE,
    cluster_id TEXT COLLATE "C" NOT NULL REFERENCES clusters (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Hosts that may still enrol; running enrolments are taken off when it is read.
    uses_left BIGINT NOT NULL,
    revoked_at BIGINT
);

-- host_id: set once the TPM has proven the keys; the row stays until it expires, so that an
-- agent that lost the answer gets it again.
CREATE TABLE enrolments (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    token_id TEXT COLLATE "C" NOT NULL REFERENCES tokens (id),
    secret_hash BYTEA NOT NULL,
    facts TEXT COLLATE "C" NOT NULL,
    ek_public BYTEA NOT NULL,
    ek_certificate BYTEA,
    ak_public BYTEA NOT NULL,
    ek BYTEA NOT NULL,
    ak BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    host_id TEXT COLLATE "C"
);

CREATE INDEX enrolments_by_token ON enrolments (token_id);
CREATE INDEX enrolments_by_expiry ON enrolments (expires_at);

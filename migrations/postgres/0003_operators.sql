-- Operators, their sessions and sign-in codes. Secrets are stored as SHA-256 only; passwords as
-- the password hash's own text.

CREATE TABLE operators (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name CITEXT COLLATE "C" NOT NULL UNIQUE,
    role TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C",
    created_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    secret_hash BYTEA NOT NULL PRIMARY KEY,
    operator_id TEXT COLLATE "C" NOT NULL REFERENCES operators (id),
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_operator ON sessions (operator_id);
CREATE INDEX sessions_by_use ON sessions (last_used_at);

-- A code is deleted when it is used.
CREATE TABLE sign_in_codes (
    code_hash BYTEA NOT NULL PRIMARY KEY,
    operator_id TEXT COLLATE "C" NOT NULL REFERENCES operators (id),
    expires_at BIGINT NOT NULL
);

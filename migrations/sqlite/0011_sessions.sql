-- What users see of their sessions, and API keys.

-- The code of the language that an operator chose; nothing if the browser says.
ALTER TABLE operators ADD COLUMN language TEXT;
-- Who disabled an operator, and when.
ALTER TABLE operators ADD COLUMN disabled_by TEXT;
ALTER TABLE operators ADD COLUMN disabled_at INTEGER;

-- Sessions get an id that is no secret, and say where they were opened from. Whoever is signed in
-- signs in again.
DROP TABLE sessions;

CREATE TABLE sessions (
    secret_hash  BLOB    NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    operator_id  TEXT    NOT NULL REFERENCES operators (id),
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    device       TEXT    NOT NULL,
    address      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_operator ON sessions (operator_id);
CREATE INDEX sessions_by_use ON sessions (last_used_at);

CREATE INDEX sign_in_codes_by_operator ON sign_in_codes (operator_id);

-- A revoked key is deleted. everywhere: 1 for all datacenters of its owner, 0 for those in
-- api_key_datacenters only.
CREATE TABLE api_keys (
    id           TEXT    NOT NULL PRIMARY KEY,
    secret_hash  BLOB    NOT NULL UNIQUE,
    operator_id  TEXT    NOT NULL REFERENCES operators (id),
    name         TEXT    NOT NULL COLLATE NOCASE,
    role         TEXT    NOT NULL,
    everywhere   INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    UNIQUE (operator_id, name)
) STRICT;

CREATE TABLE api_key_datacenters (
    key_id        TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    datacenter_id TEXT NOT NULL REFERENCES datacenters (id) ON DELETE CASCADE,
    PRIMARY KEY (key_id, datacenter_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX api_key_datacenters_by_datacenter ON api_key_datacenters (datacenter_id);

-- What users see of their sessions, and API keys.

-- The code of the language that an operator chose; nothing if the browser says.
ALTER TABLE operators ADD COLUMN language TEXT COLLATE "C";
-- Who disabled an operator, and when.
ALTER TABLE operators ADD COLUMN disabled_by TEXT COLLATE "C";
ALTER TABLE operators ADD COLUMN disabled_at BIGINT;

-- Sessions get an id that is no secret, and say where they were opened from. Whoever is signed in
-- signs in again.
DROP TABLE sessions;

CREATE TABLE sessions (
    secret_hash BYTEA NOT NULL PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    operator_id TEXT COLLATE "C" NOT NULL REFERENCES operators (id),
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL
);

CREATE INDEX sessions_by_operator ON sessions (operator_id);
CREATE INDEX sessions_by_use ON sessions (last_used_at);

CREATE INDEX sign_in_codes_by_operator ON sign_in_codes (operator_id);

-- A revoked key is deleted. everywhere: 1 for all datacenters of its owner, 0 for those in
-- api_key_datacenters only.
CREATE TABLE api_keys (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    secret_hash BYTEA NOT NULL UNIQUE,
    operator_id TEXT COLLATE "C" NOT NULL REFERENCES operators (id),
    name CITEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    everywhere BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT,
    UNIQUE (operator_id, name)
);

CREATE TABLE api_key_datacenters (
    key_id TEXT COLLATE "C" NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    datacenter_id TEXT COLLATE "C" NOT NULL REFERENCES datacenters (id) ON DELETE CASCADE,
    PRIMARY KEY (key_id, datacenter_id)
);

CREATE INDEX api_key_datacenters_by_datacenter ON api_key_datacenters (datacenter_id);

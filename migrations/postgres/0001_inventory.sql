-- The inventory tree. Ids are UUIDs as text; times are milliseconds since 1970 UTC.
--
-- These migrations have the numbers and names of those for SQLite, and end in the same tables and
-- columns. Texts are compared byte by byte ("C"), names without the case of their letters; yes and
-- no are 1 and 0; rowid is the order in which rows were made, where that is asked for. Where SQLite
-- has what earlier versions wrote rewritten, there is nothing to do here.

CREATE EXTENSION IF NOT EXISTS citext;

-- What SQLite calls so: the value at a path such as '$.alarm.reasons', as text.
CREATE FUNCTION json_extract(document TEXT, path TEXT) RETURNS TEXT
    LANGUAGE sql IMMUTABLE
    AS $$ SELECT document::JSON #>> string_to_array(substr(path, 3), '.') $$;

CREATE TABLE datacenters (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name CITEXT COLLATE "C" NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

-- interval_s and max_age_s repeat what the policy says, for queries over all hosts.
CREATE TABLE clusters (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    datacenter_id TEXT COLLATE "C" NOT NULL REFERENCES datacenters (id),
    name CITEXT COLLATE "C" NOT NULL,
    policy TEXT COLLATE "C" NOT NULL,
    interval_s BIGINT NOT NULL,
    max_age_s BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (datacenter_id, name)
);

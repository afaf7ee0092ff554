-- The inventory tree. Ids are UUIDs as text; times are milliseconds since 1970 UTC.

CREATE TABLE datacenters (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    created_at INTEGER NOT NULL
) STRICT;

-- interval_s and max_age_s repeat what the policy says, for queries over all hosts.
CREATE TABLE clusters (
    id            TEXT    NOT NULL PRIMARY KEY,
    datacenter_id TEXT    NOT NULL REFERENCES datacenters (id),
    name          TEXT    NOT NULL COLLATE NOCASE,
    policy        TEXT    NOT NULL,
    interval_s    INTEGER NOT NULL,
    max_age_s     INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    UNIQUE (datacenter_id, name)
) STRICT;

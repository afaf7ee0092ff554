-- Servers that share the work on this database, each for as long as it says every few seconds that
-- it is there; and which of them does what.

CREATE TABLE replicas (
    id           TEXT    NOT NULL PRIMARY KEY,
    started_at   INTEGER NOT NULL,
    leased_until INTEGER NOT NULL
) STRICT;

-- Work that one of them does for all: name says which.
CREATE TABLE leases (
    name         TEXT    NOT NULL PRIMARY KEY,
    replica      TEXT    NOT NULL,
    leased_until INTEGER NOT NULL
) STRICT;

-- The server that holds the session of the host's agent. No foreign key: servers go without a word.
ALTER TABLE hosts ADD COLUMN replica TEXT;

CREATE INDEX hosts_by_replica ON hosts (replica) WHERE replica IS NOT NULL;

-- The server that runs the job.
ALTER TABLE jobs ADD COLUMN replica TEXT;

-- The chain of events. body is the canonical JSON, exactly as it was hashed:
-- hash = SHA-256(hash of the event before ‖ body); before the first stand 32 zero bytes.
-- The other columns repeat what the body says, for look-ups.
-- No foreign keys: the audit outlives what it speaks of.

CREATE TABLE events (
    seq           INTEGER NOT NULL PRIMARY KEY,
    at            INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    datacenter_id TEXT,
    host_id       TEXT,
    body          TEXT    NOT NULL,
    hash          BLOB    NOT NULL
) STRICT;

CREATE INDEX events_by_host ON events (host_id, seq) WHERE host_id IS NOT NULL;
CREATE INDEX events_by_datacenter ON events (datacenter_id, seq) WHERE datacenter_id IS NOT NULL;

-- Where the chain ends: without it, events cut off at the end would not be missed.
CREATE TABLE chain_head (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    seq  INTEGER NOT NULL,
    hash BLOB    NOT NULL
) STRICT;

INSERT INTO chain_head (only, seq, hash) VALUES (1, 0, zeroblob(32));

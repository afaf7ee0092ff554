-- The chain of events. body is the canonical JSON, exactly as it was hashed:
-- hash = SHA-256(hash of the event before ‖ body); before the first stand 32 zero bytes.
-- The other columns repeat what the body says, for look-ups.
-- No foreign keys: the audit outlives what it speaks of.

CREATE TABLE events (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    datacenter_id TEXT COLLATE "C",
    host_id TEXT COLLATE "C",
    body TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL
);

CREATE INDEX events_by_host ON events (host_id, seq) WHERE host_id IS NOT NULL;
CREATE INDEX events_by_datacenter ON events (datacenter_id, seq) WHERE datacenter_id IS NOT NULL;

-- Where the chain ends: without it, events cut off at the end would not be missed.
CREATE TABLE chain_head (
    "only" BIGINT NOT NULL PRIMARY KEY CHECK ("only" = 1),
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

INSERT INTO chain_head ("only", seq, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));

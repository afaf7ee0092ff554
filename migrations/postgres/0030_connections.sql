-- Which server has the session of a host's agent: a row for every host that counts as connected, apart
-- from the wide rows of hosts, because an agent that comes back to another server changes nothing else.
CREATE TABLE connections (
    host_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES hosts (id) ON DELETE CASCADE,
    -- No foreign key: servers go without a word. Empty: one that has no name.
    replica TEXT COLLATE "C" NOT NULL
);

CREATE INDEX connections_by_replica ON connections (replica, host_id);

INSERT INTO connections (host_id, replica)
SELECT id, coalesce(replica, '') FROM hosts WHERE presence = 'connected';

DROP INDEX hosts_by_replica;
ALTER TABLE hosts DROP COLUMN replica;

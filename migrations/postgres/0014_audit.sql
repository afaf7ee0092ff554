-- Who caused an event, and indexes by which the audit trail is searched: each gives events of one
-- kind of question by their number, newest first. "server", "host", or "person:" and the name.

ALTER TABLE events ADD COLUMN actor TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE INDEX events_by_actor ON events (actor, seq);
CREATE INDEX events_of_kind_by_datacenter ON events (datacenter_id, kind, seq)
    WHERE datacenter_id IS NOT NULL;
CREATE INDEX events_by_time ON events (at, seq);

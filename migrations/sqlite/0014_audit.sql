-- Who caused an event, and indexes by which the audit trail is searched: each gives events of one
-- kind of question by their number, newest first. "server", "host", or "person:" and the name.

ALTER TABLE events ADD COLUMN actor TEXT NOT NULL DEFAULT '';

UPDATE events SET actor = CASE json_extract(body, '$.actor.by')
    WHEN 'server' THEN 'server'
    WHEN 'host' THEN 'host'
    WHEN 'key' THEN 'person:' || json_extract(body, '$.actor.name.operator')
    ELSE 'person:' || json_extract(body, '$.actor.name')
END;

CREATE INDEX events_by_actor ON events (actor, seq);
CREATE INDEX events_of_kind_by_datacenter ON events (datacenter_id, kind, seq)
    WHERE datacenter_id IS NOT NULL;
CREATE INDEX events_by_time ON events (at, seq);

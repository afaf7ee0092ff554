-- What is asked of red alarms, out of their JSON; and what pages of jobs and alarms go by.

ALTER TABLE hosts ADD COLUMN alarm_raised_at INTEGER
    GENERATED ALWAYS AS (json_extract(alarm, '$.raised_at')) VIRTUAL;
-- The most telling of the reasons that raised it; those of the latest appraisal may be others.
ALTER TABLE hosts ADD COLUMN alarm_reason TEXT
    GENERATED ALWAYS AS (json_extract(alarm, '$.reasons[0]')) VIRTUAL;
-- holds, cleared, unknown.
ALTER TABLE hosts ADD COLUMN alarm_condition TEXT
    GENERATED ALWAYS AS (json_extract(alarm, '$.condition.condition')) VIRTUAL;
-- Until when somebody is on it; for ever if they did not say; nothing if nobody is.
ALTER TABLE hosts ADD COLUMN alarm_acknowledged_until INTEGER GENERATED ALWAYS AS (
    CASE json_type(alarm, '$.acknowledged') WHEN 'object'
    THEN coalesce(json_extract(alarm, '$.acknowledged.until'), 9223372036854775807) END
) VIRTUAL;

CREATE INDEX hosts_red ON hosts (datacenter_id, alarm_raised_at, id) WHERE alarm_red = 1;
CREATE INDEX jobs_by_time ON jobs (queued_at);
CREATE INDEX events_by_kind ON events (kind, seq);

-- Whether a passing appraisal resets a red alarm.
ALTER TABLE datacenters ADD COLUMN automatic_reset INTEGER NOT NULL DEFAULT 0;

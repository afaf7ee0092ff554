-- What is asked of red alarms, out of their JSON; and what pages of jobs and alarms go by.

ALTER TABLE hosts ADD COLUMN alarm_raised_at BIGINT
    GENERATED ALWAYS AS (CAST(alarm::JSON ->> 'raised_at' AS BIGINT)) STORED;
-- The most telling of the reasons that raised it; those of the latest appraisal may be others.
ALTER TABLE hosts ADD COLUMN alarm_reason TEXT COLLATE "C"
    GENERATED ALWAYS AS (alarm::JSON #>> '{reasons,0}') STORED;
-- holds, cleared, unknown.
ALTER TABLE hosts ADD COLUMN alarm_condition TEXT COLLATE "C"
    GENERATED ALWAYS AS (alarm::JSON #>> '{condition,condition}') STORED;
-- Until when somebody is on it; for ever if they did not say; nothing if nobody is.
ALTER TABLE hosts ADD COLUMN alarm_acknowledged_until BIGINT GENERATED ALWAYS AS (
    CASE json_typeof(alarm::JSON -> 'acknowledged') WHEN 'object'
    THEN coalesce(CAST(alarm::JSON #>> '{acknowledged,until}' AS BIGINT), 9223372036854775807) END
) STORED;

CREATE INDEX hosts_red ON hosts (datacenter_id, alarm_raised_at, id) WHERE alarm_red = 1;
CREATE INDEX jobs_by_time ON jobs (queued_at);
CREATE INDEX events_by_kind ON events (kind, seq);

-- Whether a passing appraisal resets a red alarm.
ALTER TABLE datacenters ADD COLUMN automatic_reset BIGINT NOT NULL DEFAULT 0;

-- By how many the hosts of a cluster changed within a step of time, for every step in which they
-- did: in steps of a minute for a few days, of an hour for as long as conclusions are kept. What a
-- count was at a moment is what it is now less everything since. No foreign key: what was counted
-- stays counted when its cluster is gone.
CREATE TABLE count_changes (
    cluster_id     TEXT    NOT NULL,
    step_s         INTEGER NOT NULL,
    -- The beginning of the step.
    at             INTEGER NOT NULL,
    hosts          INTEGER NOT NULL,
    passed         INTEGER NOT NULL,
    failed         INTEGER NOT NULL,
    unknown        INTEGER NOT NULL,
    not_applicable INTEGER NOT NULL,
    -- How often that happened; these never go down.
    newly_failed   INTEGER NOT NULL,
    recovered      INTEGER NOT NULL,
    enrolled       INTEGER NOT NULL,
    alarms_raised  INTEGER NOT NULL,
    alarms_reset   INTEGER NOT NULL,
    PRIMARY KEY (cluster_id, step_s, at)
) STRICT, WITHOUT ROWID;

CREATE INDEX count_changes_by_time ON count_changes (step_s, at);

-- The events of before say all of it.
INSERT INTO count_changes
SELECT e.cluster_id, s.step_s, e.at / (s.step_s * 1000) * (s.step_s * 1000),
       sum(e.kind = 'host-enrolled'),
       sum((e.became = 'passed') - (e.was = 'passed')),
       sum((e.became = 'failed') - (e.was = 'failed')),
       sum((e.became = 'unknown') - (e.was = 'unknown')),
       sum((e.became = 'n-a') - (e.was = 'n-a')),
       sum(e.became = 'failed' AND e.was <> 'failed'),
       sum(e.became = 'passed' AND e.was = 'failed'),
       sum(e.kind = 'host-enrolled'),
       sum(e.kind = 'alarm-raised'),
       sum(e.kind = 'alarm-reset')
FROM (
    SELECT h.cluster_id, v.at, v.kind,
           CASE v.kind WHEN 'appraised' THEN coalesce(json_extract(v.body, '$.kind.from'), 'unknown')
                       ELSE '' END AS was,
           CASE v.kind WHEN 'appraised' THEN json_extract(v.body, '$.kind.to')
                       WHEN 'host-enrolled' THEN 'unknown' ELSE '' END AS became
    FROM events v JOIN hosts h ON h.id = v.host_id
    WHERE v.kind IN ('host-enrolled', 'appraised', 'alarm-raised', 'alarm-reset')
) e
CROSS JOIN (SELECT 60 AS step_s UNION ALL SELECT 3600) s
GROUP BY 1, 2, 3;

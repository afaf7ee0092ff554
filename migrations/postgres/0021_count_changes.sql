-- By how many the hosts of a cluster changed within a step of time, for every step in which they
-- did: in steps of a minute for a few days, of an hour for as long as conclusions are kept. What a
-- count was at a moment is what it is now less everything since. No foreign key: what was counted
-- stays counted when its cluster is gone.
CREATE TABLE count_changes (
    cluster_id TEXT COLLATE "C" NOT NULL,
    step_s BIGINT NOT NULL,
    -- The beginning of the step.
    at BIGINT NOT NULL,
    hosts BIGINT NOT NULL,
    passed BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    unknown BIGINT NOT NULL,
    not_applicable BIGINT NOT NULL,
    -- How often that happened; these never go down.
    newly_failed BIGINT NOT NULL,
    recovered BIGINT NOT NULL,
    enrolled BIGINT NOT NULL,
    alarms_raised BIGINT NOT NULL,
    alarms_reset BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, step_s, at)
);

CREATE INDEX count_changes_by_time ON count_changes (step_s, at);


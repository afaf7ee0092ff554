-- Actions on many hosts. What is done to each is recorded item by item, so that a restart goes on
-- where the server stopped. No foreign keys to hosts and operators: the record outlives them.

CREATE TABLE bulk_jobs (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Who started it, as they were then: JSON.
    viewer TEXT COLLATE "C" NOT NULL,
    operator_id TEXT COLLATE "C" NOT NULL,
    -- What is done: JSON.
    action TEXT COLLATE "C" NOT NULL,
    -- The query that chose the hosts, if one did.
    query TEXT COLLATE "C",
    -- The ids of the hosts' datacenters with a space on either side.
    datacenters TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    total BIGINT NOT NULL,
    changed BIGINT NOT NULL DEFAULT 0,
    unchanged BIGINT NOT NULL DEFAULT 0,
    failed BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX bulk_jobs_by_time ON bulk_jobs (started_at);
CREATE INDEX bulk_jobs_running ON bulk_jobs (started_at) WHERE state = 'running';

-- revision is the one that the operator saw. state: waiting, verifying (job_id says which
-- verification), changed, unchanged, failed (refusal says why, as JSON).
CREATE TABLE bulk_items (
    bulk_id TEXT COLLATE "C" NOT NULL REFERENCES bulk_jobs (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    host_id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL DEFAULT 'waiting',
    job_id TEXT COLLATE "C",
    refusal TEXT COLLATE "C",
    PRIMARY KEY (bulk_id, number)
);

CREATE INDEX bulk_items_waiting ON bulk_items (bulk_id, number) WHERE state = 'waiting';
CREATE INDEX bulk_items_verifying ON bulk_items (bulk_id, number) WHERE state = 'verifying';
CREATE INDEX bulk_items_failed ON bulk_items (bulk_id, number) WHERE state = 'failed';

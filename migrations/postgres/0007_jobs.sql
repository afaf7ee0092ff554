-- Verification jobs with every step.

CREATE TABLE jobs (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    host_id TEXT COLLATE "C" NOT NULL REFERENCES hosts (id),
    trigger TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    problem TEXT COLLATE "C",
    queued_at BIGINT NOT NULL,
    ended_at BIGINT
);

CREATE INDEX jobs_by_host ON jobs (host_id, queued_at);
CREATE INDEX jobs_active ON jobs (host_id) WHERE state IN ('queued', 'running');

CREATE TABLE job_steps (
    job_id TEXT COLLATE "C" NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (job_id, number)
);

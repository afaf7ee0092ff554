-- What operators started comes first, and is found without reading what else waits.
ALTER TABLE jobs ADD COLUMN by_operator BIGINT NOT NULL DEFAULT 0;

CREATE INDEX jobs_queued ON jobs (by_operator, queued_at, id) WHERE state = 'queued';

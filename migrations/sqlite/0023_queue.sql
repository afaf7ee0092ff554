-- What operators started comes first, and is found without reading what else waits.
ALTER TABLE jobs ADD COLUMN by_operator INTEGER NOT NULL DEFAULT 0;

UPDATE jobs SET by_operator = 1 WHERE trigger LIKE '{"trigger":"operator"%';

CREATE INDEX jobs_queued ON jobs (by_operator, queued_at, id) WHERE state = 'queued';

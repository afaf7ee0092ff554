-- Jobs by their end: those that ended long ago are taken away.
CREATE INDEX jobs_by_end ON jobs (ended_at) WHERE ended_at IS NOT NULL;

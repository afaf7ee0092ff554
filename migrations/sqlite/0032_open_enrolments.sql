-- How many uses of a token are reserved is counted with every enrolment: only those that have not
-- become a host yet, of which there are few, and not the thousands that did in the last minutes.
CREATE INDEX enrolments_open ON enrolments (token_id, expires_at) WHERE host_id IS NULL;

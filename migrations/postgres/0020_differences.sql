-- What groups failed hosts within their most telling reason: the fingerprint of the difference from
-- the approved configurations, or a digest of what was expected and found. Hosts that failed for
-- another reason get theirs with their next appraisal.
ALTER TABLE hosts ADD COLUMN difference BYTEA;

-- Both hold failed hosts only, so a fleet that passes pays nothing for them.
CREATE INDEX hosts_by_cause ON hosts (first_reason, difference, cluster_id, since, id)
    WHERE first_reason IS NOT NULL;
CREATE INDEX hosts_by_difference ON hosts (difference) WHERE difference IS NOT NULL;
